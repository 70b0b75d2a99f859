public import Archive
public import Sodium

/// Determines whether a bundle is what its signers made.
///
/// It reads bytes, writes nothing and needs no network.
public struct BundleVerifier: Sendable {
    /// The maximum size in bytes of a file with a legacy signature, which covers the file itself and needs it in
    /// memory.
    private static let legacyLimit = 1 << 28

    /// The accepted keys.
    public var keyring: Keyring
    /// The minimum number of accepted keys that must have signed.
    public var threshold = 1
    /// Whether minisign's legacy signature form is accepted.
    public var acceptsLegacy = false
    /// The time at which keys must be valid, in seconds since 1970; nil to ignore times.
    public var time: Int64?
    /// The identities that open a private bundle; a public one needs none.
    public var identities: [AgeIdentity] = []
    /// The limits of a bundle.
    public var limits: ArchiveLimits

    /// Makes a verifier.
    public init(keyring: Keyring, limits: ArchiveLimits = ArchiveLimits()) {
        self.keyring = keyring
        self.limits = limits
    }

    /// Makes a verifier that accepts minisign keys.
    public init(keys: [PublicKey], limits: ArchiveLimits = ArchiveLimits()) {
        self.init(keyring: Keyring(keys), limits: limits)
    }

    /// Verifies a bundle in memory with one signature.
    ///
    /// - Throws: as ``verify(_:signatures:fileName:consume:)``.
    public func verify(
        _ bytes: [UInt8],
        signature: [UInt8],
        fileName: String
    ) throws(BundleError) -> VerifiedBundle {
        try verify(ByteSource(bytes), signatures: [signature], fileName: fileName)
    }

    /// Verifies a bundle: first the signatures over all of its bytes, before anything is parsed; then the file name and
    /// the archive that they name; then the archive's form; then the manifest against the members.
    ///
    /// - Parameters:
    ///   - file: the bundle's file.
    ///   - signatures: all bytes of each signature file.
    ///   - fileName: the bundle's file name, without folders.
    ///   - consume: receives the files of a public bundle other than the manifest, in archive order, while they are
    ///     checked: each entry, and then its bytes. They are valid only after the function has returned.
    /// - Returns: the contents of the bundle.
    /// - Throws: ``BundleError`` with the first reason to refuse the bundle, or with the failure to determine that;
    ///   ``BundleError/isRefusal`` tells them apart.
    public func verify(
        _ file: ByteSource,
        signatures: [[UInt8]],
        fileName: String,
        consume: (CanonicalArchive.Part) -> Void = { _ in }
    ) throws(BundleError) -> VerifiedBundle {
        try inspect(file, signed: check(signatures, of: file), fileName: fileName, consume: consume)
    }

    /// Reads a bundle without checking signatures: only its form and its manifest are checked.
    ///
    /// - Throws: as ``verify(_:signatures:fileName:consume:)``.
    public func inspect(
        _ file: ByteSource,
        fileName: String,
        consume: (CanonicalArchive.Part) -> Void = { _ in }
    ) throws(BundleError) -> VerifiedBundle {
        guard let digest = try digests(of: file, [.blake2b512])[.blake2b512] else {
            preconditionFailure("the BLAKE2b-512 is computed")
        }
        return try inspect(file, signed: Signed(digest: digest), fileName: fileName, consume: consume)
    }

    private func inspect(
        _ file: ByteSource,
        signed: Signed,
        fileName: String,
        consume: (CanonicalArchive.Part) -> Void
    ) throws(BundleError) -> VerifiedBundle {
        let statement = try statement(of: signed.signatures, fileName: fileName)
        let form = try form(of: file, fileName: fileName)
        let (manifest, identity, parameters) = try contents(
            of: file,
            form,
            fileDigest: signed.digest,
            statement: statement,
            fileName: fileName,
            consume: consume
        )
        return VerifiedBundle(
            signers: signed.signers,
            statement: statement,
            fileName: fileName,
            format: form,
            identity: identity,
            manifest: manifest,
            parameters: parameters,
            fileDigest: signed.digest,
            file: file,
            identities: PrivateForm.isMeant(by: fileName) ? identities : nil,
            limits: limits
        )
    }
}

// MARK: - Signatures

extension BundleVerifier {
    /// The result of checking the signatures.
    private struct Signed {
        var signers: [Keyring.Entry] = []
        var signatures: [BundleSignature] = []
        var digest: Digest
    }

    private func check(_ texts: [[UInt8]], of file: ByteSource) throws(BundleError) -> Signed {
        var signatures: [BundleSignature] = []
        for text in texts { signatures.append(try BundleSignature(parsing: text, acceptingLegacy: acceptsLegacy)) }
        // The signing keys are checked first: nothing is hashed if they are unknown.
        var accepted: [(signature: BundleSignature, signer: Keyring.Entry)] = []
        var refusal = BundleError(.unknownSigner, "there is no signature")
        for signature in signatures {
            do throws(BundleError) {
                accepted.append((signature, try signature.signer(in: keyring, at: time)))
            } catch {
                // Another signature may suffice, but not if this key was revoked.
                guard error.code == .unknownSigner else { throw error }
                refusal = error
            }
        }
        guard !accepted.isEmpty else { throw refusal }
        let digests = try digests(of: file, Set(accepted.map(\.signature.algorithm)).union([.blake2b512]))
        guard let digest = digests[.blake2b512] else { preconditionFailure("the BLAKE2b-512 is always computed") }
        var signed = Signed(digest: digest)
        for (signature, signer) in accepted {
            try check(signature, by: signer, of: file, digests: digests)
            signed.signatures.append(signature)
            if !signed.signers.contains(where: { $0.key == signer.key }) { signed.signers.append(signer) }
        }
        guard signed.signers.count >= threshold else {
            throw BundleError(
                .tooFewSigners,
                "\(threshold) of the given keys must have signed, and \(signed.signers.count) "
                    + (signed.signers.count == 1 ? "has" : "have")
            )
        }
        return signed
    }

    private func check(
        _ signature: BundleSignature,
        by signer: Keyring.Entry,
        of file: ByteSource,
        digests: [Digest.Algorithm: Digest]
    ) throws(BundleError) {
        guard let digest = digests[signature.algorithm] else { preconditionFailure("every digest was computed") }
        switch (signature, signer.key) {
        case (.minisign(let signature), .minisign(let key)):
            try signature.check(message: signature.isLegacy ? legacyMessage(file) : digest.bytes, by: key)
        case (.ssh(let signature), .ssh(let key)):
            try signature.check(digest: digest, namespace: SSHSignature.bundleNamespace, by: key)
        default: preconditionFailure("a signature and its key are of one kind")
        }
    }

    private func legacyMessage(_ file: ByteSource) throws(BundleError) -> [UInt8] {
        guard file.count <= Self.legacyLimit else {
            throw BundleError(.unsupportedSignature, "the file is too large for a signature in minisign's legacy form")
        }
        do {
            return try file.all()
        } catch {
            throw BundleError(.changed, wrapping: error)
        }
    }

    /// Computes digests of a file.
    func digests(
        of file: ByteSource,
        _ algorithms: Set<Digest.Algorithm>
    ) throws(BundleError) -> [Digest.Algorithm: Digest] {
        let hashes = algorithms.map { ($0, RunningDigest($0)) }
        do {
            try file.forEachPieceAhead { piece in for (_, hash) in hashes { hash.update(piece) } }
        } catch {
            throw BundleError(.changed, wrapping: error)
        }
        return Dictionary(uniqueKeysWithValues: hashes.map { ($0, $1.finalize()) })
    }

    /// Returns the common statement of the minisign signatures; nil if there is none.
    private func statement(
        of signatures: [BundleSignature],
        fileName: String
    ) throws(BundleError) -> TrustedComment? {
        var statement: TrustedComment?
        for case .minisign(let signature) in signatures {
            let own = try TrustedComment(parsing: signature.trustedComment)
            guard own.fileName.utf8.elementsEqual(fileName.utf8) else {
                throw BundleError(
                    .wrongFileName,
                    at: fileName,
                    "the bundle was signed as '\(escaped(own.fileName.utf8))': rename it to that, or get "
                        + "the signature that belongs to it"
                )
            }
            guard statement == nil || statement == own else {
                throw BundleError(.foreignComment, "the signatures disagree about the bundle")
            }
            statement = own
        }
        return statement
    }
}
