internal import Documents

/// The start of a part of a file, in lines and columns.
package struct PartPlace: Sendable {
    /// The number of lines that end before the part.
    private var lines = 0
    /// The number of bytes of the part's first line that precede the part, and of their UTF-16 code units.
    private var bytesBefore = 0
    private var unitsBefore = 0

    /// The start of a file.
    package init() {}

    /// Converts the places in the text of a part that begins at `offset` of its file to those in the file.
    package func move(_ text: inout Scanner.ScannedText, by offset: Int) {
        text.regions = text.regions.map { region in
            region.map { TextRegion(start: moved($0.start), end: moved($0.end)) }
        }
        for index in text.findings.indices { move(&text.findings[index], by: offset) }
        for index in text.kept.indices { move(&text.kept[index].finding, by: offset) }
    }

    private func moved(_ position: TextRegion.Position) -> TextRegion.Position {
        let column = position.line == 1 ? position.column + unitsBefore : position.column
        return TextRegion.Position(line: position.line + lines, column: column)
    }

    /// Converts a finding's place in the part, which begins at `offset`, to its place in the file.
    private func move(_ finding: inout Finding, by offset: Int) {
        guard let location = finding.location else { return }
        if finding.line == 1 { finding.column += bytesBefore }
        finding.line += lines
        finding.location = location.shifted(by: offset)
        finding.identifyingPart = finding.identifyingPart.map { $0.shifted(by: offset) }
    }

    /// Advances to the part that begins `count` bytes after the start of this one.
    package mutating func advance(to count: Int, in bytes: [UInt8]) {
        advance(to: count, LineIndex(bytes), in: bytes)
    }

    /// Advances to the part that begins `count` bytes after the start of this one.
    mutating func advance(to count: Int, _ index: LineIndex, in bytes: [UInt8]) {
        let offset = min(count, bytes.count)
        let position = index.position(of: offset)
        var counter = ColumnCounter(bytes)
        let units = counter.column(of: offset, after: index.lineStart(of: position.line)) - 1
        let isFirstLine = position.line == 1
        bytesBefore = (isFirstLine ? bytesBefore : 0) + position.column - 1
        unitsBefore = (isFirstLine ? unitsBefore : 0) + units
        lines += position.line - 1
    }
}
