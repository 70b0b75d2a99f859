internal import Documents

/// Recognises lines of the default settings and samples that programs ship with.
///
/// Only hashes are stored, in `upstream-lines.txt`, and only of lines that would produce a finding, such as the authors
/// in a filter's comments or the provider in a commented-out registration. Every user of the program has the line, so
/// it reveals nothing about a deployment.
struct UpstreamLines: Sendable {
    /// The known lines that come with Scrubjay.
    static let builtIn = UpstreamLines(EmbeddedData.upstreamLines)

    private let known: SortedLines
    /// The maximum length in bytes of a line that is looked up.
    private static let longestLine = 1024
    private static let marks = ByteSet(" \t\r#;*/!-<")

    /// Takes the hashes of lines, in the form of `upstream-lines.txt`.
    init(_ file: [UInt8]) { known = SortedLines(file) }

    /// Whether the value at `span` of `text` was written by the program's authors.
    ///
    /// This holds for values in the comments of known lines, except private and hardware addresses, which a sample and
    /// its owner's network may have in common. In an active line, only domains, email addresses, names and places are
    /// the authors'; a secret, a login or an address there is the one in use, whoever chose it.
    func show(_ span: Span, kind: Kind, in text: [UInt8]) -> Bool {
        switch kind {
        case .ipv4 where IPv4Address(Array(text[span.range]))?.isPrivate ?? true: return false
        case .mac: return false
        case .domain, .email, .personName, .place: break
        default: guard CommentLine.isAround(span.start, in: text) else { return false }
        }
        return Self.line(around: span.start, in: text).map { known.contains(Self.hash(of: $0).utf8) } ?? false
    }

    /// The line containing the byte at `offset`, without comment marks; nil if it is too long.
    private static func line(around offset: Int, in text: [UInt8]) -> ArraySlice<UInt8>? {
        var start = offset
        while start > 0, text[start - 1] != UInt8(ascii: "\n") {
            start -= 1
            if offset - start > longestLine { return nil }
        }
        var end = offset
        while end < text.count, text[end] != UInt8(ascii: "\n") {
            end += 1
            if end - offset > longestLine { return nil }
        }
        while start < end, marks.contains(text[start]) { start += 1 }
        while end > start, ByteSet.space.contains(text[end - 1]) { end -= 1 }
        return text[start..<end]
    }

    /// Returns the 64-bit FNV-1a hash of a line, in hexadecimal (http://www.isthe.com/chongo/tech/comp/fnv/).
    static func hash(of line: ArraySlice<UInt8>) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in line { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
