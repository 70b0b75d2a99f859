internal import Archive
internal import Bundling
internal import Collecting
internal import Sanitizing
public import SystemPackage

/// Publishes a deployment into a git repository: sanitized, packed, signed, checked, and in one commit.
///
/// Published versions never change. A run that was refused or killed can simply be repeated. Nothing is pushed.
public struct Publish: Sendable {
    /// The folder of the sanitized tree in the repository.
    public static let treeName = "deployment"
    /// The folder of the bundles and their signatures.
    public static let bundlesName = "bundles"
    /// The folder of the sanitized tree while it is being checked.
    public static let stagingName = ".scrubjay-publish"

    /// The result of publishing.
    public struct Outcome: Sendable {
        /// The result of sanitizing, with its proofs.
        public var sanitizing: Sanitize.Outcome
        /// The version that the repository now has.
        public var version: String
        /// The bundle that was made; nil if the existing one holds the same files.
        public var bundle: BundlePacking.Written?
        /// The committed paths, relative to the repository.
        public var paths: [String]
        /// The id of the commit; nil if there was nothing to commit or no commit was wanted.
        public var commit: String?
    }

    /// The folder in a git work tree.
    public var repository: FilePath
    /// The name of the bundles, without a version.
    public var name: String
    /// The version; nil for the next one.
    public var version: String?
    /// The release time, in seconds since 1970.
    public var released: Int
    /// The version of Scrubjay for the attestations; nil for none.
    public var attestingAs: String?
    /// Whether to commit the written files.
    public var commits = true
    /// The variables of this process, for git.
    public var environment: [String: String]
    let sanitize: Sanitize
    let scan: Scan

    /// Configures the workflow; nothing is read yet.
    ///
    /// - Parameters:
    ///   - repository: a folder in a git work tree.
    ///   - name: the name of the bundles, without a version.
    ///   - released: the release time, in seconds since 1970.
    ///   - environment: the variables of this process.
    ///   - sanitize: the sanitizing workflow; its output is set here.
    ///   - scan: the scan of the packed files. It ignores the deployment's policy, as a verifier does.
    public init(
        repository: FilePath,
        name: String,
        released: Int,
        environment: [String: String],
        sanitize: Sanitize,
        scan: Scan
    ) {
        self.repository = repository
        self.name = name
        self.released = released
        self.environment = environment
        self.scan = scan
        var sanitize = sanitize
        sanitize.output = repository.appending(Self.stagingName)
        sanitize.replacesOutput = true
        self.sanitize = sanitize
    }

    /// Checks the repository, reads the deployment and makes the plan.
    ///
    /// - Throws: ``GitError``; ``KitError`` `unsuitable`; as ``Sanitize/prepare()`` does.
    public func prepare() throws -> Sanitize.Preparation {
        let git = try openRepository()
        if commits { try git.requireIdentity() }
        try sanitize.checkOutput()
        return try sanitize.prepare()
    }

    /// Writes, checks and commits.
    ///
    /// - Parameters:
    ///   - preparation: the result of ``prepare()``.
    ///   - signers: the signers.
    ///   - time: the current time in seconds since 1970, for the sealed map.
    ///   - isInterrupted: asked before each file.
    /// - Returns: what was done.
    /// - Throws: ``KitError`` `refused` if a user's file is in the way; as sanitizing, packing and verifying do;
    ///   ``GitError``.
    public func apply(
        _ preparation: Sanitize.Preparation,
        signers: [any BundleSigner],
        time: Int,
        isInterrupted: () -> Bool = { false }
    ) throws -> Outcome {
        let git = try openRepository()
        let (sanitizing, map) = try sanitize.applyStagingMap(preparation, time: time, isInterrupted: isInterrupted)
        let staging = sanitize.output
        defer { try? FolderRemoval.remove(staging) }
        let packed: Packed
        do {
            packed = try pack(staging, signers: signers, git: git, isInterrupted)
        } catch {
            // The repository keeps the tree of the last run, so only the map of the last run is kept.
            try map?.discard()
            throw error
        }
        // From here on the new tree may be in place, so a map left beside the last one may be needed.
        if !packed.isPublished { try replaceTree(with: staging, isInterrupted: isInterrupted) }
        try map?.publish()
        let (version, bundle) = (packed.version, packed.bundle)
        let texts = try writeTexts() + writeGuide(of: sanitizing.parameters, version: version)
        let paths = [Self.treeName, Self.bundlesName] + texts
        let commit = commits ? try git.commit(paths, message: "publish \(name) \(version)") : nil
        return Outcome(sanitizing: sanitizing, version: version, bundle: bundle, paths: paths, commit: commit)
    }

    // MARK: - Steps

    private func openRepository() throws -> GitRepository {
        let git = try GitRepository(containing: repository, environment: environment)
        guard git.workTree != nil else {
            throw KitError(.unsuitable, "\(repository) has no git work tree to publish into")
        }
        guard try !PlaceOfFile.isInside(sanitize.source, of: repository) else {
            throw KitError(
                .refused,
                "\(sanitize.source) is inside \(repository), which is published",
                hint: "keep the deployment outside the repository"
            )
        }
        return git
    }

    private func replaceTree(with staging: FilePath, isInterrupted: () -> Bool) throws {
        let tree = try Deployment(root: staging)
        let folder = try OutputFolder(at: repository.appending(Self.treeName), outside: [staging], replacing: true)
        let executables = tree.executables
        for entry in tree.entries {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was committed") }
            let file = try folder.create(
                entry.path,
                isPrivate: false,
                isExecutable: executables.contains(entry.path)
            )
            try ByteSource(StableFile(staging.appending(entry.path))).forEachPiece { try file.write($0[...]) }
            try file.close()
        }
        try folder.commit()
    }

    /// Writes the repository's other files if they do not exist.
    ///
    /// - Returns: the paths that belong to the commit.
    private func writeTexts() throws -> [String] {
        var paths: [String] = []
        for (path, text) in PublishedTexts.files(name: name) {
            let place = repository.appending(path)
            if try !PlaceOfFile.exists(place) {
                try PrivateFile.write(Array(text.utf8), to: place, mode: 0o644, replacing: false)
            }
            if try Deployment.holds(Array(text.utf8), inFile: place) { paths.append(path) }
        }
        return paths
    }

    /// Writes the page on how to deploy and remove a version and which values it takes, unless the owner has taken over
    /// the page.
    ///
    /// - Returns: the path that belongs to the commit; empty if the owner has taken over the page.
    private func writeGuide(of parameters: ParameterFile, version: String) throws -> [String] {
        let place = repository.appending(PublishedGuide.name)
        if try PlaceOfFile.exists(place) {
            let text = try Deployment.contents(ofFile: place, atMost: PublishedGuide.longest)
            guard text.starts(with: PublishedGuide.mark.utf8) else { return [] }
        }
        let tree = repository.appending(Self.treeName)
        let paths = try Deployment(root: tree).entries.map(\.path)
        let bundles = try PublishedBundles(in: repository.appending(Self.bundlesName), name: name)
        let guide = PublishedGuide(
            name: name,
            archive: "\(Self.bundlesName)/\(bundles.fileName(of: version))",
            key: "\(Self.bundlesName)/\(name).pub",
            parameters: parameters.parameters,
            commands: Hydrate.startCommands(for: paths, in: tree, as: PublishedGuide.folder, named: name)
        )
        try PrivateFile.write(Array(guide.text.utf8), to: place, mode: 0o644, replacing: true)
        return [PublishedGuide.name]
    }
}

extension Publish {
    /// Returns the default bundle name of a repository: its folder's name in lower case.
    ///
    /// - Throws: ``CollectingError`` `missing`.
    public static func name(of repository: FilePath) throws -> String {
        try PlaceOfFile.resolvedFolder(repository).lastComponent?.string.lowercased() ?? ""
    }
}
