internal import Archive
public import Bundling
internal import Collecting
internal import Sodium
public import SystemPackage

/// The result of repacking a tree and comparing it with a bundle.
public enum BundleComparison: Hashable, Sendable {
    /// The archives are byte for byte the same.
    case same
    /// The tar is the same, but another version of the compressor packed it.
    case sameUncompressed
    /// The contents differ. Each difference is one lower-case sentence; there is at least one.
    case different([String])

    /// Packs the files of `tree` with the bundle's name, version and time, and compares the result.
    ///
    /// - Throws: ``CollectingError``; ``KitError`` `unsuitable`; ``BundleError``.
    public init(of bundle: VerifiedBundle, with tree: FilePath) throws {
        let manifest = bundle.manifest
        let writer = BundleWriter(
            bundleName: manifest.bundleName,
            version: manifest.version,
            released: manifest.released
        )
        let packed = try writer.prepare(BundlePacking.sanitizedFiles(of: Deployment(root: tree)))
        let differences = Self.differences(manifest, packed.manifest)
        guard differences.isEmpty else {
            self = .different(differences)
            return
        }
        let archive = try packed.write(as: bundle.fileName, hashing: []) { _ in }
        guard archive.identity == bundle.identity else {
            self = .different(["the files are identical, but the archives are not"])
            return
        }
        self = archive.digests[.blake2b512] == bundle.fileDigest ? .same : .sameUncompressed
    }

    /// Returns the differences between two file lists, in byte order of the paths.
    private static func differences(_ bundle: Manifest, _ tree: Manifest) -> [String] {
        let own = Dictionary(uniqueKeysWithValues: tree.files.map { ($0.path, $0) })
        let theirs = Dictionary(uniqueKeysWithValues: bundle.files.map { ($0.path, $0) })
        let paths = Set(own.keys).union(theirs.keys).sorted { MemberPath.precedes($0, $1) }
        return paths.compactMap { path in
            switch (theirs[path], own[path]) {
            case (.some, nil): return "\(path) is in the bundle, but not in the tree"
            case (nil, .some): return "\(path) is in the tree, but not in the bundle"
            case (let left?, let right?) where left != right:
                let what = left.isExecutable != right.isExecutable ? "another mode" : "other contents"
                return "\(path) has \(what) in the tree"
            default: return nil
            }
        }
    }
}
