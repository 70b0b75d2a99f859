/// Files of the format age v1, <https://age-encryption.org/v1>, as a whole; ``AgeWriter`` and ``AgeReader`` work piecewise.
public enum AgeFile {
    /// Seals bytes with a fresh key.
    ///
    /// - Parameters:
    ///   - content: what is sealed.
    ///   - recipients: who can open it; a passphrase only alone.
    ///   - random: where the key, the nonce and the shares come from.
    /// - Returns: the file.
    /// - Throws: ``AgeError`` `unsuitableRecipients`, `malformedRecipient` or `workFactor`.
    public static func seal(
        _ content: RawSpan,
        to recipients: [AgeRecipient],
        random: RandomSource = .system
    ) throws(AgeError) -> [UInt8] {
        var writer = try AgeWriter(to: recipients, random: random)
        var file: [UInt8] = []
        file.reserveCapacity(content.byteCount + content.byteCount / 4096 + 1024)
        let append = { (bytes: RawSpan) in unsafe bytes.withUnsafeBytes { unsafe file.append(contentsOf: $0) } }
        writer.write(content, to: append)
        writer.finish(to: append)
        return file
    }

    /// Seals a secret with a fresh key, as for bytes.
    public static func seal(
        _ content: borrowing SecretBytes,
        to recipients: [AgeRecipient],
        random: RandomSource = .system
    ) throws(AgeError) -> [UInt8] {
        try content.withBytes { bytes throws(AgeError) in try seal(bytes, to: recipients, random: random) }
    }

    /// Opens a file, binary or in ASCII armor.
    ///
    /// - Parameters:
    ///   - file: all of its bytes.
    ///   - identities: what may open it, tried in this order.
    ///   - limit: how many bytes it may hold.
    /// - Returns: what was sealed, all of it and unchanged.
    /// - Throws: ``AgeError``.
    public static func open(
        _ file: [UInt8],
        with identities: [AgeIdentity],
        limit: Int = .max
    ) throws(AgeError) -> SecretBytes {
        try file.withBytes { bytes throws(AgeError) in
            try AgeReader(with: identities).readAll(bytes, limit: limit)
        }
    }

    /// Whether bytes start as an age file does, binary or in ASCII armor.
    public static func isAge(_ start: some Collection<UInt8>) -> Bool {
        start.starts(with: Array("age-encryption.org/".utf8))
            || start.starts(with: Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8))
    }
}
