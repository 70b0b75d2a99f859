public import Collecting
internal import Detecting
internal import Sodium
public import SystemPackage

/// Collects a folder: copies its parts into one folder, and records where each came from.
public struct Collect: Sendable {
    /// The folder of the deployment.
    public var source: FilePath
    /// Paths outside of it that are copied as well.
    public var included: [FilePath]
    /// The output folder.
    public var output: FilePath
    /// Whether an existing output may be replaced.
    public var replacesOutput: Bool
    /// The time of the collection, in seconds since 1970.
    public var time: Int
    /// The variables of this process, for git and the user's home.
    public var environment: [String: String]

    /// Configures the workflow; nothing is read yet.
    public init(
        source: FilePath,
        including included: [FilePath] = [],
        output: FilePath,
        replacesOutput: Bool = false,
        time: Int,
        environment: [String: String]
    ) {
        self.source = source
        self.included = included
        self.output = output
        self.replacesOutput = replacesOutput
        self.time = time
        self.environment = environment
    }

    /// Lists the files and links to copy.
    ///
    /// - Throws: ``CollectingError``.
    public func plan() throws -> CollectionPlan {
        try CollectionPlan(
            of: Deployment(root: source, skipping: .unreadable),
            including: included,
            home: environment["HOME"].map { FilePath($0) }
        )
    }

    /// Returns the files that the deployment's policy excludes from a scan.
    ///
    /// - Throws: ``CollectingError``; `PolicyError` if the policy is malformed.
    public func pathsExcludedByPolicy(of plan: CollectionPlan) throws -> [String] {
        let policy = try PolicyFile(of: source)
        return plan.deployment.entries.map(\.path).filter { policy.exclude.excludes($0) }
    }

    /// Copies what was planned.
    ///
    /// - Parameters:
    ///   - plan: the result of ``plan()``.
    ///   - isInterrupted: asked before each file.
    /// - Returns: the paths of unreadable files, which are not in the output.
    /// - Throws: ``CollectingError``, ``GitError``; ``KitError`` `interrupted`. No output remains then.
    public func apply(
        _ plan: CollectionPlan,
        isInterrupted: () -> Bool = { false }
    ) throws -> [String] {
        try CollectedFolder.check(output, environment: environment)
        let sources = [plan.deployment.root] + included
        let folder = try OutputFolder(at: output, outside: sources, replacing: replacesOutput)
        let unreadable: Set<String>
        do {
            unreadable = try copy(plan, into: folder, isInterrupted)
        } catch {
            throw folder.discarded(after: error)
        }
        try folder.commit(isPrivate: true)
        return unreadable.sorted { $0.precedes($1) }
    }

    /// Copies all files, and writes `deployment.json`.
    ///
    /// - Returns: the paths of files that could not be read.
    private func copy(
        _ plan: CollectionPlan,
        into folder: borrowing OutputFolder,
        _ isInterrupted: () -> Bool
    ) throws -> Set<String> {
        var digests: [String: Digest] = [:]
        var unreadable: Set<String> = []
        for item in plan.items {
            if isInterrupted() { throw KitError(.interrupted, "interrupted; nothing was written") }
            do throws(CollectingError) {
                digests[item.path] = try plan.copy(item, to: folder)
            } catch {
                guard error.code == .unreadable else { throw error }
                unreadable.insert(item.path)
            }
        }
        try plan.record(digests: digests, unreadable: unreadable, time: time).write(to: folder)
        return unreadable
    }

    /// Returns the record that `deployment.json` would hold.
    ///
    /// Reads every file and writes nothing.
    ///
    /// - Throws: ``CollectingError``.
    public func record(of plan: CollectionPlan) throws -> CollectionRecord {
        var digests: [String: Digest] = [:]
        for item in plan.items where !item.entry.isLink {
            digests[item.path] = SHA256.hash(try plan.contents(of: item))
        }
        return plan.record(digests: digests, time: time)
    }
}
