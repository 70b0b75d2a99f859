/// The X25519 recipient type of age.
enum AgeX25519 {
    static let recipientPrefix = "age"
    static let identityPrefix = "AGE-SECRET-KEY-"
    private static let info = "age-encryption.org/v1/X25519"

    /// Wraps a file key for a recipient's point; nil if the point is of small order.
    static func wrap(_ fileKey: borrowing SecretBytes, for recipient: [UInt8], random: RandomSource) -> AgeStanza? {
        let secret = random.secret(X25519.count)
        let share = X25519.publicPoint(of: secret)
        guard let shared = X25519.sharedSecret(of: secret, and: recipient) else { return nil }
        let key = HKDFSHA256.key(from: shared, salt: share + recipient, info: info)
        return AgeStanza(
            arguments: [AgeStanza.Kind.x25519.rawValue, Base64.encode(share, as: .standardUnpadded)],
            body: AgeFileKey.wrap(fileKey, with: key)
        )
    }

    /// The ephemeral point of a stanza.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    static func share(of stanza: AgeStanza) throws(AgeError) -> [UInt8] {
        guard stanza.arguments.count == 2, stanza.body.count == AgeFileKey.wrappedCount,
            let share = stanza.bytes(ofArgument: 1, count: X25519.count)
        else { throw AgeHeader.malformed("an X25519 recipient has wrong arguments or a wrong body") }
        return share
    }

    /// Unwraps the file key; nil if the stanza is for another recipient.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    static func unwrap(_ stanza: AgeStanza, with scalar: borrowing SecretBytes) throws(AgeError) -> SecretBytes? {
        let share = try share(of: stanza)
        guard let shared = X25519.sharedSecret(of: scalar, and: share) else {
            throw AgeHeader.malformed("an X25519 recipient has a point of small order")
        }
        let key = HKDFSHA256.key(from: shared, salt: share + X25519.publicPoint(of: scalar), info: info)
        return AgeFileKey.unwrap(stanza.body, with: key)
    }
}
