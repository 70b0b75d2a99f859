/// Says where one of many windows may stand in a text that all begin where a word may (``WordStarts``).
///
/// Of a text one byte in six is such a place; at most of them a look at two tables of bits says no.
struct WordSieve: Sendable {
    /// Windows of ``FoldedBytes/limit`` bytes.
    private var long: HashBits
    /// The first bytes of those that have fewer.
    private var short: HashBits
    /// How many bytes these have, each number once.
    private let widths: [Int]

    /// The least bytes of a window.
    static let shortest = 4
    /// So many bits fit into the first cache of a core, and into its second with room for the rest.
    private static let (mostShortBits, mostLongBits) = (1 << 17, 1 << 21)

    /// Takes the windows, each of ``shortest`` to ``FoldedBytes/limit`` bytes.
    init(_ windows: [ArraySlice<UInt8>]) {
        let shorter = windows.filter { $0.count < FoldedBytes.limit }
        long = HashBits(count: windows.count - shorter.count, share: 64, limit: Self.mostLongBits)
        short = HashBits(count: shorter.count, share: 64, limit: Self.mostShortBits)
        widths = Set(shorter.map(\.count)).sorted()
        for window in windows {
            if window.count == FoldedBytes.limit {
                long.insert(FoldedBytes.number(of: window))
            } else {
                short.insert(FoldedBytes.number(of: window.prefix(Self.shortest)))
            }
        }
    }

    /// Calls `body` with each place of `text` at which a window may begin, and the folded bytes there.
    @inline(__always)
    func search(_ text: [UInt8], _ body: (_ start: Int, _ window: UInt64) -> Void) {
        let bytes = unsafe text.span.bytes
        var starts = WordStarts(in: text)
        while starts.next() {
            starts.keep { mayBegin(at: $0, in: bytes) }
            for index in 0..<starts.count {
                let place = starts[index]
                let window = FoldedBytes.loadFolded(of: bytes, at: place)
                let rest = bytes.byteCount - place
                if rest >= FoldedBytes.limit { body(place, window) }
                for width in widths where width <= rest { body(place, window & FoldedBytes.mask(width)) }
            }
        }
    }

    @inline(__always)
    private func mayBegin(at place: Int, in bytes: RawSpan) -> Bool {
        let window = FoldedBytes.loadFolded(of: bytes, at: place)
        let (isLong, isShort) = (long.mayContain(window), short.mayContain(window & Self.shortMask))
        return isLong || isShort
    }

    private static let shortMask: UInt64 = 0xFFFF_FFFF
}
