/// The bytes by which a literal is searched for.
struct NeedleWindow: Hashable, Sendable {
    /// Where it stands in the literal; at most ``FoldedBytes/limit`` bytes.
    let range: Range<Int>
    /// Whether it begins where a word may, and has enough bytes to be looked for there (``WordSieve``).
    let beginsWord: Bool

    /// The window of a literal: the rarest bytes that a word begins with; any of its bytes where there are none.
    init(of literal: NeedleTable.Literal) {
        let (bytes, startsWord) = (literal.bytes, literal.startsWord)
        let starts = bytes.indices.filter { start in
            (start > 0 || startsWord) && bytes.count - start >= WordSieve.shortest
                && WordStarts.isPlain(at: start, in: bytes)
        }
        if let range = Self.rarest(from: starts, in: bytes) {
            (self.range, beginsWord) = (range, true)
        } else {
            let width = min(FoldedBytes.limit, bytes.count)
            let range = Self.rarest(from: Array(0...(bytes.count - width)), in: bytes)
            (self.range, beginsWord) = (range ?? 0..<width, false)
        }
    }

    /// The window that begins at one of `starts` and has the rarest bytes, so that few places are looked at in vain; nil where
    /// there are no starts.
    private static func rarest(from starts: [Int], in bytes: [UInt8]) -> Range<Int>? {
        var best: (range: Range<Int>, rank: Int)?
        for start in starts {
            let range = start..<min(start + FoldedBytes.limit, bytes.count)
            // What every URL begins with says nothing.
            let isScheme = start == 0 && ["https://", "http://"].contains { bytes.starts(with: $0.utf8) }
            let rank = isScheme ? 0 : bytes[range].reduce(0) { $0 + Self.rank(of: $1) }
            if best.map({ rank > $0.rank }) ?? true { best = (range, rank) }
        }
        return best?.range
    }

    /// The letters that are most of any text.
    private static let commonBytes = ByteSet("etaoinsrhl./ -_")

    private static func rank(of byte: UInt8) -> Int {
        ByteSet.digits.contains(byte) ? 3 : commonBytes.contains(byte.lowered) ? 1 : 2
    }
}
