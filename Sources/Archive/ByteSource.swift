/// Bytes that can be read at any place, as often as needed: a file's, or some at hand.
public struct ByteSource: Sendable {
    /// How many bytes are read at a time.
    public static let pieceSize = 1 << 18

    /// The number of bytes.
    public let count: Int
    private let read: @Sendable (Range<Int>) throws -> [UInt8]

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - count: the number of bytes.
    ///   - read: gives the bytes of a range within them, all of them or an error; called from several threads.
    public init(count: Int, read: @escaping @Sendable (Range<Int>) throws -> [UInt8]) {
        self.count = count
        self.read = read
    }

    /// Makes a source of bytes that are at hand.
    public init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { Array(bytes[$0]) }
    }

    /// The bytes of a range.
    ///
    /// - Throws: what the source throws; ``ArchiveError`` with code `failed` where it gives another number of bytes.
    public func bytes(_ range: Range<Int>) throws -> [UInt8] {
        if range.isEmpty { return [] }
        let bytes = try read(range)
        guard bytes.count == range.count else {
            throw ArchiveError(.failed, "a file has become shorter while it was read")
        }
        return bytes
    }

    /// Hands out all bytes, piece by piece.
    ///
    /// - Throws: what the source or `body` throws.
    public func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
        var start = 0
        while start < count {
            let end = min(count, start + Self.pieceSize)
            try body(try bytes(start..<end))
            start = end
        }
    }

    /// Hands out all bytes, piece by piece, and reads the next ones meanwhile on another thread.
    ///
    /// - Throws: what the source or `body` throws.
    public func forEachPieceAhead(_ body: ([UInt8]) throws -> Void) throws {
        guard count > Self.pieceSize else { return try forEachPiece(body) }
        let ahead = ReadAhead { give in try forEachPiece(give) }
        defer { ahead.stop() }
        while let piece = try ahead.next() { try body(piece) }
    }

    /// All bytes.
    ///
    /// - Throws: what the source throws.
    public func all() throws -> [UInt8] { try bytes(0..<count) }
}
