/// Maps the bytes of a decoded text to their places in the encoded text.
///
/// It keeps one piece for each run of literal bytes and one for each escape, so its size depends on the number of
/// escapes rather than the number of bytes.
struct OffsetMap: Sendable {
    /// A part of the decoded text, up to the next piece.
    struct Piece: Sendable {
        /// The index of its first byte in the decoded text.
        var decoded: Int
        /// The index of its first byte in the encoded text.
        var raw: Int
        /// The number of encoded bytes of an escape; nil if each decoded byte has its own place.
        var escapeCount: Int?
        /// The number of encoded bytes for each decoded byte; 1 for a literal, more in UTF-16 and UTF-32.
        var width = 1
    }

    /// The pieces, in order.
    ///
    /// Between two pieces, the encoded text may have bytes that decode to nothing.
    private(set) var pieces: [Piece] = []
    /// The number of decoded bytes.
    private(set) var decodedCount = 0
    /// The span of the encoded text.
    private(set) var raw: Span

    /// Makes an empty map of an encoded text that starts at `start`.
    init(startingAt start: Int) { raw = Span(start, start) }

    /// Makes the map of literal bytes.
    init(identity span: Span) {
        raw = span
        decodedCount = span.count
        if !span.isEmpty { pieces = [Piece(decoded: 0, raw: span.start, escapeCount: nil)] }
    }

    /// Adds `count` bytes that are encoded from `start` on, `width` bytes each.
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

    /// Adds `count` bytes that `span` encodes together; zero for the line break of a continued line.
    mutating func appendEscape(_ span: Span, count: Int) {
        if count > 0 {
            pieces.append(Piece(decoded: decodedCount, raw: span.start, escapeCount: span.count))
            decodedCount += count
        }
        raw.end = span.end
    }

    /// Returns the encoded bytes of `span`, extended to whole escapes.
    ///
    /// Takes time logarithmic in the number of escapes.
    func rawSpan(of span: Span) -> Span {
        guard !span.isEmpty else {
            let offset = rawStart(of: span.start)
            return Span(offset, offset)
        }
        return Span(rawStart(of: span.start), rawEnd(of: span.end))
    }

    /// The start of the encoded form of the byte at `offset`; the end of the encoded text for the end.
    private func rawStart(of offset: Int) -> Int {
        guard offset < decodedCount else { return raw.end }
        let piece = pieces[pieceIndex(of: offset)]
        return piece.escapeCount == nil ? piece.raw + (offset - piece.decoded) * piece.width : piece.raw
    }

    /// The end of the encoded form of the byte before `offset`.
    private func rawEnd(of offset: Int) -> Int {
        let piece = pieces[pieceIndex(of: offset - 1)]
        return piece.raw + (piece.escapeCount ?? (offset - piece.decoded) * piece.width)
    }

    /// The index of the piece that contains the decoded byte at `offset`.
    private func pieceIndex(of offset: Int) -> Int {
        precondition(0 <= offset && offset < decodedCount, "a span lies inside its text")
        return pieces.partitioningIndex { $0.decoded > offset } - 1
    }
}
