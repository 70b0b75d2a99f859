internal import Documents
internal import Sodium

/// A signed statement in a DSSE 1.0.2 envelope (github.com/secure-systems-lab/dsse).
public struct Attestation: Hashable, Sendable {
    /// The type of the payload: an in-toto statement.
    public static let payloadType = "application/vnd.in-toto+json"
    /// The maximum size of an envelope in bytes.
    public static let limit = 1 << 26

    /// One signature of the payload.
    public struct Signature: Hashable, Sendable {
        /// The id of the key, which is not authenticated.
        public var keyIdentifier: String
        /// An Ed25519 signature of 64 bytes, or OpenSSH's without its armor.
        public var bytes: [UInt8]

        init(keyIdentifier: String, bytes: [UInt8]) {
            self.keyIdentifier = keyIdentifier
            self.bytes = bytes
        }

        /// Signs with plain Ed25519.
        public init(_ message: [UInt8], by key: borrowing SecretKey) {
            self.init(keyIdentifier: key.publicKey.id.description, bytes: key.sign(message))
        }

        /// Takes a signature that OpenSSH made.
        public init(_ signature: SSHSignature) {
            self.init(keyIdentifier: signature.publicKey.fingerprint, bytes: signature.bytes)
        }
    }

    /// The statement, as JSON in UTF-8.
    public let payload: [UInt8]
    /// The signatures.
    public var signatures: [Signature]

    /// Makes an envelope.
    public init(payload: [UInt8], signatures: [Signature] = []) {
        self.payload = payload
        self.signatures = signatures
    }

    /// The bytes to sign: the "pre-authentication encoding".
    public var signedBytes: [UInt8] {
        let type = Self.payloadType
        return Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }

    /// Returns the bytes of the envelope: one line of JSON.
    public func serialized() -> [UInt8] {
        let value: JSONValue = [
            "payload": .string(Base64.encode(payload)),
            "payloadType": .string(Self.payloadType),
            "signatures": .array(
                signatures.map { ["keyid": .string($0.keyIdentifier), "sig": .string(Base64.encode($0.bytes))] }
            ),
        ]
        return value.serialized(.line) + [UInt8(ascii: "\n")]
    }

    /// Reads an envelope.
    ///
    /// - Throws: ``BundleError`` with code `malformedAttestation`.
    public init(parsing bytes: [UInt8]) throws(BundleError) {
        guard bytes.count <= Self.limit else {
            throw BundleError(.malformedAttestation, "the attestation has more than \(Self.limit) bytes")
        }
        do {
            let root = try JSONValue(parsing: bytes)
                .members(required: ["payload", "payloadType", "signatures"], of: "the envelope")
            guard root["payloadType"] == .string(Self.payloadType) else {
                throw DocumentError(.malformed, "the payload type is not \(Self.payloadType)")
            }
            payload = try Self.decode((root["payload"] ?? .null).string(of: "the payload"))
            signatures = try (root["signatures"] ?? .null).array(of: "the list of signatures").map { element in
                let members = try element.members(required: ["sig"], optional: ["keyid"], of: "a signature")
                return Signature(
                    keyIdentifier: try members["keyid"]?.string(of: "a key id") ?? "",
                    bytes: try Self.decode((members["sig"] ?? .null).string(of: "a signature"))
                )
            }
        } catch let error as DocumentError {
            throw BundleError(.malformedAttestation, error.message)
        } catch {
            throw BundleError(.malformedAttestation, wrapping: error)
        }
    }

    /// Decodes base64; the specification requires both alphabets, with or without padding.
    private static func decode(_ text: String) throws(BundleError) -> [UInt8] {
        let digits = text.replacing("-", with: "+").replacing("_", with: "/").filter { $0 != "=" }
        let padding = String(repeating: "=", count: (4 - digits.utf8.count % 4) % 4)
        do throws(SodiumError) {
            return try Base64.decode(Array((digits + padding).utf8))
        } catch {
            throw BundleError(.malformedAttestation, error)
        }
    }

    /// Checks that keys of a keyring have signed the payload.
    ///
    /// - Returns: the entries of these keys, each once.
    /// - Throws: ``BundleError`` with code `unknownSigner`, `expiredKey` or `badSignature`.
    public func signers(in keyring: Keyring, at time: Int64?) throws(BundleError) -> [Keyring.Entry] {
        var found: [Keyring.Entry] = []
        var refusal = BundleError(.unknownSigner, "the attestation has no signature")
        for signature in signatures {
            do throws(BundleError) {
                let entry = try signer(of: signature, in: keyring, at: time)
                if !found.contains(where: { $0.key == entry.key }) { found.append(entry) }
            } catch {
                guard error.code == .unknownSigner else { throw error }
                refusal = error
            }
        }
        guard !found.isEmpty else { throw refusal }
        return found
    }

    private func signer(
        of signature: Signature,
        in keyring: Keyring,
        at time: Int64?
    ) throws(BundleError) -> Keyring.Entry {
        if signature.bytes.count != SigningKey.signatureCount {
            let ssh = try SSHSignature(blob: signature.bytes)
            let entry = try BundleSignature.ssh(ssh).signer(in: keyring, at: time)
            let digest = RunningDigest(ssh.algorithm)
            digest.update(signedBytes)
            try ssh.check(
                digest: digest.finalize(),
                namespace: SSHSignature.attestationNamespace,
                by: ssh.publicKey
            )
            return entry
        }
        let entry = try keyring.entry(named: signature.keyIdentifier, at: time) { key in
            guard case .minisign(let key) = key else { return false }
            return key.id.description == signature.keyIdentifier
        }
        guard case .minisign(let key) = entry.key, key.verificationKey.isValid(signature.bytes, for: signedBytes) else {
            throw BundleError(.badSignature, "the attestation's signature does not match its contents")
        }
        return entry
    }
}
