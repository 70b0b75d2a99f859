/// The part of a literal by which it is searched for.
struct NeedleWindow: Hashable, Sendable {
    /// Its place in the literal; at most ``FoldedBytes/limit`` bytes.
    let range: Range<Int>
    /// Whether it begins at a word start and is long enough for ``WordSieve``.
    let beginsWord: Bool

    /// Chooses the window of a literal: the rarest bytes at a word start, or any bytes if there is none.
    init(of literal: NeedleTable.Literal) {
        let (bytes, startsWord) = (literal.bytes, literal.startsWord)
        var starts = bytes.indices.filter { start in
            (start > 0 || startsWord) && bytes.count - start >= WordSieve.shortest
                && WordStarts.isPlain(at: start, in: bytes)
        }
        // After the @, an address is the same as all others at its domain.
        let sign = bytes.firstIndex(of: UInt8(ascii: "@")) ?? 0
        if starts.contains(where: { $0 < sign }) { starts.removeAll { $0 >= sign } }
        if let range = Self.rarest(from: starts, in: bytes) {
            (self.range, beginsWord) = (range, true)
        } else {
            let width = min(FoldedBytes.limit, bytes.count)
            let range = Self.rarest(from: Array(0...(bytes.count - width)), in: bytes)
            (self.range, beginsWord) = (range ?? 0..<width, false)
        }
    }

    /// Returns the window with the rarest bytes that begins at one of `starts`, so that few places are examined in
    /// vain; nil if there are no starts.
    private static func rarest(from starts: [Int], in bytes: [UInt8]) -> Range<Int>? {
        var best: (range: Range<Int>, rank: Int)?
        for start in starts {
            let range = start..<min(start + FoldedBytes.limit, bytes.count)
            // The scheme of a URL is not distinctive.
            let isScheme = start == 0 && ["https://", "http://"].contains { bytes.starts(with: $0.utf8) }
            let rank = isScheme ? 0 : bytes[range].reduce(0) { $0 + Self.rank(of: $1) }
            if best.map({ rank > $0.rank }) ?? true { best = (range, rank) }
        }
        return best?.range
    }

    /// The most common bytes in texts.
    private static let commonBytes = ByteSet("etaoinsrhl./ -_")

    private static func rank(of byte: UInt8) -> Int {
        ByteSet.digits.contains(byte) ? 3 : commonBytes.contains(byte.lowered) ? 1 : 2
    }
}
