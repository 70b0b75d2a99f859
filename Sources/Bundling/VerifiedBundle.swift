public import Archive
public import Sodium

/// A bundle that was found to be what its signers made.
///
/// Its contents are read again from its file when they are asked for, and are the ones that were verified, or there is an
/// error.
public struct VerifiedBundle: Sendable {
    /// The keys that signed it and are accepted, each once, in the order of the signatures.
    public let signers: [Keyring.Entry]
    /// What a minisign signature says about it; nil where only SSH keys have signed.
    public let statement: TrustedComment?
    /// The file name, without folders.
    public let fileName: String
    /// The form in which the archive was shipped.
    public let format: ArchiveFormat
    /// The BLAKE2b-256 of the tar, which names the bundle whatever compresses it.
    public let identity: Digest
    /// The list of its files.
    public let manifest: Manifest
    /// The contents of `parameters.json`; nil where there is none, and in a private bundle.
    public let parameters: [UInt8]?
    /// The number of bytes of the file that is shipped.
    public var byteCount: Int { file.count }
    /// The BLAKE2b-512 of the file that is shipped.
    public let fileDigest: Digest
    /// Whether it is a private one, whose files are not sanitized.
    public var isPrivate: Bool { manifest.isPrivate }
    let file: ByteSource
    /// Who opens the file; nil where it is not sealed.
    let identities: [AgeIdentity]?
    let limits: ArchiveLimits

    /// Another digest of the file that is shipped.
    ///
    /// - Throws: ``BundleError`` with code `changed` where the file is not what it was when it was verified; what reading it
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

    private static let changed = BundleError(.changed, "the bundle's file has changed while it was read")

    /// Hands out the files without the manifest, in the order of the archive.
    ///
    /// - Parameter consume: takes each entry, and then its bytes.
    /// - Throws: ``BundleError`` with code `changed` where the file is not what it was when it was verified: what was handed
    ///   out must then be thrown away; what `consume` throws.
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

    /// The files whose paths are wanted, with their contents, in the order of the archive.
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
