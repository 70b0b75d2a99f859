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
