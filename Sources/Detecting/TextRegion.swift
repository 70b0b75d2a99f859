public import Documents

/// Where bytes stand in a text, as editors and SARIF count: in lines and UTF-16 code units.
public struct TextRegion: Hashable, Sendable {
    /// A place between two characters.
    public struct Position: Hashable, Sendable {
        /// The 1-based line; lines end with a line feed.
        public var line: Int
        /// The 1-based column in UTF-16 code units; a byte order mark has none.
        public var column: Int
    }

    /// Before the first character.
    public var start: Position
    /// Behind the last character.
    public var end: Position

    /// The empty region before the first character.
    public static let start = TextRegion(start: Position(line: 1, column: 1), end: Position(line: 1, column: 1))

    /// The regions of spans in a text of UTF-8, in the order of the spans, in one pass over the text.
    ///
    /// A byte that is no UTF-8 counts as the one unit that a reader shows in its place.
    public static func regions(of spans: [Span], in bytes: [UInt8]) -> [TextRegion] {
        var positions: [Int: Position] = [:]
        var counter = Counter(bytes)
        for offset in Set(spans.flatMap { [$0.start, $0.end] }).sorted() {
            positions[offset] = counter.advance(to: offset)
        }
        return spans.compactMap { span in
            guard let start = positions[span.start], let end = positions[span.end] else { return nil }
            return TextRegion(start: start, end: end)
        }
    }

    /// Goes through a text once and counts.
    private struct Counter {
        let bytes: [UInt8]
        var offset: Int
        var position = Position(line: 1, column: 1)
        /// How many bytes of the character at hand are still to come.
        var missing = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        }

        mutating func advance(to end: Int) -> Position {
            while offset < min(end, bytes.count) {
                take(bytes[offset])
                offset += 1
            }
            return position
        }

        private mutating func take(_ byte: UInt8) {
            if missing > 0, byte & 0xC0 == 0x80 {
                missing -= 1
                return
            }
            missing = 0
            switch byte {
            case UInt8(ascii: "\n"): position = Position(line: position.line + 1, column: 1)
            case 0xC2..<0xE0: count(1, missing: 1)
            case 0xE0..<0xF0: count(1, missing: 2)
            case 0xF0..<0xF5: count(2, missing: 3)
            default: count(1, missing: 0)
            }
        }

        private mutating func count(_ units: Int, missing: Int) {
            position.column += units
            self.missing = missing
        }
    }
}
