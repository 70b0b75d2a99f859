internal import Archive
internal import Sanitizing
internal import Sodium

/// Checks an archive against its manifest while it is read.
struct ManifestCheck {
    /// The maximum size of a manifest in bytes: about four times that of one with 100,000 long names.
    private static let limit = 1 << 28

    private var manifestBytes: [UInt8] = []
    private var manifest: Manifest?
    private var entry: ArchiveEntry?
    private var hash: RunningDigest?
    private var count = 0
    /// The contents of `parameters.json`, which every verifier needs; nil if there is none.
    private(set) var parameters: [UInt8]?

    /// Whether the last part belongs to the manifest.
    var isInManifest: Bool { manifest == nil }

    /// Checks the next part of the archive.
    ///
    /// - Throws: ``BundleError`` with code `malformedManifest` or `manifestMismatch`.
    mutating func take(_ part: CanonicalArchive.Part) throws(BundleError) {
        switch part {
        case .entry(let next):
            try endMember()
            try begin(next)
        case .bytes(let bytes):
            if let hash {
                hash.update(bytes)
                if entry?.path == ParameterFile.name { parameters?.append(contentsOf: bytes) }
            } else {
                manifestBytes += bytes
            }
        }
    }

    /// Ends the archive.
    ///
    /// - Returns: the manifest.
    /// - Throws: ``BundleError`` with code `malformedManifest` or `manifestMismatch`.
    mutating func finish() throws(BundleError) -> Manifest {
        try endMember()
        guard let manifest else { throw Self.missing }
        guard manifest.files.count == count else {
            throw BundleError(
                .manifestMismatch,
                "the manifest lists \(manifest.files.count) files, but the archive contains \(count)"
            )
        }
        return manifest
    }

    private mutating func begin(_ next: ArchiveEntry) throws(BundleError) {
        entry = next
        guard let manifest else {
            guard next.path == Manifest.name else { throw Self.missing }
            guard !next.isExecutable else {
                throw BundleError(.malformedManifest, at: Manifest.name, "the manifest is executable")
            }
            guard next.size <= Self.limit else {
                throw BundleError(.malformedManifest, at: Manifest.name, "the manifest is too large")
            }
            manifestBytes.reserveCapacity(next.size)
            return
        }
        guard count < manifest.files.count else {
            throw BundleError(.manifestMismatch, at: next.path, "the manifest does not list this file")
        }
        let listed = manifest.files[count].path
        guard listed.utf8.elementsEqual(next.path.utf8) else {
            throw BundleError(.manifestMismatch, at: next.path, "the manifest lists '\(escaped(listed.utf8))' here")
        }
        hash = RunningDigest(.sha256)
        guard next.path == ParameterFile.name else { return }
        guard next.size <= Manifest.parametersLimit else {
            throw BundleError(.malformedManifest, at: next.path, Manifest.parametersTooLarge)
        }
        parameters = []
    }

    private mutating func endMember() throws(BundleError) {
        guard let entry else { return }
        self.entry = nil
        guard let hash, let manifest else {
            manifest = try Manifest(parsing: manifestBytes)
            manifestBytes = []
            return
        }
        let found = Manifest.File(
            path: entry.path,
            isExecutable: entry.isExecutable,
            size: entry.size,
            sha256: hash.finalize()
        )
        guard manifest.files[count] == found else {
            throw BundleError(
                .manifestMismatch,
                at: entry.path,
                "the member's mode, size or digest differs from the manifest"
            )
        }
        count += 1
    }

    private static let missing = BundleError(
        .malformedManifest,
        "the archive does not start with a manifest '\(Manifest.name)'"
    )
}
