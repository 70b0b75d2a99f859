internal import Glibc

/// A queue of byte pieces, compared and removed at the front; no piece is copied.
struct ByteQueue {
    private var pieces: [ArraySlice<UInt8>] = []
    /// The number of bytes.
    private(set) var count = 0

    /// Whether there are none.
    var isEmpty: Bool { count == 0 }

    /// Adds bytes at the end.
    mutating func append(_ piece: ArraySlice<UInt8>) {
        guard !piece.isEmpty else { return }
        pieces.append(piece)
        count += piece.count
    }

    /// The result of a comparison.
    enum Comparison {
        /// This many bytes were equal and are removed; one side had no more.
        case same(Int)
        /// The bytes differ at this offset.
        case different(Int)
    }

    /// Compares as many bytes as both sides have.
    mutating func removeCommon(with bytes: ArraySlice<UInt8>) -> Comparison {
        var offset = 0
        while offset < bytes.count, let piece = pieces.first {
            let length = min(piece.count, bytes.count - offset)
            let other = bytes.dropFirst(offset).prefix(length)
            guard Self.isEqual(piece.prefix(length), other) else {
                let common = zip(piece, other).prefix { $0 == $1 }.count
                return .different(offset + common)
            }
            offset += length
            drop(length)
        }
        return .same(offset)
    }

    /// The result of a comparison that returns the bytes.
    enum Taken {
        /// These equal bytes are removed: those of one piece, none if there is no piece.
        case same(ArraySlice<UInt8>)
        /// The bytes differ at this offset.
        case different(Int)
    }

    /// Compares bytes with those of the first piece.
    mutating func takeCommon(with bytes: UnsafeRawBufferPointer) -> Taken {
        guard let piece = pieces.first else { return .same([]) }
        let length = min(piece.count, bytes.count)
        let part = piece.prefix(length)
        let isSame = unsafe part.withUnsafeBytes { part in
            guard let first = part.baseAddress, let second = bytes.baseAddress else { return length == 0 }
            return unsafe memcmp(first, second, length) == 0
        }
        guard isSame else { return .different(unsafe zip(part, bytes).prefix { $0 == $1 }.count) }
        drop(length)
        return .same(part)
    }

    /// Removes bytes of the first piece.
    private mutating func drop(_ length: Int) {
        count -= length
        if length == pieces[0].count { pieces.removeFirst() } else { pieces[0] = pieces[0].dropFirst(length) }
    }

    private static func isEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        let count = left.count
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return count == 0 }
                return unsafe memcmp(first, second, count) == 0
            }
        }
    }
}
