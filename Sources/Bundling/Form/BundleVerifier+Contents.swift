internal import Archive
internal import Sodium

extension BundleVerifier {
    /// Determines the format by the file's name and first bytes.
    func form(of file: ByteSource, fileName: String) throws(BundleError) -> ArchiveFormat {
        do {
            let start = try file.bytes(0..<min(64, file.count))
            let form = try ArchiveFormat(fileName: PrivateForm.archiveName(of: fileName))
            let isPrivate = PrivateForm.isMeant(by: fileName)
            guard AgeFile.isAge(start) == isPrivate, isPrivate || ArchiveFormat(detecting: start) == form else {
                throw ArchiveError(.malformed, at: fileName, "the contents do not match the file extension")
            }
            guard !isPrivate || !identities.isEmpty else {
                throw BundleError(
                    .identityRequired,
                    at: fileName,
                    "the bundle is private and sealed to its recipients"
                )
            }
            return form
        } catch {
            throw BundleError(.refusedArchive, wrapping: error)
        }
    }

    /// Reads the archive, and checks it against the signature and its own manifest.
    func contents(
        of file: ByteSource,
        _ form: ArchiveFormat,
        fileDigest: Digest,
        statement: TrustedComment?,
        fileName: String,
        consume: (CanonicalArchive.Part) -> Void
    ) throws(BundleError) -> (Manifest, identity: Digest, parameters: [UInt8]?) {
        let isPrivate = PrivateForm.isMeant(by: fileName)
        // If a signature names the archive, its file need not be hashed again to prove that it did not change.
        let packed = statement == nil ? RunningDigest(fileDigest.algorithm) : nil
        let hashes = Hashes(packed: packed)
        var check = ManifestCheck()
        let modified = try read(file, form, isPrivate: isPrivate, hashes, &check, consume)
        let found = hashes.identity.finalize()
        guard found == statement?.identity ?? found, statement?.isPrivate ?? isPrivate == isPrivate else {
            try checkUnchanged(file, fileDigest)
            throw BundleError(.wrongIdentity, "the archive inside is \(found), but the signature names another one")
        }
        guard packed.map({ $0.finalize() == fileDigest }) ?? true else { throw Self.changed }
        let manifest = try check.finish()
        guard manifest.isPrivate == isPrivate else {
            throw BundleError(.malformedManifest, at: Manifest.name, "the manifest is of another form of bundle")
        }
        guard manifest.released == statement?.timestamp ?? modified, manifest.released == modified else {
            throw BundleError(
                .manifestMismatch,
                at: Manifest.name,
                "the manifest, the members and the signature have different times"
            )
        }
        return (manifest, found, isPrivate ? nil : check.parameters)
    }

    /// The digests that are computed while an archive is read.
    private struct Hashes: Sendable {
        /// The digest that names the bundle: that of the tar, or of the sealed file of a private bundle.
        let identity = RunningDigest(.blake2b256)
        /// The digest of the file; nil if it is not needed.
        let packed: RunningDigest?
    }

    /// Reads the archive once: hashes it, checks the members against the manifest, and passes on those of a public
    /// bundle.
    ///
    /// - Returns: the time of all members.
    private func read(
        _ file: ByteSource,
        _ form: ArchiveFormat,
        isPrivate: Bool,
        _ hashes: Hashes,
        _ check: inout ManifestCheck,
        _ consume: (CanonicalArchive.Part) -> Void
    ) throws(BundleError) -> Int64 {
        let identities = isPrivate ? identities : nil
        let look: (@Sendable ([UInt8]) -> Void)? = isPrivate ? nil : { @Sendable in hashes.identity.update($0) }
        do {
            return try CanonicalArchive.read(
                { take in
                    try PrivateForm.forEachPiece(
                        of: file,
                        openedBy: identities,
                        packed: { piece in
                            hashes.packed?.update(piece)
                            if isPrivate { hashes.identity.update(piece) }
                        },
                        take
                    )
                },
                count: file.count,
                as: form,
                leading: Manifest.name,
                limits: limits,
                tar: look,
                consume: { part in
                    try check.take(part)
                    if !isPrivate, !check.isInManifest { consume(part) }
                }
            )
        } catch {
            throw BundleError(.refusedArchive, wrapping: error)
        }
    }

    /// Determines whether a file with unexpected contents was changed while it was read.
    private func checkUnchanged(_ file: ByteSource, _ digest: Digest) throws(BundleError) {
        guard try digests(of: file, [digest.algorithm])[digest.algorithm] == digest else { throw Self.changed }
    }

    private static let changed = BundleError(.changed, "the bundle changed while it was read")
}
