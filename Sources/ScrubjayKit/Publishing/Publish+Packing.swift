internal import Archive
internal import Bundling
internal import Collecting
internal import Sanitizing
internal import SystemPackage

extension Publish {
    /// Whether the repository already has this tree.
    private func isPublished(_ tree: FilePath) throws -> Bool {
        let place = repository.appending(Self.treeName)
        guard try PlaceOfFile.exists(place) else { return false }
        return try list(of: place) == list(of: tree)
    }

    private func list(of tree: FilePath) throws -> [Manifest.File] {
        let files = try BundlePacking.files(of: Deployment(root: tree))
        return try BundleWriter(bundleName: name, version: "0", released: 0).prepare(files).manifest.files
    }

    /// The bundle of a tree.
    struct Packed {
        /// Whether the repository already has the tree.
        var isPublished: Bool
        var version: String
        /// The bundle that was made; nil if the existing one holds the same files.
        var bundle: BundlePacking.Written?
    }

    /// Finds or makes the bundle of a tree, unless the tree would replace files of the user.
    func pack(
        _ tree: FilePath,
        signers: [any BundleSigner],
        git: GitRepository,
        _ isInterrupted: () -> Bool
    ) throws -> Packed {
        let isPublished = try isPublished(tree)
        guard try isPublished || !git.hasChanges(in: [Self.treeName]) else {
            throw KitError(
                .refused,
                "\(repository.appending(Self.treeName)) has uncommitted changes that would be replaced",
                hint: "commit them, or undo them"
            )
        }
        let (version, bundle) = try findOrMakeBundle(of: tree, signers: signers, git: git, isInterrupted)
        return Packed(isPublished: isPublished, version: version, bundle: bundle)
    }

    private func findOrMakeBundle(
        of tree: FilePath,
        signers: [any BundleSigner],
        git: GitRepository,
        _ isInterrupted: () -> Bool
    ) throws -> (version: String, bundle: BundlePacking.Written?) {
        let folder = repository.appending(Self.bundlesName)
        let existing = try PublishedBundles(in: folder, name: name)
        let wanted = version ?? existing.latest ?? BundlePacking.firstVersion
        let keys = signers.flatMap(\.publicKeys)
        switch try existing.state(of: wanted, tree: tree, keys: keys, scan: scan) {
        case .same: return (wanted, nil)
        case .different(let difference):
            let fileName = existing.fileName(of: wanted)
            guard try git.isCommitted("\(Self.bundlesName)/\(fileName)") else { break }
            guard version == nil else {
                throw KitError(
                    .refused,
                    "version \(wanted) of \(name) is already published and differs: \(difference)",
                    remedy: .otherVersion
                )
            }
            return try (PublishedBundles.next(after: wanted), write(PublishedBundles.next(after: wanted)))
        case .missing: break
        }
        return try (wanted, write(wanted))

        func write(_ version: String) throws -> BundlePacking.Written {
            try PlaceOfFile.makeFolder(folder)
            try PublishedKeys.write(keys, to: folder, name: name)
            let workflow = BundlePacking(
                tree: tree,
                output: folder.appending(existing.fileName(of: version)),
                name: name,
                version: version,
                released: released,
                replacesOutput: true,
                scan: scan
            )
            let packed = try workflow.prepare()
            // A map that only its recipients can open was written by this run, which has just proved the same.
            if let map = sanitize.map, !map.identities.isEmpty { _ = try workflow.checkResidue(of: packed, with: map) }
            let notes = try attestingAs.map { try BundleNotes(workflow, toolVersion: $0) }
            let written = try workflow.apply(packed, signers: signers, notes: notes, isInterrupted: isInterrupted)
            try check(workflow.output, signedBy: keys, written.signatures, tree: tree)
            return written
        }
    }

    /// Verifies what was written, as someone who downloads it does.
    private func check(
        _ file: FilePath,
        signedBy keys: [PublicKey],
        _ signatures: [BundleSignature],
        tree: FilePath
    ) throws {
        var keyring = Keyring(keys)
        for case .ssh(let signature) in signatures { keyring.entries.append(.init(.ssh(signature.publicKey))) }
        let verify = Verify(
            file: file,
            acceptance: Verify.Acceptance(keyring: keyring, threshold: keyring.entries.count, time: released),
            tree: tree,
            scan: scan
        )
        let report = try verify.run()
        guard report.findingCount == 0, report.comparison == .same else {
            throw KitError(.sensitive, "\(file): the bundle that was written does not match the tree")
        }
    }
}
