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
    private var grams: HashBits

    /// The most bits that there are, of which a core keeps all at hand.
    private static let mostBits = 1 << 18

    /// Takes the windows, each of `width` bytes, of which `gram` are looked at together.
    init(_ windows: [ArraySlice<UInt8>], width: Int, gram: Int) {
        self.width = width
        self.gram = gram
        stride = width - gram + 1
        grams = HashBits(count: windows.count * stride, share: 16, limit: Self.mostBits)
        for window in windows {
            for offset in 0..<stride { grams.insert(FoldedBytes.number(of: window.dropFirst(offset).prefix(gram))) }
        }
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
            if grams.mayContain(FoldedBytes.loadAll(of: text, at: place) & mask) { return place }
            place &+= stride
        }
        while place + gram <= text.byteCount {
            if grams.mayContain(FoldedBytes.load(gram, of: text, at: place)) { return place }
            place += stride
        }
        return text.byteCount
    }
}
