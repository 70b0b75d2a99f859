/// One step on the way of bytes that come piece by piece, such as a compression.
protocol ByteStage: AnyObject {
    /// Takes a piece, and hands on what comes of it.
    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError)

    /// Hands on what is left behind the last piece.
    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError)
}

/// Bytes that stay what they are.
final class Unchanged: ByteStage {
    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try give(bytes)
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {}
}

/// Room at one address, for C functions that remember it.
@safe final class NativeBuffer {
    let start: UnsafeMutablePointer<UInt8>
    let capacity: Int

    init(capacity: Int) {
        unsafe start = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { unsafe start.deallocate() }

    /// A copy of the first bytes.
    func bytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
    }
}
