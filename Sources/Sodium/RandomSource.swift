internal import CSodium

/// A source of random bytes: the system in the program, a fixed sequence in a test.
public struct RandomSource: RandomNumberGenerator, Sendable {
    private let fill: @Sendable (inout MutableRawSpan) -> Void

    /// Makes a source from a function that fills its argument.
    public init(_ fill: @escaping @Sendable (inout MutableRawSpan) -> Void) {
        self.fill = fill
    }

    /// The operating system's generator, through libsodium.
    public static let system = RandomSource { span in
        Library.start()
        let count = span.byteCount
        unsafe span.withCBytes { unsafe randombytes_buf($0, count) }
    }

    /// Returns fresh random bits.
    public func next() -> UInt64 { bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// Returns fresh bytes that are not secret, such as a salt or a key id.
    public func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        fill(&raw)
        return bytes
    }

    /// Returns fresh secret bytes.
    public func secret(_ count: Int) -> SecretBytes {
        SecretBytes(count: count, initializingWith: fill)
    }

    /// Returns a secret text of lower-case hexadecimal digits, two for each fresh byte.
    public func hexSecret(bytes count: Int) -> SecretBytes {
        secret(count).withBytes { Hex.encodeSecret($0) }
    }

    /// Returns a secret text of fresh bytes in unpadded base64url.
    public func base64URLSecret(bytes count: Int) -> SecretBytes {
        secret(count).withBytes { Base64.encodeSecret($0, as: .urlSafeUnpadded) }
    }
}
