internal import Documents

/// The literals of a search, laid out so that a look at one of them touches no object: vectorscan reports a part of a literal
/// far more often than the literal stands there.
struct NeedleTable: Sendable {
    /// What is known of a literal.
    private struct Entry: Sendable {
        /// Where its bytes begin in `bytes`.
        var start: Int
        var count: Int
        /// The part of it that is searched for.
        var anchorStart: Int
        var anchorEnd: Int
        var ignoresCase: Bool
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// Adds a literal, of which the bytes at `anchor` are searched for.
    mutating func append(_ literal: [UInt8], anchor: Range<Int>, ignoresCase: Bool) {
        entries.append(
            Entry(
                start: bytes.count,
                count: literal.count,
                anchorStart: anchor.lowerBound,
                anchorEnd: anchor.upperBound,
                ignoresCase: ignoresCase
            )
        )
        bytes += literal
    }

    /// Where the literal `id` stands in `text`, whose anchor ends at `end`; nil where its other bytes are not there.
    func span(of id: Int, anchorEndingAt end: Int, in text: [UInt8]) -> Span? {
        let entry = entries[id]
        let start = end - entry.anchorEnd
        guard start >= 0, start + entry.count <= text.count else { return nil }
        var index = entry.anchorEnd
        while index < entry.count {
            guard isEqual(bytes[entry.start + index], text[start + index], entry.ignoresCase) else { return nil }
            index += 1
        }
        index = entry.anchorStart
        while index > 0 {
            index -= 1
            guard isEqual(bytes[entry.start + index], text[start + index], entry.ignoresCase) else { return nil }
        }
        return Span(start, start + entry.count)
    }

    @inline(__always)
    private func isEqual(_ left: UInt8, _ right: UInt8, _ ignoresCase: Bool) -> Bool {
        left == right || ignoresCase && left.lowered == right.lowered
    }
}
