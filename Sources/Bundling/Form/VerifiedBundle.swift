public import Archive
public import Sodium

/// A bundle whose form is correct, whose files are those in its manifest, and which is what its signers made.
///
/// It has no signers if ``BundleVerifier/inspect(_:fileName:consume:)`` read it without checking signatures. Its
/// contents are read again from its file on demand; they are the verified ones, or reading fails.
public struct VerifiedBundle: Sendable {
    /// The accepted keys that signed it, each once, in order of the signatures.
    public let signers: [Keyring.Entry]
    /// The statement of a minisign signature; nil if only SSH keys have signed.
    public let statement: TrustedComment?
    /// The file name, without folders.
    public let fileName: String
    /// The format of the archive.
    public let format: ArchiveFormat
    /// The BLAKE2b-256 of the tar, which names the bundle independently of compression; for a private bundle, that of
    /// the sealed file.
    public let identity: Digest
    /// The list of its files.
    public let manifest: Manifest
    /// The contents of `parameters.json`; nil if there is none, or the bundle is private.
    public let parameters: [UInt8]?
    /// The size of the shipped file in bytes.
    public var byteCount: Int { file.count }
    /// The BLAKE2b-512 of the shipped file.
    public let fileDigest: Digest
    /// Whether the bundle is private, so that its files are not sanitized.
    public var isPrivate: Bool { manifest.isPrivate }
    let file: ByteSource
    /// The identities that open the file; nil if it is not sealed.
    let identities: [AgeIdentity]?
    let limits: ArchiveLimits

    /// Returns another digest of the shipped file.
    ///
    /// - Throws: ``BundleError`` with code `changed` if the file has changed since it was verified; what reading it
    ///   throws.
    public func digest(_ algorithm: Digest.Algorithm) throws -> Digest {
        let (digest, known) = (RunningDigest(algorithm), RunningDigest(fileDigest.algorithm))
        try file.forEachPiece { piece in
            digest.update(piece)
            known.update(piece)
        }
        guard known.finalize() == fileDigest else { throw Self.changed }
        return digest.finalize()
    }

    private static let changed = BundleError(.changed, "the bundle changed while it was read")

    /// Delivers the files other than the manifest, in archive order.
    ///
    /// - Parameter consume: receives each entry, and then its bytes.
    /// - Throws: ``BundleError`` with code `changed` if the file has changed since it was verified, in which case
    ///   everything delivered must be discarded; what `consume` throws.
    public func read(_ consume: (CanonicalArchive.Part) throws -> Void) throws {
        let digest = RunningDigest(fileDigest.algorithm)
        var isManifest = false
        do {
            _ = try CanonicalArchive.read(
                { [file, identities] take in
                    try PrivateForm.forEachPiece(
                        of: file,
                        openedBy: identities,
                        packed: { digest.update($0) },
                        take
                    )
                },
                count: file.count,
                as: format,
                leading: Manifest.name,
                limits: limits,
                consume: { part in
                    if case .entry(let entry) = part { isManifest = entry.path == Manifest.name }
                    if !isManifest { try consume(part) }
                }
            )
        } catch let error as ArchiveError {
            throw BundleError(.changed, error)
        }
        guard digest.finalize() == fileDigest else { throw Self.changed }
    }

    /// Returns the wanted files with their contents, in archive order.
    ///
    /// - Throws: as ``read(_:)``.
    public func members(where isWanted: (ArchiveEntry) -> Bool = { _ in true }) throws -> [Member] {
        var members: [Member] = []
        var isTaken = false
        try read { part in
            switch part {
            case .entry(let entry):
                isTaken = isWanted(entry)
                if isTaken { members.append(Member(path: entry.path, isExecutable: entry.isExecutable, bytes: [])) }
            case .bytes(let bytes): if isTaken { members[members.count - 1].bytes += bytes }
            }
        }
        return members
    }
}
