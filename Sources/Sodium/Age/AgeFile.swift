/// Whole files in the format age v1, <https://age-encryption.org/v1>; ``AgeWriter`` and ``AgeReader`` process them in
/// pieces.
public enum AgeFile {
    /// Seals bytes with a fresh key.
    ///
    /// - Parameters:
    ///   - content: the bytes to seal.
    ///   - recipients: the recipients; a passphrase must be the only one.
    ///   - random: the source of the key, the nonce and the shares.
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

    /// Opens a file, binary or armored.
    ///
    /// - Parameters:
    ///   - file: all of its bytes.
    ///   - identities: the identities to try, in order.
    ///   - limit: the maximum size of the contents in bytes.
    /// - Returns: the complete, authentic contents.
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

    /// Whether bytes start like an age file, binary or armored.
    public static func isAge(_ start: some Collection<UInt8>) -> Bool {
        start.starts(with: Array("age-encryption.org/".utf8))
            || start.starts(with: Array("-----BEGIN AGE ENCRYPTED FILE-----".utf8))
    }
}
