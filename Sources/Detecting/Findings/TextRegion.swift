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
