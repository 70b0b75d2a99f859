/// Finds the literals whose windows begin where a word of a text may (``WordStarts``).
///
/// Of a text one byte in six is such a place; at nine of ten of them a look at two tables of bits says no.
struct WordSieve: Sendable {
    /// Windows of ``FoldedBytes/limit`` bytes.
    private let long: WindowIndex
    /// Those that have fewer, by their first bytes.
    private let short: WindowIndex

    /// The least bytes of a window.
    static let shortest = 4
    /// So many bits fit into the first cache of a core, and into its second with room for the rest.
    private static let (mostShortBits, mostLongBits) = (1 << 17, 1 << 21)

    /// Takes the windows, each of ``shortest`` to ``FoldedBytes/limit`` bytes.
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

    /// Calls `body` with the number of each literal whose window stands in `text`, and where the window begins.
    @inline(__always)
    func search(_ text: [UInt8], _ body: (_ number: Int, _ start: Int) -> Void) {
        let bytes = unsafe text.span.bytes
        var starts = WordStarts(in: text)
        while starts.next() {
            starts.keep { place in
                let window = FoldedBytes.loadFolded(of: bytes, at: place)
                // Both tables are asked before anything depends on an answer.
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
