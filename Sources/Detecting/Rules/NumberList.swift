/// Bytes that are written as a list of numbers, such as a Zigbee network key: `17, 203, 88` or `0x11, 0xCB, 0x58`.
public struct NumberList: Hashable, Sendable {
    /// A number in the list.
    private struct Item: Hashable {
        /// Its place in the text.
        var range: Range<Int>
        var value: UInt8
        var isHexadecimal: Bool
    }

    private static let hexadecimalPrefix = "0x".utf8
    /// The largest number of a counting sequence such as 0, 1, 2 or 15, 14, 13.
    private static let largestOfCounting: UInt8 = 15
    private static let fewestNumbers = 8

    private let text: [UInt8]
    private let items: [Item]

    /// Reads a list; nil if any item is not a byte, or if the list is too short for a key.
    public init?(_ text: [UInt8]) {
        let words = text.indices.split { !ByteSet.alphanumerics.contains(text[$0]) }
        var items: [Item] = []
        for word in words {
            let range = word.startIndex..<word.endIndex
            let digits = text[range]
            let isHexadecimal = digits.starts(with: Self.hexadecimalPrefix)
            let number = String(decoding: isHexadecimal ? digits.dropFirst(2) : digits, as: UTF8.self)
            guard let value = UInt8(number, radix: isHexadecimal ? 16 : 10) else { return nil }
            items.append(Item(range: range, value: value, isHexadecimal: isHexadecimal))
        }
        guard items.count >= Self.fewestNumbers else { return nil }
        self.text = text
        self.items = items
    }

    /// Whether the numbers look random: at least four are different, and some exceed those of a counting sequence.
    var isDrawn: Bool { items.contains { $0.value > Self.largestOfCounting } && Set(items.map(\.value)).count > 3 }

    /// Returns the same list with other numbers: zeros, and in the last four places the hexadecimal digits of `number`.
    public func counting(_ number: Int) -> String {
        var written: [UInt8] = []
        var end = 0
        for (index, item) in items.enumerated() {
            written += text[end..<item.range.lowerBound]
            let fromLast = items.count - 1 - index
            // The numbers are at most 15, so that the list does not look random.
            let value = fromLast < 4 ? number >> (4 * fromLast) & Int(Self.largestOfCounting) : 0
            written += Array((item.isHexadecimal ? "0x0" + String(value, radix: 16) : String(value)).utf8)
            end = item.range.upperBound
        }
        return String(decoding: written + text[end...], as: UTF8.self)
    }
}
