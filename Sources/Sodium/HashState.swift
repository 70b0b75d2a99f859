internal import CSodium

/// The owner of a hash function's state, which C asks to stay at one address; wiped when its owner goes.
@safe struct HashState: ~Copyable {
    /// The widest alignment that libsodium asks for, that of BLAKE2b's state, in bytes.
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
