internal import Archive
internal import Detecting
internal import Documents

/// Extracts the lines with stand-ins from a sanitized file.
struct ReportLines {
    /// A stand-in in the sanitized file.
    struct Mark {
        /// The bytes in the file: the stand-in, or the opaque text that holds it.
        var span: Span
        /// What the stand-in replaces.
        var standIn: SanitizeReport.StandIn
    }

    private let bytes: [UInt8]
    private let marks: [Mark]
    private let limits: SanitizeReport.Limits

    /// Prepares to extract lines from the sanitized `bytes`, which have stand-ins at `marks`, in any order.
    init(bytes: [UInt8], marks: [Mark], limits: SanitizeReport.Limits) {
        self.bytes = bytes
        self.marks = Self.merged(marks)
        self.limits = limits
    }

    /// Returns the lines, with at most `limit` changed ones.
    func lines(atMost limit: Int) -> SanitizeReport.Lines {
        var result = SanitizeReport.Lines()
        guard !marks.isEmpty else { return result }
        // UTF-16 text cannot be cut into lines by bytes, nor shown as them.
        guard !bytes.contains(0) else {
            result.reasonForNone = "the file is not ASCII or UTF-8 text"
            return result
        }
        let starts = lineStarts
        var changed: [Int] = []
        for mark in marks {
            let first = Self.line(of: mark.span.start, in: starts)
            let last = Self.line(of: max(mark.span.start, mark.span.end - 1), in: starts)
            let next = max(first, changed.last.map { $0 + 1 } ?? first)
            if next <= last { changed += next...last }
        }
        let shown = changed.prefix(max(0, min(limit, limits.changedLinesPerFile)))
        result.hiddenCount = changed.count - shown.count
        let isChanged = Set(changed)
        var previous: Int?
        for line in shown {
            let first = max(line - limits.contextLines, (previous ?? -1) + 1)
            // A changed line past the limit is not used as context, because it would show only half of the change.
            let behind = (line + 1..<line + 1 + limits.contextLines).prefix {
                $0 < starts.count && !isChanged.contains($0)
            }
            let context = (first...line).filter { !isChanged.contains($0) || $0 == line }
            let numbers = context + behind.filter { !isLastAndEmpty($0, starts) }
            let run = numbers.map { self.line($0, starts: starts) }
            if let previous, let next = numbers.first, next == previous + 1, !result.hunks.isEmpty {
                result.hunks[result.hunks.count - 1] += run
            } else {
                result.hunks.append(run)
            }
            previous = numbers.last
        }
        return result
    }

    // MARK: - Lines

    /// The offsets of the line starts.
    private var lineStarts: [Int] {
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
        return starts
    }

    private func isLastAndEmpty(_ line: Int, _ starts: [Int]) -> Bool {
        line == starts.count - 1 && starts[line] == bytes.count
    }

    private static func line(of offset: Int, in starts: [Int]) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private func line(_ number: Int, starts: [Int]) -> SanitizeReport.Line {
        var end = number + 1 < starts.count ? starts[number + 1] - 1 : bytes.count
        if end > starts[number], bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return SanitizeReport.Line(number: number + 1, pieces: pieces(of: Span(starts[number], end)))
    }

    private func pieces(of line: Span) -> [SanitizeReport.Piece] {
        var pieces: [SanitizeReport.Piece] = []
        var position = line.start
        var count = 0
        for mark in marks[firstMark(endingBehind: line.start)...] {
            guard mark.span.start < line.end else { break }
            // Stand-ins past the limit are not shown, so the rest is not the same in both files.
            guard count < limits.standInsPerLine else {
                return pieces + [SanitizeReport.Piece(content: .gap(bytes: line.end - position), text: "")]
            }
            count += 1
            let start = max(mark.span.start, line.start)
            let isFirst = position == line.start
            pieces += unchanged(Span(position, start), of: line, sides: isFirst ? [.end] : [.start, .end])
            let end = min(mark.span.end, line.end)
            let isWhole = mark.span.start >= line.start
            pieces.append(
                SanitizeReport.Piece(
                    content: isWhole ? .standIn(mark.standIn) : .continuation,
                    text: shortened(Span(start, end))
                )
            )
            position = end
        }
        return pieces + unchanged(Span(position, line.end), of: line, sides: [.start])
    }

    /// Returns the index of the first mark that ends after `offset`.
    private func firstMark(endingBehind offset: Int) -> Int {
        var low = 0
        var high = marks.count
        while low < high {
            let middle = (low + high) / 2
            if marks[middle].span.end <= offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: - Text

    private enum Side { case start, end }

    /// Returns the text between stand-ins; of a long line, only the text near a stand-in, on the given `sides`.
    private func unchanged(_ span: Span, of line: Span, sides: Set<Side>) -> [SanitizeReport.Piece] {
        guard !span.isEmpty else { return [] }
        func piece(_ range: Range<Int>) -> SanitizeReport.Piece {
            SanitizeReport.Piece(content: .unchanged, text: EscapedText(bytes[range], keepingTabs: true).text)
        }
        let near = limits.nearbyBytes
        let room = near * sides.count
        guard line.count > limits.lineBytes, span.count > room else { return [piece(span.range)] }
        let cutStart = sides.contains(.start) ? scalarBoundary(span.start + near) : span.start
        let cutEnd = sides.contains(.end) ? max(cutStart, scalarBoundary(span.end - near)) : span.end
        var pieces: [SanitizeReport.Piece] = []
        if cutStart > span.start { pieces.append(piece(span.start..<cutStart)) }
        if cutEnd > cutStart { pieces.append(.init(content: .gap(bytes: cutEnd - cutStart), text: "")) }
        if span.end > cutEnd { pieces.append(piece(cutEnd..<span.end)) }
        return pieces
    }

    private func shortened(_ span: Span) -> String {
        guard span.count > limits.standInBytes else { return EscapedText(bytes[span.range], keepingTabs: true).text }
        let head = scalarBoundary(span.start + limits.standInBytes * 2 / 3)
        let tail = scalarBoundary(span.end - limits.standInBytes / 6)
        return EscapedText(bytes[span.start..<head], keepingTabs: true).text + "…"
            + EscapedText(bytes[tail..<span.end], keepingTabs: true).text
    }

    /// Returns the start of the UTF-8 character that contains the byte at `offset`.
    private func scalarBoundary(_ offset: Int) -> Int {
        var offset = offset
        for _ in 0..<3 where offset > 0 && offset < bytes.count && bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
        return offset
    }

    /// Returns the marks in order; those in one opaque text are merged.
    private static func merged(_ marks: [Mark]) -> [Mark] {
        var merged: [Mark] = []
        for mark in marks.enumerated().sorted(by: { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) })
            .map(\.element)
        {
            guard let last = merged.last, last.span == mark.span else {
                merged.append(mark)
                continue
            }
            merged[merged.count - 1].standIn.parameters += mark.standIn.parameters.filter {
                !last.standIn.parameters.contains($0)
            }
            merged[merged.count - 1].standIn.kinds += mark.standIn.kinds.filter { !last.standIn.kinds.contains($0) }
        }
        return merged
    }
}
