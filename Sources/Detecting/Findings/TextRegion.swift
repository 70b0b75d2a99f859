public import Documents

/// The place of bytes in a text, in lines and UTF-16 code units, as in editors and SARIF.
public struct TextRegion: Hashable, Sendable {
    /// A place between two characters.
    public struct Position: Hashable, Sendable {
        /// The 1-based line; lines end with a line feed.
        public var line: Int
        /// The 1-based column in UTF-16 code units; a byte order mark does not count.
        public var column: Int
    }

    /// The position before the first character.
    public var start: Position
    /// The position after the last character.
    public var end: Position

    /// The empty region before the first character.
    public static let start = TextRegion(start: Position(line: 1, column: 1), end: Position(line: 1, column: 1))

    /// The regions of spans in a UTF-8 text, in order of the spans.
    ///
    /// An invalid UTF-8 byte counts as one unit, because readers show one replacement character for it.
    public static func regions(of spans: [Span], in bytes: [UInt8]) -> [TextRegion] {
        LineIndex(bytes).regions(of: spans, in: bytes)
    }
}

extension TextRegion.Position {
    /// Determines the position of `offset` in the text of `lines`; inside a character it is the position after that
    /// character.
    init(of offset: Int, in lines: LineIndex, _ counter: inout ColumnCounter) {
        line = lines.position(of: offset).line
        column = counter.column(of: offset, after: lines.lineStart(of: line))
    }
}

/// Counts the UTF-16 code units between the start of a line and a place in it, continuing from the last place if
/// possible.
struct ColumnCounter {
    private let bytes: [UInt8]
    private var lineStart = -1
    private var position = 0
    private var units = 0
    /// The number of bytes still to come in the current character.
    private var missing = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The 1-based column of `offset` in the line that starts at `start`.
    mutating func column(of offset: Int, after start: Int) -> Int {
        if start != lineStart || offset < position {
            lineStart = start
            position = start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : start
            (units, missing) = (0, 0)
        }
        let end = min(offset, bytes.count)
        while position < end {
            // Most bytes are ASCII, and are counted without regard to what precedes them.
            let start = position
            while position < end, bytes[position] < 0x80 { position += 1 }
            if position > start { (units, missing) = (units + position - start, 0) }
            guard position < end else { break }
            take(bytes[position])
            position += 1
        }
        return units + 1
    }

    private mutating func take(_ byte: UInt8) {
        if missing > 0, byte & 0xC0 == 0x80 {
            missing -= 1
            return
        }
        switch byte {
        case 0xC2..<0xE0: (units, missing) = (units + 1, 1)
        case 0xE0..<0xF0: (units, missing) = (units + 1, 2)
        case 0xF0..<0xF5: (units, missing) = (units + 2, 3)
        default: (units, missing) = (units + 1, 0)
        }
    }
}
