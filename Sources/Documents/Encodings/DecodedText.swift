/// A decoded value, with the place of each of its bytes in the encoded text.
public struct DecodedText: Sendable {
    /// The value.
    public internal(set) var bytes: [UInt8]
    /// The places of the bytes in the encoded text.
    var map: OffsetMap

    /// Starts a value whose encoded text starts at `start`.
    init(startingAt start: Int, capacity: Int) {
        bytes = []
        bytes.reserveCapacity(capacity)
        map = OffsetMap(startingAt: start)
    }

    /// Makes a value whose bytes are not encoded.
    init(identity raw: ArraySlice<UInt8>) {
        bytes = Array(raw)
        map = OffsetMap(identity: Span(raw.startIndex, raw.endIndex))
    }

    /// Returns the part of the encoded text for `span` of the value, extended to whole escapes.
    ///
    /// The offsets are those of the slice that was decoded. For an opaque encoding it is the whole encoded text.
    package func rawSpan(of span: Span) -> Span { map.rawSpan(of: span) }

    /// Appends the bytes of `raw` in `range` unchanged.
    mutating func append(_ raw: ArraySlice<UInt8>, _ range: Range<Int>) {
        bytes.append(contentsOf: raw[range])
        map.appendRun(at: range.lowerBound, count: range.count)
    }

    /// Appends an ASCII character that is encoded by `width` bytes from `index` on.
    mutating func append(ascii byte: UInt8, at index: Int, width: Int) {
        bytes.append(byte)
        map.appendRun(at: index, count: 1, width: width)
    }

    /// Appends `decoded` for the escape in `range`.
    mutating func append(_ decoded: some Collection<UInt8>, for range: Range<Int>) {
        bytes.append(contentsOf: decoded)
        map.appendEscape(Span(range.lowerBound, range.upperBound), count: decoded.count)
    }

    /// Appends the UTF-8 of a Unicode scalar for the escape in `range`.
    mutating func append(_ scalar: Unicode.Scalar, for range: Range<Int>) {
        append(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter, for: range)
    }

    /// Returns the escape that `raw` uses for each ASCII character, among the escapes that begin with one of
    /// `introducers`.
    func escapes(in raw: ArraySlice<UInt8>, startingWith introducers: [UInt8]) -> [UInt8: ArraySlice<UInt8>] {
        var spellings: [UInt8: ArraySlice<UInt8>] = [:]
        for (index, piece) in map.pieces.enumerated() {
            guard let count = piece.escapeCount, introducers.contains(raw[piece.raw]) else { continue }
            let next = index + 1 < map.pieces.count ? map.pieces[index + 1].decoded : map.decodedCount
            guard next - piece.decoded == 1 else { continue }
            spellings[bytes[piece.decoded]] = raw[piece.raw..<(piece.raw + count)]
        }
        return spellings
    }
}

extension DecodedText {
    /// Makes a value that is encoded as a whole.
    init(opaque bytes: [UInt8], spelledBy raw: ArraySlice<UInt8>) {
        self.bytes = bytes
        map = OffsetMap(startingAt: raw.startIndex)
        map.appendEscape(Span(raw.startIndex, raw.endIndex), count: bytes.count)
    }
}
