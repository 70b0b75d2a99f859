/// One stage in a pipeline of byte pieces, such as a compression.
protocol ByteStage: AnyObject {
    /// Processes a piece, and delivers the results.
    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError)

    /// Delivers what remains after the last piece.
    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError)
}

/// A stage that passes bytes through unchanged.
final class Unchanged: ByteStage {
    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try give(bytes)
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {}
}

/// Memory with a fixed address, for C functions that keep it.
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
