public import Archive
internal import Sodium

/// Finds out whether a bundle is what its signer made.
///
/// It reads bytes, writes nothing and asks nobody.
public struct BundleVerifier: Sendable {
    /// The keys whose signatures are accepted.
    public var keys: [PublicKey]
    /// How much a bundle may hold.
    public var limits: ArchiveLimits

    /// Makes a verifier.
    public init(keys: [PublicKey], limits: ArchiveLimits = ArchiveLimits()) {
        self.keys = keys
        self.limits = limits
    }

    /// Checks a bundle: the signature over all of its bytes first, before anything else looks at them; then the file name
    /// and the archive that the signature names; then the archive's form; then the manifest against the members.
    ///
    /// - Parameters:
    ///   - bytes: all bytes of the bundle's file.
    ///   - signature: all bytes of its signature's file.
    ///   - fileName: the bundle's file name, without folders.
    /// - Returns: what the bundle holds.
    /// - Throws: ``BundleError`` whose ``BundleError/isRefusal`` is true, with the first reason that was found.
    public func verify(
        _ bytes: [UInt8],
        signature: [UInt8],
        fileName: String
    ) throws(BundleError) -> VerifiedBundle {
        let signature = try Signature(parsing: signature)
        let signer = try signer(of: signature)
        try signature.check(bytes, by: signer)

        let statement = try TrustedComment(parsing: signature.trustedComment)
        guard statement.fileName.utf8.elementsEqual(fileName.utf8) else {
            throw BundleError(
                .wrongFileName,
                at: fileName,
                "the bundle was signed as '\(escaped(statement.fileName.utf8))': give it that name again, or get "
                    + "the signature that belongs to it"
            )
        }
        let (format, archive) = try archive(in: bytes, statement: statement)
        let (manifest, members) = try contents(of: archive)
        guard manifest.released == statement.timestamp, manifest.released == archive.modified else {
            throw BundleError(
                .manifestMismatch,
                at: Manifest.name,
                "the manifest, the members and the signature do not name the same time"
            )
        }
        return VerifiedBundle(
            signer: signer,
            statement: statement,
            format: format,
            manifest: manifest,
            members: members
        )
    }

    private func signer(of signature: Signature) throws(BundleError) -> PublicKey {
        if let key = keys.first(where: { $0.id == signature.keyID }) { return key }
        let known = keys.isEmpty ? "no key was given" : "given: \(keys.map(\.id.description).joined(separator: ", "))"
        throw BundleError(.unknownSigner, "the signature was made by another key, \(signature.keyID); \(known)")
    }

    private func archive(
        in bytes: [UInt8],
        statement: TrustedComment
    ) throws(BundleError) -> (ArchiveFormat, CanonicalArchive) {
        let format: ArchiveFormat
        let tar: [UInt8]
        do throws(ArchiveError) {
            format = try ArchiveFormat(detecting: bytes)
            guard try ArchiveFormat(fileName: statement.fileName) == format else {
                throw ArchiveError(.malformed, at: statement.fileName, "the file is not of the form that its name says")
            }
            tar = try format.unpack(bytes, limits: limits)
        } catch {
            throw BundleError(.refusedArchive, error)
        }
        let identity = BLAKE2b.hash(tar)
        guard identity == statement.identity else {
            throw BundleError(.wrongIdentity, "the archive inside is \(identity), and the signature names another one")
        }
        do throws(ArchiveError) {
            return (format, try CanonicalArchive(parsing: tar, leading: Manifest.name, limits: limits))
        } catch {
            throw BundleError(.refusedArchive, error)
        }
    }

    private func contents(of archive: CanonicalArchive) throws(BundleError) -> (Manifest, [Member]) {
        guard let first = archive.members.first, first.path == Manifest.name else {
            throw BundleError(.malformedManifest, "the archive does not start with a manifest '\(Manifest.name)'")
        }
        guard !first.isExecutable else {
            throw BundleError(.malformedManifest, at: Manifest.name, "the manifest is executable")
        }
        let manifest = try Manifest(parsing: first.bytes)
        let members = Array(archive.members.dropFirst())
        try compare(manifest, with: members)
        return (manifest, members)
    }

    private func compare(_ manifest: Manifest, with members: [Member]) throws(BundleError) {
        for (file, member) in zip(manifest.files, members) {
            guard file.path.utf8.elementsEqual(member.path.utf8) else {
                let listed = escaped(file.path.utf8)
                throw BundleError(.manifestMismatch, at: member.path, "the manifest lists '\(listed)' here")
            }
            guard file == Manifest.File(describing: member) else {
                throw BundleError(
                    .manifestMismatch,
                    at: member.path,
                    "the member's mode, size or digest is not that of the manifest"
                )
            }
        }
        guard manifest.files.count == members.count else {
            throw BundleError(
                .manifestMismatch,
                "the manifest lists \(manifest.files.count) files, and the archive holds \(members.count)"
            )
        }
    }
}
