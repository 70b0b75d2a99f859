internal import Documents

/// The lines of a file that have to be read as what they are, where the rest of it says nothing.
///
/// In a program each line stands for itself, and so it does, nearly, in a long text: what a name on it is assigned stands on
/// the same line or on the next few. So that such a file takes the time of what may be found in it and not of its size,
/// only the lines around a place are read.
struct LineWindows {
    /// How far a line is followed, in bytes; of a longer one, such as that of a script without line breaks, a part is read
    /// that begins with the name.
    private static let longestBefore = 512
    private static let longestBehind = 2048
    /// How many lines a statement is followed that goes on behind its first.
    private static let longestStatement = 4

    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_-.\"'`[("))
    private static let openEnds = ByteSet("=:([{,\\+")

    private let text: [UInt8]
    private var spans: [Span] = []

    /// Prepares to read parts of `text`.
    init(_ text: [UInt8]) { self.text = text }

    /// Takes the lines around `place`, with those that its statement goes on in.
    mutating func add(around place: Span) {
        // Places come mostly in order, and several on a line.
        if let last = spans.last, last.contains(place) { return }
        spans.append(Span(start(before: place.start), end(behind: place.end)))
    }

    /// The parts to read, apart from each other and in order.
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

    /// Whether the statement goes on behind the line that ends at `end`.
    private func isOpen(at end: Int, from place: Int) -> Bool {
        var last = end
        while last > place, ByteSet.space.contains(text[last - 1]) { last -= 1 }
        return last == place || Self.openEnds.contains(text[last - 1])
    }
}
