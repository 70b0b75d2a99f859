@testable import Detecting
import Documents

/// A text with `{{` and `}}` around the bytes that are meant, and `{}` for nothing.
struct MarkedText {
    /// The text without the marks.
    let text: String
    /// The bytes that were marked.
    let spans: [Span]

    init(_ marked: String) {
        var bytes: [UInt8] = []
        var spans: [Span] = []
        var start: Int?
        var rest = Array(marked.utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: "{{".utf8), start == nil, Self.opensMark(rest) {
                start = bytes.count
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "}}".utf8), let open = start {
                spans.append(Span(open, bytes.count))
                start = nil
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "{}".utf8) {
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        text = String(decoding: bytes, as: UTF8.self)
        self.spans = spans
    }

    /// A template's `{{ name }}` has a blank behind its braces, a mark has not.
    private static func opensMark(_ rest: ArraySlice<UInt8>) -> Bool {
        rest.dropFirst(2).first != UInt8(ascii: " ")
    }
}
