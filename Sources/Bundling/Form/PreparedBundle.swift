internal import Archive
public import Sodium

/// A bundle that is ready to be written: the list of its files with their digests, and the sources of their contents.
public struct PreparedBundle: Sendable {
    /// The list of its files.
    public let manifest: Manifest
    /// The files, including the manifest.
    package let files: [FileToPack]
    let limits: ArchiveLimits

    init(manifest: Manifest, files: [FileToPack], limits: ArchiveLimits) {
        self.manifest = manifest
        self.files = files
        self.limits = limits
    }

    /// Checks the name of a bundle's file, and returns its format.
    private static func format(of fileName: String) throws(BundleError) -> ArchiveFormat {
        do throws(ArchiveError) {
            try MemberPath.check(fileName)
            guard !fileName.utf8.contains(UInt8(ascii: "/")) else {
                throw ArchiveError(.unsafeName, at: fileName, "a bundle's file name must not contain folders")
            }
            return try ArchiveFormat(fileName: PrivateForm.archiveName(of: fileName))
        } catch {
            throw BundleError(.invalidContents, error)
        }
    }

    /// Writes the archive in the format given by `fileName`.
    ///
    /// - Parameters:
    ///   - fileName: the file name of the bundle, without folders; it ends in `.tar`, `.tar.gz` or `.tar.zst`, followed
    ///     by ``PrivateForm/ending`` for a private bundle.
    ///   - algorithms: the hash functions, in addition to BLAKE2b-512, for digests of the file.
    ///   - recipients: the recipients of a private bundle; empty for a public one.
    ///   - give: receives the bytes of the file.
    /// - Returns: the description of the written archive.
    /// - Throws: ``BundleError`` with code `invalidContents`; what a source or `give` throws.
    public func write(
        as fileName: String,
        hashing algorithms: [Digest.Algorithm] = [.sha256],
        sealedTo recipients: [AgeRecipient] = [],
        give: ([UInt8]) throws -> Void
    ) throws -> ShippedArchive {
        let format = try Self.format(of: fileName)
        guard PrivateForm.isMeant(by: fileName) == !recipients.isEmpty, manifest.isPrivate == !recipients.isEmpty else {
            throw BundleError(
                .invalidContents,
                at: fileName,
                "a private bundle needs recipients and a name that ends in \(PrivateForm.ending); other bundles have neither"
            )
        }
        var seal = try recipients.isEmpty ? nil : AgeWriter(to: recipients)
        let identity = RunningDigest(.blake2b256)
        let wanted: [Digest.Algorithm] = [.blake2b512] + algorithms.filter { $0 != .blake2b512 }
        let hashes = wanted.map { ($0, RunningDigest($0)) }
        let sealed = RunningDigest(.blake2b256)
        func ship(_ bytes: [UInt8]) throws {
            for (_, hash) in hashes { hash.update(bytes) }
            if !recipients.isEmpty { sealed.update(bytes) }
            try give(bytes)
        }
        func ship(_ bytes: RawSpan) throws { try ship(unsafe bytes.withUnsafeBytes { unsafe Array($0) }) }
        do {
            try CanonicalArchive.write(
                files.map { ($0.entry, $0.source) },
                leading: Manifest.name,
                modified: manifest.released,
                as: format,
                limits: limits,
                tar: { identity.update($0) },
                give: { bytes in
                    if seal == nil { return try ship(bytes) }
                    try seal?.write(unsafe bytes.span.bytes, to: { span throws(any Error) in try ship(span) })
                }
            )
            if let seal = seal.take() { try seal.finish(to: { span throws(any Error) in try ship(span) }) }
        } catch let error as ArchiveError {
            throw BundleError(.invalidContents, error)
        }
        return ShippedArchive(
            fileName: fileName,
            released: manifest.released,
            identity: recipients.isEmpty ? identity.finalize() : sealed.finalize(),
            digests: Dictionary(uniqueKeysWithValues: hashes.map { ($0, $1.finalize()) })
        )
    }

    /// Returns the BLAKE2b-256 of the tar, which names a public bundle independently of compression.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`, also for a private bundle; what a source throws.
    public func identity() throws -> Digest {
        try write(as: "\(Manifest.name).tar", hashing: []) { _ in }.identity
    }

    /// Returns the bytes of a public bundle's canonical tar.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`, also for a private bundle; what a source throws.
    public func tar() throws -> [UInt8] {
        var bytes: [UInt8] = []
        _ = try write(as: "\(Manifest.name).tar", hashing: []) { bytes += $0 }
        return bytes
    }

    /// Returns the archive in the format given by `fileName`, and its signature under that name, in memory.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`; what a source throws.
    public func signed(as fileName: String, by key: borrowing SecretKey) throws -> SignedBundle {
        var bytes: [UInt8] = []
        let archive = try write(as: fileName) { bytes += $0 }
        return SignedBundle(bundle: self, archive: archive, bytes: bytes, signature: try archive.signature(by: key))
    }
}
