/// Bytes that can be read at any offset repeatedly: a file's, or some in memory.
public struct ByteSource: Sendable {
    /// The size of a piece in bytes.
    public static let pieceSize = 1 << 18

    /// The number of bytes.
    public let count: Int
    private let read: @Sendable (Range<Int>) throws -> [UInt8]

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - count: the number of bytes.
    ///   - read: returns all bytes of a range, or throws; called from several threads.
    public init(count: Int, read: @escaping @Sendable (Range<Int>) throws -> [UInt8]) {
        self.count = count
        self.read = read
    }

    /// Makes a source of bytes in memory.
    public init(_ bytes: [UInt8]) {
        self.init(count: bytes.count) { Array(bytes[$0]) }
    }

    /// Reads a range.
    ///
    /// - Throws: what the source throws; ``ArchiveError`` with code `failed` if it returns another number of bytes.
    public func bytes(_ range: Range<Int>) throws -> [UInt8] {
        if range.isEmpty { return [] }
        let bytes = try read(range)
        guard bytes.count == range.count else {
            throw ArchiveError(.failed, "a file became shorter while it was read")
        }
        return bytes
    }

    /// Delivers all bytes in pieces.
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

    /// Delivers all bytes in pieces, while another thread reads ahead.
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
