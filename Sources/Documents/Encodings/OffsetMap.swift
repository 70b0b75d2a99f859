/// Where the bytes of a decoded text stand in the bytes that spell it.
///
/// It keeps one piece for each stretch of bytes that stand for themselves and one for each escape, so that its size
/// follows the number of escapes and not the number of bytes.
struct OffsetMap: Sendable {
    /// A stretch of the decoded text, up to the next piece.
    struct Piece: Sendable {
        /// The first byte in the decoded text.
        var decoded: Int
        /// The first byte in the spelling.
        var raw: Int
        /// The number of bytes of an escape in the spelling; nil where each byte has bytes of its own.
        var escapeCount: Int?
        /// How many bytes of the spelling each byte has; 1 where it stands for itself, more in UTF-16 and UTF-32.
        var width = 1
    }

    /// The pieces in the order of both texts.
    ///
    /// Between two of them the spelling may have bytes that spell nothing.
    private(set) var pieces: [Piece] = []
    /// The number of decoded bytes.
    private(set) var decodedCount = 0
    /// The span of the spelling.
    private(set) var raw: Span

    /// Makes the map of a spelling that starts at `start` and of which nothing is read yet.
    init(startingAt start: Int) { raw = Span(start, start) }

    /// Makes the map of bytes that all stand for themselves.
    init(identity span: Span) {
        raw = span
        decodedCount = span.count
        if !span.isEmpty { pieces = [Piece(decoded: 0, raw: span.start, escapeCount: nil)] }
    }

    /// Notes that the bytes from `start` spell `count` bytes, `width` of them each.
    mutating func appendRun(at start: Int, count: Int, width: Int = 1) {
        guard count > 0 else { return }
        let continues: Bool
        if let last = pieces.last, last.escapeCount == nil, last.width == width {
            continues = last.raw + (decodedCount - last.decoded) * width == start
        } else {
            continues = false
        }
        if !continues { pieces.append(Piece(decoded: decodedCount, raw: start, escapeCount: nil, width: width)) }
        decodedCount += count
        raw.end = start + count * width
    }

    /// Notes that the bytes of `span` together spell `count` bytes; none for a continued line.
    mutating func appendEscape(_ span: Span, count: Int) {
        if count > 0 {
            pieces.append(Piece(decoded: decodedCount, raw: span.start, escapeCount: span.count))
            decodedCount += count
        }
        raw.end = span.end
    }

    /// The bytes that spell `span`, widened to whole escapes.
    ///
    /// Takes time logarithmic in the number of escapes.
    func rawSpan(of span: Span) -> Span {
        guard !span.isEmpty else {
            let offset = rawStart(of: span.start)
            return Span(offset, offset)
        }
        return Span(rawStart(of: span.start), rawEnd(of: span.end))
    }

    /// The first byte that spells the decoded byte at `offset`; the end of the spelling for the end.
    private func rawStart(of offset: Int) -> Int {
        guard offset < decodedCount else { return raw.end }
        let piece = pieces[pieceIndex(of: offset)]
        return piece.escapeCount == nil ? piece.raw + (offset - piece.decoded) * piece.width : piece.raw
    }

    /// The end of the bytes that spell the decoded byte before `offset`.
    private func rawEnd(of offset: Int) -> Int {
        let piece = pieces[pieceIndex(of: offset - 1)]
        return piece.raw + (piece.escapeCount ?? (offset - piece.decoded) * piece.width)
    }

    /// The piece that the decoded byte at `offset` is in.
    private func pieceIndex(of offset: Int) -> Int {
        precondition(0 <= offset && offset < decodedCount, "a span lies inside its text")
        var low = 0
        var high = pieces.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if pieces[middle].decoded <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
