internal import Archive
public import Bundling
public import Collecting
internal import Documents
public import SystemPackage

/// Turns a bundle into a user's own deployment: verifies it, then fills in the user's values and fresh secrets.
public struct Hydrate: Sendable {
    /// The verification that the bundle must pass.
    public var verify: Verify
    /// The output folder.
    public var output: FilePath
    /// Whether an existing output may be replaced.
    public var replacesOutput: Bool
    /// Whether an update accepts a bundle with another name than the one that the deployment was made from.
    public var acceptsRenamed = false

    /// Configures the workflow; nothing is read yet.
    public init(verify: Verify, output: FilePath, replacesOutput: Bool = false) {
        self.verify = verify
        self.output = output
        self.replacesOutput = replacesOutput
    }

    /// Verifies the bundle.
    ///
    /// - Throws: ``BundleError`` with the first reason to refuse it; ``CollectingError``.
    public func open() throws -> VerifiedBundle { try verify.open() }

    /// Writes a deployment with all values filled in.
    ///
    /// - Parameters:
    ///   - plan: the value of each parameter.
    ///   - bundle: the source of the files without parameters.
    ///   - isInterrupted: asked before each file.
    /// - Returns: the written paths, in byte order.
    /// - Throws: ``BundleError`` `missingValues`, `invalidValue` or `changed`; ``KitError`` `interrupted`;
    ///   ``CollectingError``. No output remains then.
    public func apply(
        _ plan: HydrationPlan,
        of bundle: VerifiedBundle,
        isInterrupted: () -> Bool = { false }
    ) throws -> [String] {
        let files = try plan.files()
        let record = try HydrationRecord(of: bundle, plan).serialized()
        guard (files.map(\.path) + plan.copies.map(\.path)).allSatisfy({ $0 != HydrationRecord.name }) else {
            throw KitError(.unsuitable, "the bundle already contains a file named \(HydrationRecord.name)")
        }
        let folder = try OutputFolder(at: output, outside: [], replacing: replacesOutput)
        do {
            for file in files {
                if isInterrupted() { throw Self.interruption }
                try folder.write(
                    file.bytes,
                    to: file.path,
                    isPrivate: file.holdsSecret,
                    isExecutable: file.mode & 0o100 != 0
                )
            }
            try folder.write(record, to: HydrationRecord.name, isPrivate: false, isExecutable: false)
            if !plan.copies.isEmpty { try copy(plan.copies, of: bundle, into: folder, isPrivate: false, isInterrupted) }
        } catch {
            throw folder.discarded(after: error)
        }
        try folder.commit()
        return (files.map(\.path) + plan.copies.map(\.path)).sorted { MemberPath.precedes($0, $1) }
    }

    /// Returns the written files that only their owner can read, because they hold a secret.
    ///
    /// - Throws: ``CollectingError``.
    public func privatePaths(among paths: [String]) throws -> [String] {
        try paths.filter { try Deployment.permissions(of: output.appending($0)) & 0o077 == 0 }
    }

    /// Writes the files of a private bundle unchanged, readable only by their owner.
    ///
    /// - Returns: the written paths, in byte order.
    /// - Throws: ``BundleError`` `changed`; ``KitError`` `interrupted`; ``CollectingError``. No output remains then.
    public func unpack(_ bundle: VerifiedBundle, isInterrupted: () -> Bool = { false }) throws -> [String] {
        let entries = bundle.manifest.files.map {
            ArchiveEntry(path: $0.path, isExecutable: $0.isExecutable, size: $0.size)
        }
        let folder = try OutputFolder(
            at: output,
            outside: [],
            replacing: replacesOutput,
            paths: Set(entries.map(\.path)),
            isPrivate: true
        )
        do {
            try copy(entries, of: bundle, into: folder, isPrivate: true, isInterrupted)
        } catch {
            throw folder.discarded(after: error)
        }
        try folder.commit()
        return entries.map(\.path)
    }

    /// The maximum size in bytes of a file of values, or of a file that is examined for start commands.
    static let longestText = 1 << 24
    private static let interruption = KitError(.interrupted, "interrupted; nothing was written")

    /// Copies files from the archive in pieces.
    private func copy(
        _ copies: [ArchiveEntry],
        of bundle: VerifiedBundle,
        into folder: borrowing OutputFolder,
        isPrivate: Bool,
        _ isInterrupted: () -> Bool
    ) throws {
        let wanted = Set(copies.map(\.path))
        var file: FileInOutput?
        try bundle.read { part in
            switch part {
            case .entry(let entry):
                if isInterrupted() { throw Self.interruption }
                try file?.close()
                file = nil
                guard wanted.contains(entry.path) else { return }
                file = try folder.create(entry.path, isPrivate: isPrivate, isExecutable: entry.isExecutable)
            case .bytes(let bytes): try file?.write(bytes)
            }
        }
        try file?.close()
    }

    /// Finishes or undoes an update that was killed.
    ///
    /// - Returns: what was done.
    /// - Throws: ``FileTransactionError``.
    public func recover() throws -> FileTransaction.Recovery { try FileTransaction(root: output).recover() }

    /// Compares the files to be written with the existing deployment, whose values are kept.
    ///
    /// - Parameters:
    ///   - hydration: the bundle's files and parameters.
    ///   - bundle: the bundle.
    ///   - given: explicit values, which take precedence over the deployment's.
    /// - Returns: the value of each parameter, including the deployment's own, and the changes.
    /// - Throws: ``BundleError`` `missingValues` or `invalidValue`; ``CollectingError``; ``KitError``.
    public func update(
        _ hydration: Hydration,
        of bundle: VerifiedBundle,
        given: [String: [UInt8]]
    ) throws -> (plan: HydrationPlan, update: DeploymentUpdate?) {
        let own = try hydration.values(ofDeployment: { try DeploymentUpdate.contents(of: $0, in: output) })
        let plan = try hydration.plan(values: own.merging(given) { $1 })
        guard plan.missing.isEmpty else { return (plan, nil) }
        return (plan, try changes(by: plan, of: hydration, bundle))
    }

    /// Returns the changes that a plan would make, with stand-ins in place of missing values.
    ///
    /// - Throws: as ``update(_:of:given:)`` does.
    public func preview(
        _ plan: HydrationPlan,
        of hydration: Hydration,
        _ bundle: VerifiedBundle
    ) throws -> DeploymentUpdate {
        try changes(by: plan.keepingMissing(), of: hydration, bundle)
    }

    private func changes(
        by plan: HydrationPlan,
        of hydration: Hydration,
        _ bundle: VerifiedBundle
    ) throws -> DeploymentUpdate {
        let template = Dictionary(
            hydration.templates.map { ($0.path, $0.bytes) },
            uniquingKeysWith: { first, _ in first }
        )
        let record = HydrationRecord(of: bundle, plan)
        return try DeploymentUpdate(
            plan,
            template: template,
            record: record,
            of: output,
            acceptingRenamed: acceptsRenamed
        )
    }

    /// Refuses an output that cannot be created or updated, before any value is asked for.
    ///
    /// - Parameters:
    ///   - isUpdate: whether an existing deployment is updated.
    ///   - bundle: the bundle.
    /// - Throws: ``CollectingError``; ``KitError`` `unsuitable` if there is no deployment to update.
    public func checkOutput(updating isUpdate: Bool, from bundle: VerifiedBundle) throws {
        guard isUpdate else {
            let paths = bundle.isPrivate ? bundle.manifest.files.map(\.path) : []
            try OutputFolder.check(output, outside: [], replacing: replacesOutput, paths: Set(paths))
            return
        }
        guard try PlaceOfFile.exists(output) else {
            throw KitError(
                .unsuitable,
                "\(output): there is no deployment to update",
                remedy: .hydratingAnew
            )
        }
    }
}
