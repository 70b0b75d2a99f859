/// A recipient of an age file: the holder of an X25519 identity, or of a passphrase.
public struct AgeRecipient: Sendable {
    enum Content: Sendable {
        case x25519([UInt8])
        case passphrase(SharedSecret, workFactor: Int)
    }

    /// The base-two logarithm of the work for testing a passphrase: `age`'s default, 256 MiB and about a second.
    public static let defaultWorkFactor = 18

    let content: Content

    init(_ content: Content) { self.content = content }

    /// Parses a recipient as written by `age-keygen`: `age1…`.
    ///
    /// - Throws: ``AgeError`` `malformedRecipient`.
    public init(_ text: String) throws(AgeError) {
        let bytes = SecretBytes(copying: Array(text.utf8))
        guard let point = Bech32.decode(bytes, prefix: AgeX25519.recipientPrefix), point.count == X25519.count else {
            throw AgeError(.malformedRecipient, "this is not an age recipient of the form age1…")
        }
        content = .x25519(point.exposed())
    }

    /// Makes a recipient from a passphrase.
    ///
    /// - Parameters:
    ///   - passphrase: any bytes, at least one.
    ///   - workFactor: the base-two logarithm of the work for testing it, 1 to 30; it needs 2^workFactor KiB.
    /// - Returns: the recipient.
    public static func passphrase(
        _ passphrase: consuming SecretBytes,
        workFactor: Int = defaultWorkFactor
    ) -> AgeRecipient {
        precondition((1...30).contains(workFactor), "a work factor is between 1 and 30")
        return AgeRecipient(.passphrase(SharedSecret(passphrase), workFactor: workFactor))
    }

    /// `age1…`; nil for a passphrase.
    public var text: String? {
        guard case .x25519(let point) = content else { return nil }
        let text = point.withBytes { Bech32.encode($0, prefix: AgeX25519.recipientPrefix) }
        return String(decoding: text.exposed(), as: UTF8.self)
    }

    /// Whether it is a passphrase, which must be the only recipient.
    public var isPassphrase: Bool {
        if case .passphrase = content { true } else { false }
    }

    /// Wraps a file key.
    ///
    /// - Throws: ``AgeError`` `malformedRecipient` or `workFactor`.
    func wrap(_ fileKey: borrowing SecretBytes, random: RandomSource) throws(AgeError) -> AgeStanza {
        switch content {
        case .x25519(let point):
            guard let stanza = AgeX25519.wrap(fileKey, for: point, random: random) else {
                throw AgeError(.malformedRecipient, "the recipient is a point of small order, which no identity has")
            }
            return stanza
        case .passphrase(let passphrase, let workFactor):
            return try AgeScrypt.wrap(fileKey, with: passphrase.bytes, workFactor: workFactor, random: random)
        }
    }
}

extension AgeRecipient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `age1…`, or that it is a passphrase.
    public var description: String { text ?? "a passphrase" }
    /// `age1…`, or that it is a passphrase.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
