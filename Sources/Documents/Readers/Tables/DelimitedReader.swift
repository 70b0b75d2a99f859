/// Reads CSV (RFC 4180) and variants with semicolons, tabs or bars.
///
/// The cells of the first row are the keys of those below; if they are not names, the positions of the columns are.
struct DelimitedReader {
    private let text: [UInt8]
    private let end: Int
    private let separator: UInt8
    private var index: Int
    private var reading = Reading(as: .table)
    private var columns: [Address] = []

    /// A cell's content, without its quotes.
    private struct Cell {
        var range: Range<Int>
        var encoding: Encoding
    }

    private init(_ text: [UInt8], _ range: Range<Int>, separator: UInt8) {
        self.text = text
        self.separator = separator
        index = range.lowerBound
        end = range.upperBound
    }

    /// Reads the text in `range` with `separator` between cells; nil to detect it.
    static func read(_ text: [UInt8], in range: Range<Int>, separator: UInt8? = nil) -> Reading {
        var reader = DelimitedReader(text, range, separator: separator ?? Self.separator(of: text, in: range))
        reader.readRows()
        return reader.reading
    }

    /// Returns the most frequent separator in the first line.
    private static func separator(of text: [UInt8], in range: Range<Int>) -> UInt8 {
        let line = range.lowerBound..<text.endOfLine(from: range.lowerBound, before: range.upperBound).contentEnd
        var counts: [UInt8: Int] = [:]
        for byte in text[line].prefix(1 << 12) where [.comma, .semicolon, .tab, .pipe].contains(byte) {
            counts[byte, default: 0] += 1
        }
        let candidates: [UInt8] = [.comma, .semicolon, .tab, .pipe]
        return candidates.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) } ?? .comma
    }

    private mutating func readRows() {
        var isFirst = true
        while index < end {
            if text[index].isLineBreak {
                index += 1
                continue
            }
            if text[index] == .hash {
                let line = text.endOfLine(from: index, before: end)
                CommentReader.read(text, index..<line.contentEnd, into: &reading)
                index = line.nextLine
                continue
            }
            let row = readRow()
            if isFirst, isHeader(row) {
                columns = columnAddresses(row.map { text.string(in: $0.range) })
                for (cell, column) in zip(row, columns) { reading.addKey(column, cell.range, cell.encoding) }
            } else {
                add(row)
            }
            isFirst = false
        }
    }

    private mutating func add(_ row: [Cell]) {
        while columns.count < row.count { columns.append(Address(nil, String(columns.count))) }
        for (cell, column) in zip(row, columns) where !cell.range.isEmpty {
            reading.add(column, cell.range, cell.encoding)
            WordScanner.scan(text, cell.range, under: column, spelledAs: cell.encoding, into: &reading)
        }
    }

    /// Returns the keys of the columns; those of DNS records are named as in a zone file.
    private func columnAddresses(_ names: [String]) -> [Address] {
        let lowered = names.map { $0.lowercased() }
        let isZone =
            lowered.contains("type") && lowered.contains { ["ttl", "target", "content", "rdata"].contains($0) }
        return zip(names, lowered).map { name, lowered in
            isZone && ["name", "host", "hostname", "record"].contains(lowered)
                ? Address(Address(nil, "zone"), "name") : Address(nil, name)
        }
    }

    /// Whether every cell of a row is a distinct name: not a number, an address or a sentence.
    private func isHeader(_ row: [Cell]) -> Bool {
        guard row.count > 1 else { return false }
        var names: Set<ArraySlice<UInt8>> = []
        for cell in row {
            let name = text[cell.range]
            guard (1...64).contains(name.count), name.contains(where: { $0.isLetter || $0 >= 0x80 }),
                !name.contains(UInt8(ascii: "@")), !name.contains(.equals), name.filter({ $0 == .dot }).count < 2,
                names.insert(name).inserted
            else { return false }
        }
        return true
    }

    // MARK: - Cells

    private mutating func readRow() -> [Cell] {
        var cells: [Cell] = []
        while true {
            cells.append(readCell())
            guard index < end, text[index] == separator else { break }
            index += 1
            if index == end || text[index].isLineBreak {
                cells.append(Cell(range: index..<index, encoding: .field))
                break
            }
        }
        return cells
    }

    /// Reads a cell, and advances to the separator or line break after it.
    private mutating func readCell() -> Cell {
        var start = index
        while start < end, text[start] == .space { start += 1 }
        if start < end, text[start] == .doubleQuote, let close = closingQuote(of: start) {
            index = close + 1
            while index < end, text[index] != separator, !text[index].isLineBreak { index += 1 }
            return Cell(range: (start + 1)..<close, encoding: .csvQuoted)
        }
        start = index
        while index < end, text[index] != separator, !text[index].isLineBreak { index += 1 }
        let content = text.trimmed(start..<index)
        return Cell(range: content, encoding: text[content].first == .doubleQuote ? .line : .field)
    }

    /// Returns the quote that closes the one at `start`, followed by a separator, a line break or the end; nil if there
    /// is none.
    private mutating func closingQuote(of start: Int) -> Int? {
        var index = start + 1
        while index < end {
            if text[index] == .doubleQuote {
                guard index + 1 < end, text[index + 1] == .doubleQuote else {
                    var next = index + 1
                    while next < end, text[next] == .space { next += 1 }
                    return next == end || text[next] == separator || text[next].isLineBreak ? index : nil
                }
                index += 1
            } else if text[index] == .newline, index - start > Self.longestCell {
                break
            }
            index += 1
        }
        if reading.notes.isEmpty {
            reading.notes.append(.init(offset: start, message: "a quoted cell is not closed; it was read as one line"))
        }
        return nil
    }

    /// The maximum length in bytes of a quoted multi-line cell.
    private static let longestCell = 1 << 16
}
