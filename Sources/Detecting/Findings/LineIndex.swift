internal import Documents
internal import Glibc

/// The lines of a text, to find the line and column of an offset.
struct LineIndex: Sendable {
    private let starts: [Int]

    /// Indexes the line feeds of `text`.
    init(_ text: [UInt8]) {
        var starts = [0]
        unsafe text.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var offset = 0
            while let next = unsafe memchr(base + offset, Int32(UInt8(ascii: "\n")), bytes.count - offset) {
                offset = unsafe UnsafeRawPointer(next) - base + 1
                starts.append(offset)
            }
        }
        self.starts = starts
    }

    /// Returns the regions of spans in the indexed text, in order.
    ///
    /// Spans ordered by their starts take time linear in the text, even if it is one line.
    func regions(of spans: [Span], in text: [UInt8]) -> [TextRegion] {
        var counter = ColumnCounter(text)
        return spans.map { span in
            let start = TextRegion.Position(of: span.start, in: self, &counter)
            var behind = counter
            return TextRegion(start: start, end: TextRegion.Position(of: span.end, in: self, &behind))
        }
    }

    /// The start of a line.
    func lineStart(of line: Int) -> Int { starts[line - 1] }

    /// The 1-based line and the 1-based column, in bytes, of `offset`.
    func position(of offset: Int) -> (line: Int, column: Int) {
        let line = starts.partitioningIndex { $0 > offset }
        return (line, offset - starts[line - 1] + 1)
    }
}
