internal import CSodium

/// The state of a hash function at a fixed address, as C requires; wiped on deinitialisation.
@safe struct HashState: ~Copyable {
    /// The largest alignment in bytes that libsodium requires, that of BLAKE2b's state.
    private static let alignment = 64

    private let pointer: UnsafeMutableRawPointer
    private let count: Int

    init(count: Int) {
        Library.start()
        unsafe pointer = .allocate(byteCount: count, alignment: Self.alignment)
        self.count = count
    }

    /// Lends the state to a C function.
    borrowing func withPointer(_ body: (UnsafeMutableRawPointer) -> Void) {
        unsafe body(pointer)
    }

    deinit {
        unsafe sodium_memzero(pointer, count)
        unsafe pointer.deallocate()
    }
}
