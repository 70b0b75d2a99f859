public import Sodium

/// A minisign secret key file that was read, but not yet decrypted if a password protects it.
///
/// The second line is the base64 of 158 bytes: the algorithm `Ed`; the key derivation, `Sc` for scrypt or two zeros for
/// none; the checksum's algorithm `B2`; a salt of 32 bytes; scrypt's limits for operations and memory, 8 bytes each in
/// little-endian order; then the key id, the secret key and the checksum, 104 bytes combined with the derived key
/// stream.
public struct SecretKeyFile: ~Copyable, Sendable {
    private enum Field {
        static let algorithm = 0..<2
        static let derivation = 2..<4
        static let checksumAlgorithm = 4..<6
        static let salt = 6..<38
        static let operations = 38..<46
        static let memory = 46..<54
        static let protected = 54..<158
        static let id = 54..<62
        static let secretKey = 62..<126
        static let checksum = 126..<158
        static let count = 158
    }

    private static let scrypt = Array("Sc".utf8)
    private static let noDerivation: [UInt8] = [0, 0]
    private static let checksumAlgorithm = Array("B2".utf8)
    private static let comment = "\(KeyText.untrustedPrefix)minisign encrypted secret key\n"
    /// The maximum memory in bytes: minisign itself takes 1 GiB, and a file that asks for more than this limit was made
    /// to exhaust the machine.
    private static let memoryLimit: UInt64 = 1 << 33
    /// The maximum size of a secret key file in bytes.
    public static let limit = 4096

    private let fields: SecretBytes
    /// The limits of the key derivation if a password protects the key; nil otherwise.
    public let protection: Scrypt?

    /// Reads the text of a key file.
    ///
    /// - Throws: ``BundleError`` with code `malformedSecretKey`.
    public init(parsing text: borrowing SecretBytes) throws(BundleError) {
        let fields = try Self.fields(of: text)
        guard fields.extract(Field.algorithm).exposed() == KeyText.plainAlgorithm,
            fields.extract(Field.checksumAlgorithm).exposed() == Self.checksumAlgorithm
        else { throw BundleError(.malformedSecretKey, "this is not a minisign secret key") }
        let protection: Scrypt?
        switch fields.extract(Field.derivation).exposed() {
        case Self.noDerivation: protection = nil
        case Self.scrypt:
            protection = Scrypt(
                operations: Self.number(fields.extract(Field.operations).exposed()),
                memory: Self.number(fields.extract(Field.memory).exposed())
            )
        default:
            throw BundleError(.malformedSecretKey, "the secret key is protected in an unknown way")
        }
        self.fields = fields
        self.protection = protection
    }

    private static func fields(of text: borrowing SecretBytes) throws(BundleError) -> SecretBytes {
        let lineFeed = UInt8(ascii: "\n")
        guard let commentEnd = text.firstOffset(of: lineFeed),
            text.extract(0..<commentEnd).exposed().starts(with: KeyText.untrustedPrefix.utf8)
        else {
            throw BundleError(.malformedSecretKey, "a minisign secret key starts with a line 'untrusted comment: '")
        }
        let start = commentEnd + 1
        var end = text.firstOffset(of: lineFeed, from: start) ?? text.count
        guard end + 1 >= text.count else {
            throw BundleError(.malformedSecretKey, "there is text after the second line of the secret key")
        }
        if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        let fields: SecretBytes
        do throws(SodiumError) {
            fields = try text.extract(start..<end).withBytes { line throws(SodiumError) in
                try Base64.decodeSecret(line)
            }
        } catch {
            throw BundleError(.malformedSecretKey, error)
        }
        guard fields.count == Field.count else {
            throw BundleError(.malformedSecretKey, "this is not a minisign secret key")
        }
        return fields
    }

    /// Opens a key without a password.
    ///
    /// - Throws: ``BundleError`` with code `passwordRequired` or `malformedSecretKey`.
    public borrowing func open() throws(BundleError) -> SecretKey {
        guard protection == nil else {
            throw BundleError(.passwordRequired, "the secret key is protected by a password")
        }
        // `minisign -G -W` leaves the checksum zero, and `minisign -C -W` writes it.
        guard Self.isZero(fields.extract(Field.checksum)) || Self.isChecksumRight(fields) else {
            throw BundleError(.malformedSecretKey, "the secret key's checksum is wrong: the file is damaged")
        }
        return try Self.key(from: fields)
    }

    /// Opens a key with its password; the password is ignored for a key without one.
    ///
    /// - Throws: ``BundleError`` with code `wrongPassword`, `derivationFailed` or `malformedSecretKey`.
    public borrowing func open(password: borrowing SecretBytes) throws(BundleError) -> SecretKey {
        guard let protection else { return try open() }
        var opened = fields.copy()
        try Self.applyStream(
            to: &opened,
            limits: protection,
            password: password,
            salt: fields.extract(Field.salt).exposed()
        )
        guard Self.isChecksumRight(opened) else {
            throw BundleError(.wrongPassword, "the password is wrong")
        }
        return try Self.key(from: opened)
    }

    private static func key(from fields: borrowing SecretBytes) throws(BundleError) -> SecretKey {
        do throws(SodiumError) {
            let signingKey = try SigningKey(secretKey: fields.extract(Field.secretKey))
            return SecretKey(id: KeyID(bytes: fields.extract(Field.id).exposed()), signingKey: signingKey)
        } catch {
            throw BundleError(.malformedSecretKey, error)
        }
    }
}

// MARK: - Writing

extension SecretKeyFile {
    /// Returns the text of a key file without a password, as written by `minisign -G -W`, with a zero checksum.
    public static func serialized(_ key: borrowing SecretKey) -> SecretBytes {
        var fields = plainFields(of: key)
        fields.replace(at: Field.derivation.lowerBound, with: noDerivation)
        return text(of: fields)
    }

    /// Returns the text of a password-protected key file.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - password: the password.
    ///   - limits: the cost of opening the file. minisign uses ``Scrypt/sensitive``, which a machine with 1 GiB of
    ///     memory cannot open.
    ///   - source: the source of the salt.
    /// - Returns: the text, to be written with mode 0600.
    /// - Throws: ``BundleError`` with code `derivationFailed`.
    public static func serialized(
        _ key: borrowing SecretKey,
        password: borrowing SecretBytes,
        limits: Scrypt = .sensitive,
        salt source: RandomSource = .system
    ) throws(BundleError) -> SecretBytes {
        let salt = source.bytes(Scrypt.saltCount)
        var fields = plainFields(of: key)
        fields.replace(at: Field.derivation.lowerBound, with: scrypt)
        fields.replace(at: Field.salt.lowerBound, with: salt)
        fields.replace(at: Field.operations.lowerBound, with: littleEndian(limits.operations))
        fields.replace(at: Field.memory.lowerBound, with: littleEndian(limits.memory))
        fields.replace(at: Field.checksum.lowerBound, with: checksum(of: fields))
        try applyStream(to: &fields, limits: limits, password: password, salt: salt)
        return text(of: fields)
    }

    private static func plainFields(of key: borrowing SecretKey) -> SecretBytes {
        var fields = SecretBytes(count: Field.count)
        fields.replace(at: Field.algorithm.lowerBound, with: KeyText.plainAlgorithm)
        fields.replace(at: Field.checksumAlgorithm.lowerBound, with: checksumAlgorithm)
        fields.replace(at: Field.id.lowerBound, with: key.publicKey.id.bytes)
        key.withSecretKey { fields.replace(at: Field.secretKey.lowerBound, with: SecretBytes(copying: $0)) }
        return fields
    }

    private static func text(of fields: borrowing SecretBytes) -> SecretBytes {
        let line = fields.withBytes { Base64.encodeSecret($0) }
        var text = SecretBytes(count: comment.utf8.count + line.count + 1)
        text.replace(at: 0, with: comment.utf8)
        text.replace(at: comment.utf8.count, with: line)
        text.replace(at: text.count - 1, with: CollectionOfOne(UInt8(ascii: "\n")))
        return text
    }
}

// MARK: - Protection

extension SecretKeyFile {
    private static func applyStream(
        to fields: inout SecretBytes,
        limits: Scrypt,
        password: borrowing SecretBytes,
        salt: [UInt8]
    ) throws(BundleError) {
        guard limits.memory <= memoryLimit else {
            throw BundleError(.derivationFailed, "the secret key asks for \(limits.memory) bytes of memory")
        }
        do throws(SodiumError) {
            let stream = try limits.derive(Field.protected.count, from: password, salt: salt)
            fields.formExclusiveOr(at: Field.protected.lowerBound, with: stream)
        } catch {
            throw BundleError(.derivationFailed, error)
        }
    }

    private static func checksum(of fields: borrowing SecretBytes) -> [UInt8] {
        var hash = BLAKE2b()
        for range in [Field.algorithm, Field.id, Field.secretKey] {
            fields.withBytes { hash.update($0.extracting(range)) }
        }
        return hash.finalize().bytes
    }

    private static func isChecksumRight(_ fields: borrowing SecretBytes) -> Bool {
        SecretBytes(copying: checksum(of: fields)) == fields.extract(Field.checksum)
    }

    private static func isZero(_ bytes: consuming SecretBytes) -> Bool {
        SecretBytes(count: bytes.count) == bytes
    }

    private static func number(_ bytes: [UInt8]) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func littleEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}
