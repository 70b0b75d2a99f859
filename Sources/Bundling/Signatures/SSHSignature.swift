public import Sodium

/// A signature made by `ssh-keygen -Y sign`: OpenSSH's PROTOCOL.sshsig, armored.
public struct SSHSignature: Hashable, Sendable {
    /// The namespace of bundle signatures, so that one made for another purpose is not accepted.
    public static let bundleNamespace = "scrubjay-bundle"
    /// The namespace of attestation signatures.
    public static let attestationNamespace = "scrubjay-attestation"
    /// The maximum size of a signature file in bytes.
    public static let limit = 1 << 14

    private static let magic = Array("SSHSIG".utf8)
    private static let first = "-----BEGIN SSH SIGNATURE-----"
    private static let last = "-----END SSH SIGNATURE-----"
    /// The number of base64 digits in a line, as in ssh-keygen.
    private static let columns = 70

    /// The claimed signing key.
    public let publicKey: SSHPublicKey
    /// The purpose of the signature.
    public let namespace: String
    /// The hash function of the message.
    public let algorithm: Digest.Algorithm
    private let blob: [UInt8]
    private let signatureKind: String
    private let signature: [UInt8]
    /// The data added by a security device: its flags and its counter.
    private let deviceData: [UInt8]

    /// Reads a signature file, which must be exactly as ssh-keygen writes it.
    ///
    /// - Throws: ``BundleError`` with code `malformedSignature`.
    public init(parsing text: [UInt8]) throws(BundleError) {
        guard text.count <= Self.limit, let armor = String(validating: text, as: UTF8.self) else {
            throw Self.malformed
        }
        let lines = armor.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 3, lines.first == Self.first[...], lines[lines.count - 2] == Self.last[...] else {
            throw Self.malformed
        }
        let blob: [UInt8]
        do throws(SodiumError) {
            blob = try Base64.decode(Array(lines[1..<(lines.count - 2)].joined().utf8))
        } catch {
            throw BundleError(.malformedSignature, error)
        }
        try self.init(blob: blob)
        guard serialized() == text else { throw Self.malformed }
    }

    /// Reads a signature without its armor.
    ///
    /// - Throws: ``BundleError`` with code `malformedSignature`.
    public init(blob: [UInt8]) throws(BundleError) {
        var wire = SSHWire(blob)
        guard wire.bytes(Self.magic.count) == Self.magic, wire.number() == 1, let key = wire.string(),
            let namespace = wire.string().flatMap({ String(validating: $0, as: UTF8.self) }), !namespace.isEmpty,
            wire.string() == [], let hash = wire.string(), let inner = wire.string(), wire.rest.isEmpty
        else { throw Self.malformed }
        switch hash {
        case Array("sha256".utf8): algorithm = .sha256
        case Array("sha512".utf8): algorithm = .sha512
        default: throw Self.malformed
        }
        do throws(BundleError) {
            publicKey = try SSHPublicKey(blob: key)
        } catch {
            throw BundleError(.malformedSignature, error.message)
        }
        var wireOfInner = SSHWire(inner)
        guard let kind = wireOfInner.string(), let signature = wireOfInner.string() else { throw Self.malformed }
        signatureKind = String(decoding: kind, as: UTF8.self)
        self.signature = signature
        deviceData = Array(wireOfInner.rest)
        self.namespace = namespace
        self.blob = blob
    }

    /// The bytes of the signature without armor.
    public var bytes: [UInt8] { blob }

    /// Returns the bytes of the signature file, as written by ssh-keygen.
    public func serialized() -> [UInt8] {
        let digits = Array(Base64.encode(blob).utf8)
        var lines = [Self.first]
        for start in stride(from: 0, to: digits.count, by: Self.columns) {
            lines.append(String(decoding: digits[start..<min(start + Self.columns, digits.count)], as: UTF8.self))
        }
        return Array((lines + [Self.last, ""]).joined(separator: "\n").utf8)
    }

    /// Checks that `key` made this signature, for `namespace`, of a message with this digest.
    ///
    /// - Throws: ``BundleError`` with code `unknownSigner`, `unsupportedSignature` or `badSignature`.
    public func check(digest: Digest, namespace: String, by key: SSHPublicKey) throws(BundleError) {
        guard key == publicKey else {
            throw BundleError(.unknownSigner, "the signature was made by another key, \(publicKey)")
        }
        guard let verificationKey = key.verificationKey else {
            throw BundleError(
                .unsupportedSignature,
                "the signature was made by a key of the kind \(publicKey.kind), and only those on Ed25519 are checked: "
                    + "'ssh-keygen -Y verify' checks the others"
            )
        }
        guard self.namespace == namespace else {
            throw BundleError(
                .badSignature,
                "the signature was made for '\(self.namespace)', not for '\(namespace)'"
            )
        }
        guard digest.algorithm == algorithm, signatureKind == key.kind,
            let message = signedBytes(digest: digest, application: key.application),
            verificationKey.isValid(signature, for: message)
        else { throw BundleError(.badSignature, "the signature does not match the file") }
    }

    /// Returns the bytes that the key has signed; nil if a device did not confirm its owner's presence.
    private func signedBytes(digest: Digest, application: [UInt8]?) -> [UInt8]? {
        let hash = Array(algorithm.rawValue.utf8)
        let message =
            Self.magic + SSHWire.encode(Array(namespace.utf8)) + SSHWire.encode([]) + SSHWire.encode(hash)
            + SSHWire.encode(digest.bytes)
        guard let application else { return deviceData.isEmpty ? message : nil }
        // PROTOCOL.u2f: the flags, whose lowest bit means that someone touched the device, and a counter.
        guard deviceData.count == 5, deviceData[0] & 1 == 1 else { return nil }
        return SHA256.hash(application).bytes + deviceData + SHA256.hash(message).bytes
    }

    private static let malformed = BundleError(
        .malformedSignature,
        "the signature is not what 'ssh-keygen -Y sign' writes"
    )
}
