internal import Documents

/// The lines of a PEM text (RFC 7468) that are spread over separate strings, comments or list items.
///
/// Examples are `"-----BEGIN X-----\n"` and its lines below each other in C, with `+` or `.` between them in other
/// languages, and as items of an array; `// -----BEGIN X-----`, `- -----BEGIN X-----`, and lines that end with `<br>`.
struct PEMLines {
    let text: [UInt8]
    /// The body: from the end of the first line to the start of the last.
    let start: Int
    let end: Int
    /// The offset of the label in the first line, after `-----BEGIN `.
    let head: Int

    /// The lines of the body, without the program text around them; nil if there is nothing between them.
    ///
    /// Empty if the strings between the first line and the last are not all of one width.
    var spans: [Span]? {
        if let quote = quoteBehindHead { return ofOneWidth(strings(between: quote)) }
        if let mark = markBeforeHead { return ofOneWidth(lines(behind: mark)) }
        guard start < end, text[start] == UInt8(ascii: "<") else { return nil }
        return ofOneWidth(lines(behind: []))
    }

    private func ofOneWidth(_ lines: [Span]) -> [Span] {
        guard let width = lines.first?.count, width >= Self.leastWidth, let last = lines.last, last.count <= width,
            lines.dropLast().allSatisfy({ $0.count == width })
        else { return [] }
        return last.count < Self.shortestLine ? lines.dropLast() : lines
    }

    // MARK: - Strings

    /// The quote that closes the string containing the first line.
    private var quoteBehindHead: UInt8? {
        let rest = text[start..<end].drop { Self.escapes.contains($0) || $0 == UInt8(ascii: " ") }
        guard let quote = rest.first, Self.quotes.contains(quote), rest.startIndex - start <= Self.longestGap else {
            return nil
        }
        return quote
    }

    /// Returns the contents of the strings after the first, without the line ends spelled in them.
    private func strings(between quote: UInt8) -> [Span] {
        var spans: [Span] = []
        var position = text[start..<end].firstIndex(of: quote).map { $0 + 1 } ?? end
        while let open = text[position..<end].firstIndex(of: quote) {
            let inside = text[(open + 1)..<end].prefix { $0 != quote && !ByteSet.lineEnd.contains($0) }
            append(inside.prefix { $0 != UInt8(ascii: "\\") }, to: &spans)
            position = min(end, inside.endIndex + 1)
        }
        return spans
    }

    // MARK: - Lines

    /// The comment or list mark before the first line.
    private var markBeforeHead: [UInt8]? {
        let before = text[..<(head - Self.beginning)].suffix(Self.longestGap)
        let line = before[(before.lastIndex(where: ByteSet.lineEnd.contains).map { $0 + 1 } ?? before.startIndex)...]
        let mark = line.drop(while: ByteSet.blank.contains).prefix { !ByteSet.blank.contains($0) }
        guard line[mark.endIndex...].allSatisfy(ByteSet.blank.contains) else { return nil }
        let marks = mark.endIndex < line.endIndex ? Self.marks : Self.tightMarks
        return marks.contains { mark.elementsEqual($0.utf8) } ? Array(mark) : nil
    }

    /// Returns the rest of each line after blanks and a mark, up to a tag.
    private func lines(behind mark: [UInt8]) -> [Span] {
        var spans: [Span] = []
        for line in text[start..<end].split(whereSeparator: ByteSet.lineEnd.contains) {
            var rest = line.drop(while: ByteSet.blank.contains)
            if rest.starts(with: mark) { rest = rest.dropFirst(mark.count).drop(while: ByteSet.blank.contains) }
            append(rest.prefix { $0 != UInt8(ascii: "<") && !ByteSet.blank.contains($0) }, to: &spans)
        }
        return spans
    }

    /// Adds a line unless it is empty, a header, or the checksum of OpenPGP.
    private func append(_ line: ArraySlice<UInt8>, to spans: inout [Span]) {
        guard let first = line.first, first != UInt8(ascii: "="), line.allSatisfy(Self.digits.contains) else { return }
        spans.append(Span(line.startIndex, line.endIndex))
    }

    /// The length of `-----BEGIN `.
    private static let beginning = 11
    /// The maximum number of bytes between the first line and its quote or mark.
    private static let longestGap = 64
    /// The minimum width of the lines in bytes, and the minimum length of the last one; a shorter one reveals nothing.
    private static let (leastWidth, shortestLine) = (32, 8)
    private static let digits = ByteSet.alphanumerics.union(ByteSet("+/="))
    private static let quotes = ByteSet("\"'`")
    private static let escapes = ByteSet("\\nr")
    private static let marks = ["#", "##", "//", "///", "*", "-", "--", ";", "%"]
    /// The marks that may be directly before the first line.
    private static let tightMarks = ["#", "##", "//", ";"]
}
