public import Archive
public import Sodium

/// Finds out whether a bundle is what its signers made.
///
/// It reads bytes, writes nothing and asks nobody.
public struct BundleVerifier: Sendable {
    /// A legacy signature is over the file itself, which must be held in memory for it.
    private static let legacyLimit = 1 << 28

    /// The keys whose signatures are accepted.
    public var keyring: Keyring
    /// How many of them must have signed.
    public var threshold = 1
    /// Whether minisign's older form of a signature is accepted.
    public var acceptsLegacy = false
    /// The time at which keys must be valid, in seconds since 1970; nil does not look at times.
    public var time: Int64?
    /// Who opens a private bundle; one that is public needs nobody.
    public var identities: [AgeIdentity] = []
    /// How much a bundle may hold.
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

    /// Checks a bundle in memory, with one signature.
    ///
    /// - Throws: as ``verify(_:signatures:fileName:consume:)``.
    public func verify(
        _ bytes: [UInt8],
        signature: [UInt8],
        fileName: String
    ) throws(BundleError) -> VerifiedBundle {
        try verify(ByteSource(bytes), signatures: [signature], fileName: fileName)
    }

    /// Checks a bundle: the signatures over all of its bytes first, before anything else looks at them; then the file name
    /// and the archive that they name; then the archive's form; then the manifest against the members.
    ///
    /// - Parameters:
    ///   - file: the bundle's file.
    ///   - signatures: all bytes of each signature file.
    ///   - fileName: the bundle's file name, without folders.
    ///   - consume: takes the files of a public bundle without the manifest, in the order of the archive, while they are
    ///     checked: each entry, and then its bytes. What comes of them counts when the function has returned, and not before.
    /// - Returns: what the bundle holds.
    /// - Throws: ``BundleError`` with the first reason that was found; its ``BundleError/isRefusal`` is true where it is
    ///   about the bundle.
    public func verify(
        _ file: ByteSource,
        signatures: [[UInt8]],
        fileName: String,
        consume: (CanonicalArchive.Part) -> Void = { _ in }
    ) throws(BundleError) -> VerifiedBundle {
        try inspect(file, signed: check(signatures, of: file), fileName: fileName, consume: consume)
    }

    /// Reads a bundle whose signatures nobody looks at: its form and its manifest are checked, and not who made it.
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
    /// What was found out about the signatures.
    private struct Signed {
        var signers: [Keyring.Entry] = []
        var signatures: [BundleSignature] = []
        var digest: Digest
    }

    private func check(_ texts: [[UInt8]], of file: ByteSource) throws(BundleError) -> Signed {
        var signatures: [BundleSignature] = []
        for text in texts { signatures.append(try BundleSignature(parsing: text, acceptingLegacy: acceptsLegacy)) }
        // Whose signatures they are is asked first: nothing is hashed for a stranger's.
        var accepted: [(signature: BundleSignature, signer: Keyring.Entry)] = []
        var refusal = BundleError(.unknownSigner, "there is no signature")
        for signature in signatures {
            do throws(BundleError) {
                accepted.append((signature, try signature.signer(in: keyring, at: time)))
            } catch {
                // Another signature may be enough, but not for a key that was revoked.
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

    /// Some digests of all bytes of a file.
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

    /// What the minisign signatures say, all of them the same; nil where there is none.
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
                    "the bundle was signed as '\(escaped(own.fileName.utf8))': give it that name again, or get "
                        + "the signature that belongs to it"
                )
            }
            guard statement == nil || statement == own else {
                throw BundleError(.foreignComment, "the signatures do not say the same about the bundle")
            }
            statement = own
        }
        return statement
    }
}
