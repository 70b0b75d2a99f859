internal import Documents

/// The lines of a file that must be parsed, in files where the other lines do not affect their meaning.
///
/// In a program, and nearly so in a long text, each line is independent: the value of a name is on the same line or on
/// one of the next few. Reading only the lines around a place makes the time depend on the number of possible findings,
/// not on the size of the file.
struct LineWindows {
    /// The maximum numbers of bytes of a line that are read before and after a place.
    ///
    /// Of a longer line, such as one in a minified script, only a part that begins with the name is read.
    private static let longestBefore = 512
    private static let longestBehind = 2048
    /// The maximum number of lines of a statement.
    private static let longestStatement = 4

    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_-.\"'`[("))
    private static let openEnds = ByteSet("=:([{,\\+")

    private let text: [UInt8]
    private var spans: [Span] = []

    /// Prepares to read parts of `text`.
    init(_ text: [UInt8]) { self.text = text }

    /// Adds the lines around `place`, including those in which its statement continues.
    mutating func add(around place: Span) {
        // Places are mostly in order, with several on a line.
        if let last = spans.last, last.contains(place) { return }
        spans.append(Span(start(before: place.start), end(behind: place.end)))
    }

    /// The parts to read, disjoint and in order.
    var parts: [Span] {
        var parts: [Span] = []
        for span in spans.sorted() {
            if let last = parts.last, span.start <= last.end {
                parts[parts.count - 1].end = max(last.end, span.end)
            } else {
                parts.append(span)
            }
        }
        return parts
    }

    private func start(before place: Int) -> Int {
        var start = place
        while start > 0, !ByteSet.lineEnd.contains(text[start - 1]) {
            guard place - start < Self.longestBefore else { return startOfName(at: place) }
            start -= 1
        }
        return start
    }

    private func startOfName(at place: Int) -> Int {
        var start = place
        while start > 0, place - start < Self.longestBefore, Self.nameBytes.contains(text[start - 1]) { start -= 1 }
        return start
    }

    private func end(behind place: Int) -> Int {
        let limit = min(text.count, place + Self.longestBehind)
        var end = place
        for _ in 0..<Self.longestStatement {
            while end < limit, !ByteSet.lineEnd.contains(text[end]) { end += 1 }
            guard end < limit, isOpen(at: end, from: place) else { break }
            end += 1
        }
        return end
    }

    /// Whether the statement continues after the line that ends at `end`.
    private func isOpen(at end: Int, from place: Int) -> Bool {
        var last = end
        while last > place, ByteSet.space.contains(text[last - 1]) { last -= 1 }
        return last == place || Self.openEnds.contains(text[last - 1])
    }
}
