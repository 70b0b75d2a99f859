/// A key that opens age files: an X25519 secret key, or a passphrase.
public struct AgeIdentity: Sendable {
    enum Content: Sendable {
        case x25519(SharedSecret)
        case passphrase(SharedSecret, maximumWorkFactor: Int)
    }

    /// The maximum work for testing a passphrase, as a base-two logarithm: 1 GiB of memory and some seconds.
    public static let maximumWorkFactor = 20

    let content: Content

    private init(_ content: Content) { self.content = content }

    /// Makes a fresh X25519 identity.
    public static func generate(from random: RandomSource = .system) -> AgeIdentity {
        AgeIdentity(.x25519(SharedSecret(random.secret(X25519.count))))
    }

    /// Parses an identity as written by `age-keygen`: `AGE-SECRET-KEY-1…`.
    ///
    /// - Throws: ``AgeError`` `malformedIdentity`.
    public init(_ text: borrowing SecretBytes) throws(AgeError) {
        guard let scalar = Bech32.decode(text, prefix: AgeX25519.identityPrefix), scalar.count == X25519.count else {
            throw AgeError(.malformedIdentity, "this is not an age identity of the form AGE-SECRET-KEY-1…")
        }
        content = .x25519(SharedSecret(scalar))
    }

    /// Makes an identity from a passphrase.
    ///
    /// - Parameters:
    ///   - passphrase: any bytes.
    ///   - maximumWorkFactor: the base-two logarithm of the maximum work for testing it, up to 30.
    /// - Returns: the identity.
    public static func passphrase(
        _ passphrase: consuming SecretBytes,
        maximumWorkFactor: Int = maximumWorkFactor
    ) -> AgeIdentity {
        precondition((1...30).contains(maximumWorkFactor), "a work factor is between 1 and 30")
        return AgeIdentity(.passphrase(SharedSecret(passphrase), maximumWorkFactor: maximumWorkFactor))
    }

    /// The recipient to seal to for this identity.
    public var recipient: AgeRecipient {
        switch content {
        case .x25519(let scalar): AgeRecipient(.x25519(X25519.publicPoint(of: scalar.bytes)))
        case .passphrase(let passphrase, _):
            AgeRecipient(.passphrase(passphrase, workFactor: AgeRecipient.defaultWorkFactor))
        }
    }

    /// Whether it is a passphrase.
    public var isPassphrase: Bool {
        if case .passphrase = content { true } else { false }
    }

    /// `AGE-SECRET-KEY-1…`; nil for a passphrase.
    public func text() -> SecretBytes? {
        guard case .x25519(let scalar) = content else { return nil }
        return scalar.bytes.withBytes { Bech32.encode($0, prefix: AgeX25519.identityPrefix) }
    }

    /// Unwraps the file key of a header; nil if it is sealed to others.
    ///
    /// - Throws: ``AgeError`` `malformed` or `workFactor`.
    func unwrap(_ stanzas: [AgeStanza]) throws(AgeError) -> SecretBytes? {
        for stanza in stanzas {
            switch (content, stanza.kind) {
            case (.x25519(let scalar), .x25519):
                if let key = try AgeX25519.unwrap(stanza, with: scalar.bytes) { return key }
            case (.passphrase(let passphrase, let most), .scrypt):
                if let key = try AgeScrypt.unwrap(stanza, with: passphrase.bytes, maximumWorkFactor: most) {
                    return key
                }
            default: continue
            }
        }
        return nil
    }
}

extension AgeIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The sort of identity, without the secret.
    public var description: String { isPassphrase ? "AgeIdentity(a passphrase)" : "AgeIdentity(X25519)" }
    /// The sort of identity, without the secret.
    public var debugDescription: String { description }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
