/// Finds the literals whose windows begin at word starts of a text (``WordStarts``).
///
/// One in six bytes of a text is a word start; two bit tables rule out nine in ten of these.
struct WordSieve: Sendable {
    /// The windows of ``FoldedBytes/limit`` bytes.
    private let long: WindowIndex
    /// The shorter windows, by their first bytes.
    private let short: WindowIndex

    /// The minimum size of a window in bytes.
    static let shortest = 4
    /// The numbers of bits that fit into a core's first cache, and into its second with room for other data.
    private static let (mostShortBits, mostLongBits) = (1 << 17, 1 << 21)

    /// Takes windows of ``shortest`` to ``FoldedBytes/limit`` bytes.
    init(_ windows: [WindowIndex.Window]) {
        long = WindowIndex(
            windows.filter { $0.count == FoldedBytes.limit },
            keyBytes: FoldedBytes.limit,
            limit: Self.mostLongBits
        )
        short = WindowIndex(
            windows.filter { $0.count < FoldedBytes.limit },
            keyBytes: Self.shortest,
            limit: Self.mostShortBits
        )
    }

    /// Calls `body` with the number of each literal whose window occurs in `text`, and with the window's start.
    @inline(__always)
    func search(_ text: [UInt8], _ body: (_ number: Int, _ start: Int) -> Void) {
        let bytes = unsafe text.span.bytes
        var starts = WordStarts(in: text)
        while starts.next() {
            starts.keep { place in
                let window = FoldedBytes.loadFolded(of: bytes, at: place)
                // Both tables are read before anything depends on the result.
                return long.bit(of: window) | short.bit(of: window) != 0
            }
            for index in 0..<starts.count {
                let place = starts[index]
                let window = FoldedBytes.loadFolded(of: bytes, at: place)
                if long.bit(of: window) != 0 { long.forEach(in: window) { body($0, place) } }
                if short.bit(of: window) != 0 { short.forEach(in: window) { body($0, place) } }
            }
        }
    }
}
