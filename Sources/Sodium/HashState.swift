internal import CSodium

/// The owner of a hash function's state, which C asks to stay at one address; wiped when its owner goes.
@safe struct HashState: ~Copyable {
    /// The widest alignment that libsodium asks for, that of BLAKE2b's state, in bytes.
    private static let alignment = 64

    let pointer: UnsafeMutableRawPointer
    private let count: Int

    init(count: Int) {
        Library.start()
        unsafe pointer = .allocate(byteCount: count, alignment: Self.alignment)
        self.count = count
    }

    deinit {
        unsafe sodium_memzero(pointer, count)
        unsafe pointer.deallocate()
    }
}
