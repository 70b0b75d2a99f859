internal import CSodium

/// Secret bytes in locked memory between two guard pages, zeroed on deinitialisation.
///
/// The memory comes from `sodium_malloc`. It is kept out of swap if the system allows it and out of core dumps, and an
/// access past its end traps. The bytes cannot be copied by assignment or interpolated into a text.
@safe public struct SecretBytes: ~Copyable {
    private let base: UnsafeMutableRawPointer
    /// The number of bytes.
    public let count: Int

    /// Makes `count` zero bytes.
    ///
    /// It traps if memory is exhausted, like any allocation.
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

    /// Makes `count` zero bytes and lets `fill` overwrite them.
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

    /// Moves the bytes out of an array, and zeroes the array's memory.
    ///
    /// Only this array's memory is zeroed; earlier copies of the array stay unchanged.
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

    /// Whether two secrets are equal, in a time that depends only on their lengths.
    public static func == (left: borrowing SecretBytes, right: borrowing SecretBytes) -> Bool {
        left.withBytes { left in right.withBytes { right in ConstantTime.isEqual(left, right) } }
    }
}

// The memory has one owner at a time, and a shared borrow only reads it.
extension SecretBytes: @unchecked Sendable {}

extension SecretBytes {
    /// The length, without the content.
    public var description: String { "SecretBytes(\(count) bytes)" }
}
