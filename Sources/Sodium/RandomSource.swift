internal import CSodium

/// Where fresh bytes come from: the system in the program, a fixed sequence in a test.
public struct RandomSource: Sendable {
    private let fill: @Sendable (inout MutableRawSpan) -> Void

    /// Makes a source from a function that writes every byte of what it is lent.
    public init(_ fill: @escaping @Sendable (inout MutableRawSpan) -> Void) {
        self.fill = fill
    }

    /// The operating system's generator, by libsodium.
    public static let system = RandomSource { span in
        Library.start()
        let count = span.byteCount
        unsafe span.withCBytes { unsafe randombytes_buf($0, count) }
    }

    /// So many fresh bytes that are no secret, such as a salt or a key id.
    public func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        fill(&raw)
        return bytes
    }

    /// So many fresh secret bytes.
    public func secret(_ count: Int) -> SecretBytes {
        SecretBytes(count: count, initializingWith: fill)
    }

    /// A secret text of lower-case hexadecimal digits, two for each of so many fresh bytes.
    public func hexSecret(bytes count: Int) -> SecretBytes {
        secret(count).withBytes { Hex.encodeSecret($0) }
    }

    /// A secret text in base64url without padding, made from so many fresh bytes.
    public func base64URLSecret(bytes count: Int) -> SecretBytes {
        secret(count).withBytes { Base64.encodeSecret($0, as: .urlSafeUnpadded) }
    }
}
