/// A sample text in which the spans that a test is about are marked: `KEY=⟦value⟧`.
public struct MarkedText: Sendable {
    /// The bytes of the sample without the marks.
    public let bytes: [UInt8]
    /// The marked ranges in the order in which they start.
    public let ranges: [Range<Int>]

    /// Reads a sample; each `⟦` is closed by the next `⟧` of its level.
    public init(_ sample: String) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        var open: [Int] = []
        for scalar in sample.unicodeScalars {
            switch scalar {
            case "⟦":
                open.append(ranges.count)
                ranges.append(bytes.count..<bytes.count)
            case "⟧":
                guard let index = open.popLast() else { preconditionFailure("a mark closes that was not opened") }
                ranges[index] = ranges[index].lowerBound..<bytes.count
            default:
                bytes += Array(String(scalar).utf8)
            }
        }
        precondition(open.isEmpty, "a mark is not closed")
        self.bytes = bytes
        self.ranges = ranges
    }

    /// The sample without the marks.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}
