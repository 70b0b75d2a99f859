internal import CSodium

/// Bytes that nobody may see: in locked memory between two guard pages, zeroed when their owner goes.
///
/// The memory comes from `sodium_malloc`: it is kept out of swap where the system allows it, out of core dumps, and an
/// access beyond its end traps. The bytes cannot be copied by assignment and cannot be interpolated into a text.
@safe public struct SecretBytes: ~Copyable {
    private let base: UnsafeMutableRawPointer
    /// The number of bytes.
    public let count: Int

    /// Makes `count` zero bytes.
    ///
    /// It traps where the memory is not there, as any allocation does.
    public init(count: Int) {
        Library.start()
        precondition(count >= 0, "a count is not negative")
        guard let base = unsafe sodium_malloc(count) else {
            preconditionFailure("no memory for a secret of \(count) bytes")
        }
        unsafe sodium_memzero(base, count)
        unsafe self.base = unsafe base
        self.count = count
    }

    deinit {
        unsafe sodium_free(base)
    }

    /// Makes `count` bytes and lets `fill` write them; they are zero before.
    ///
    /// - Throws: what `fill` throws.
    public init<Failure: Error>(
        count: Int,
        initializingWith fill: (inout MutableRawSpan) throws(Failure) -> Void
    ) throws(Failure) {
        self.init(count: count)
        try withMutableBytes(fill)
    }

    /// Makes a copy of `bytes`; the original remains the caller's to wipe.
    public init(copying bytes: RawSpan) {
        self.init(count: bytes.byteCount)
        unsafe bytes.withUnsafeBytes { source in
            unsafe UnsafeMutableRawBufferPointer(start: base, count: count).copyMemory(from: source)
        }
    }

    /// Makes a copy of `bytes`; the original remains the caller's to wipe.
    public init(copying bytes: [UInt8]) {
        self = bytes.withBytes { SecretBytes(copying: $0) }
    }

    /// Takes the bytes out of an array and overwrites the array's memory with zeros.
    ///
    /// Only this array's memory is overwritten: where the array was copied before, the copy stays as it was.
    public init(zeroing bytes: inout [UInt8]) {
        self = bytes.withBytes { SecretBytes(copying: $0) }
        unsafe bytes.withUnsafeMutableBytes { source in
            if let start = source.baseAddress { unsafe sodium_memzero(start, source.count) }
        }
        bytes = []
    }

    /// Makes a copy of this value.
    public borrowing func copy() -> SecretBytes {
        withBytes { SecretBytes(copying: $0) }
    }

    /// Lends the bytes to `body`.
    public borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let buffer = unsafe UnsafeRawBufferPointer(start: base, count: count)
        return try unsafe body(buffer.bytes)
    }

    /// Lends the bytes to `body`, to be changed.
    public mutating func withMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let buffer = unsafe UnsafeMutableRawBufferPointer(start: base, count: count)
        var span = unsafe buffer.mutableBytes
        return try body(&span)
    }

    /// Whether two secrets are the same, in a time that depends on their lengths alone.
    public static func == (left: borrowing SecretBytes, right: borrowing SecretBytes) -> Bool {
        left.withBytes { left in right.withBytes { right in ConstantTime.isEqual(left, right) } }
    }
}

// One owner at a time holds the memory, and a shared borrow only reads it.
extension SecretBytes: @unchecked Sendable {}

extension SecretBytes {
    /// The length, and never the content.
    public var description: String { "SecretBytes(\(count) bytes)" }
}
