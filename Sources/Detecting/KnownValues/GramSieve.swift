/// Says where one of many windows may begin in a text, by a look at every few bytes.
///
/// A window of eight bytes has three runs of six bytes in it, of which one stands at a multiple of three wherever the window
/// begins. So only these places are looked at: each costs one multiplication and one look at a table of bits, which is to
/// fit into the cache of a core.
struct GramSieve: Sendable {
    /// How many bytes a window has.
    private let width: Int
    /// How many of them are looked at together.
    private let gram: Int
    /// How far the places lie apart that are looked at.
    private let stride: Int
    /// The bits, by the upper bits of a hash.
    private let bits: [UInt64]
    private let shift: UInt64

    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
    /// The most bits that there are, of which a core keeps all at hand.
    private static let mostBits = 1 << 18

    /// Takes the windows, each of `width` bytes, of which `gram` are looked at together.
    init(_ windows: [ArraySlice<UInt8>], width: Int, gram: Int) {
        self.width = width
        self.gram = gram
        stride = width - gram + 1
        let count = max(windows.count * stride, 1 << 6)
        let bitCount = min(Self.mostBits, 1 << (Int.bitWidth - (count << 3).leadingZeroBitCount))
        shift = UInt64(64 - bitCount.trailingZeroBitCount)
        var bits = [UInt64](repeating: 0, count: bitCount >> 6)
        for window in windows {
            for offset in 0..<stride {
                let hash = (FoldedBytes.number(of: window.dropFirst(offset).prefix(gram)) &* Self.factor) &>> shift
                bits[Int(hash >> 6)] |= 1 << (hash & 63)
            }
        }
        self.bits = bits
    }

    /// Calls `body` with each place of `text` at which a window may begin, and the folded bytes there.
    func search(_ text: [UInt8], _ body: (_ start: Int, _ window: UInt64) -> Void) {
        let text = unsafe text.span.bytes
        var place = place(from: 0, in: text)
        while place < text.byteCount {
            for start in max(0, place - stride + 1)...place where start + width <= text.byteCount {
                body(start, FoldedBytes.load(width, of: text, at: start))
            }
            place = self.place(from: place + stride, in: text)
        }
    }

    /// The first place from `start` on that has its bit, of those that are looked at; the length of the text where none has.
    @inline(never)
    private func place(from start: Int, in text: RawSpan) -> Int {
        let mask = FoldedBytes.mask(gram)
        let stride = stride
        var place = start
        while place &+ FoldedBytes.limit <= text.byteCount {
            if hasBit(FoldedBytes.loadAll(of: text, at: place) & mask) { return place }
            place &+= stride
        }
        while place + gram <= text.byteCount {
            if hasBit(FoldedBytes.load(gram, of: text, at: place)) { return place }
            place += stride
        }
        return text.byteCount
    }

    @inline(__always)
    private func hasBit(_ bytes: UInt64) -> Bool {
        let hash = (bytes &* Self.factor) &>> shift
        // The hash has so many bits that the table has one for each.
        return unsafe bits.span[unchecked: Int(truncatingIfNeeded: hash &>> 6)] &>> (hash & 63) & 1 != 0
    }
}
