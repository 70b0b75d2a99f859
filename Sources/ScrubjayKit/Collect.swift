public import Collecting
internal import Sodium
public import SystemPackage

/// Collects a folder: copies its parts into one folder that says where each came from.
public struct Collect: Sendable {
    /// Where the deployment is.
    public var source: FilePath
    /// The folder that is made of it.
    public var output: FilePath
    /// Whether an output that exists may be replaced.
    public var replacesOutput: Bool
    /// When this is, in seconds since 1970.
    public var time: Int
    /// The variables of this process, for git.
    public var environment: [String: String]

    /// Makes the workflow; nothing is read yet.
    public init(
        source: FilePath,
        output: FilePath,
        replacesOutput: Bool = false,
        time: Int,
        environment: [String: String]
    ) {
        self.source = source
        self.output = output
        self.replacesOutput = replacesOutput
        self.time = time
        self.environment = environment
    }

    /// Reads what there is to copy.
    ///
    /// - Throws: ``CollectingError``.
    public func plan() throws -> Collecting.Collection { try Collection(of: Deployment(root: source)) }

    /// Copies what was planned.
    ///
    /// - Parameters:
    ///   - plan: what ``plan()`` gave.
    ///   - isInterrupted: asked before each file.
    /// - Throws: ``CollectingError``, ``GitError``; ``KitError`` `interrupted`. No output remains then.
    public func apply(_ plan: Collecting.Collection, isInterrupted: () -> Bool = { false }) throws {
        try GitPlace.check(output, environment: environment)
        let folder = try OutputFolder(at: output, outside: [plan.deployment.root], replacing: replacesOutput)
        var digests: [String: Digest] = [:]
        for entry in plan.entries {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            digests[entry.path] = try plan.copy(entry, to: folder)
        }
        try plan.record(digests: digests, time: time).write(to: folder)
        try folder.commit(isPrivate: true)
    }

    /// What `deployment.json` would say; every file is read and nothing is written.
    ///
    /// - Throws: ``CollectingError``.
    public func record(of plan: Collecting.Collection) throws -> CollectionRecord {
        var digests: [String: Digest] = [:]
        for entry in plan.entries where !entry.isLink {
            digests[entry.path] = SHA256.hash(try plan.deployment.contents(of: entry.path))
        }
        return plan.record(digests: digests, time: time)
    }
}
