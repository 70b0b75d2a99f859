internal import Archive
public import Bundling
internal import Collecting
internal import Sodium
public import SystemPackage

/// The changes that hydrating a newer version of a bundle makes to a deployment.
///
/// The owner's changes are kept. They are recognised by comparison with the previous bundle, whose ``HydrationRecord``
/// is in the deployment. This value holds secrets and shows none.
public struct DeploymentUpdate: Sendable {
    /// The suffix of the bundle's version of a file when it conflicts with the owner's version beside it.
    public static let conflictEnding = ".scrubjay-new"

    /// The files that change, in byte order of their paths.
    public private(set) var changes: [Change] = []
    /// The files that the owner changed or removed and that the update leaves alone.
    public private(set) var keptPaths: [String] = []
    /// The manifest of the bundle that the deployment was made from; nil if unknown.
    public let previous: Manifest?
    /// Unresolved conflict files of earlier updates: the bundle's versions beside the owner's.
    public private(set) var waiting: [String] = []
    /// Whether the bundle is older than the one that the deployment was made from.
    public var goesBack: Bool {
        guard let previous else { return false }
        return VerifiedVersions.goesBack(
            from: (previous.version, Int(previous.released)),
            to: (record.manifest.version, Int(record.manifest.released))
        )
    }
    /// Whether the owner's changes cannot be recognised and are therefore lost.
    public var isBlind: Bool { previous == nil }
    let root: FilePath
    let record: HydrationRecord
    private(set) var newFiles: [HydratedFile] = []
    private(set) var replacements: [FileTransaction.Replacement] = []
    private(set) var copies: [(entry: ArchiveEntry, change: FileTransaction.Change)] = []
    private(set) var removals: [FileTransaction.Change] = []

    /// Compares a plan with the deployment at `root`.
    ///
    /// - Parameters:
    ///   - plan: the value of each parameter.
    ///   - template: the plan without values, which gives the files as they are in the bundle.
    ///   - record: the record of the bundle to store in the deployment.
    ///   - root: the deployment.
    ///   - acceptsRenamed: whether the deployment may have been made from a bundle of another name.
    /// - Throws: ``KitError`` `refused` for a bundle of another name; ``BundleError``; ``CollectingError``.
    public init(
        _ plan: HydrationPlan,
        template: [String: [UInt8]],
        record: HydrationRecord,
        of root: FilePath,
        acceptingRenamed acceptsRenamed: Bool = false
    ) throws {
        self.root = root
        self.record = record
        let old = try Self.contents(of: HydrationRecord.name, in: root).map { try HydrationRecord(parsing: $0) }
        previous = old?.manifest
        if let previous, !acceptsRenamed { try Self.checkName(of: record.manifest, against: previous, root) }
        let base = try old?.files(ofDeployment: { try Self.contents(of: $0, in: root) }) ?? [:]
        let files = try plan.files()
        try compare(files, plan.copies, with: old, base, ChangedLines(templates: template))
        let there = Set(files.map(\.path) + plan.copies.map(\.path))
        try dropFiles(of: base, copiedBy: old, besides: there)
        let conflicts = Set(self.conflicts)
        waiting = try there.subtracting(conflicts).map { $0 + Self.conflictEnding }
            .filter { try !there.contains($0) && PlaceOfFile.exists(root.appending($0)) }
            .sorted { MemberPath.precedes($0, $1) }
        changes.sort { MemberPath.precedes($0.path, $1.path) }
        keptPaths.sort { MemberPath.precedes($0, $1) }
    }

    /// Removes the files of the last bundle that this one does not have.
    private mutating func dropFiles(
        of base: [String: [UInt8]],
        copiedBy old: HydrationRecord?,
        besides there: Set<String>
    ) throws {
        for (path, bytes) in base where !there.contains(path) {
            try drop(path, ifItIs: SHA256.hash(bytes))
        }
        for path in old?.copiedPaths ?? [] where !there.contains(path) {
            try drop(path, ifItIs: old?.digest(of: path))
        }
    }

    /// The files that the owner and the bundle changed in conflicting ways.
    public var conflicts: [String] { changes.filter { $0.kind == .conflict }.map(\.path) }

    // MARK: - Deciding

    /// Refuses a bundle of another name, because its files would replace the deployment's.
    private static func checkName(
        of manifest: Manifest,
        against previous: Manifest,
        _ root: FilePath
    ) throws(KitError) {
        guard previous.bundleName != manifest.bundleName else { return }
        throw KitError(
            .refused,
            "\(escaped(root.string.utf8)) was made from \(escaped(previous.bundleName.utf8)), and this bundle is "
                + "\(escaped(manifest.bundleName.utf8))",
            remedy: .acceptingRenamed
        )
    }

    /// Decides about each file of the new bundle.
    private mutating func compare(
        _ files: [HydratedFile],
        _ copies: [ArchiveEntry],
        with old: HydrationRecord?,
        _ base: [String: [UInt8]],
        _ lines: ChangedLines
    ) throws {
        for file in files {
            let existing = try Self.contents(of: file.path, in: root)
            // A file that was too large to store is recognised by its digest.
            let isAsCopied = existing.map { old?.digest(of: file.path) == SHA256.hash($0) } ?? false
            let before = base[file.path] ?? (isAsCopied ? existing : nil)
            let decision =
                file.isArchive
                ? FileUpdate(of: existing, base: before, isBaseKnown: old != nil, new: file.bytes)
                : FileUpdate(ofText: existing, base: before, isBaseKnown: old != nil, new: file.bytes)
            take(decision, file, existing: existing, lines)
        }
        for entry in copies {
            let existing = try Self.digest(of: entry.path, in: root)
            let decision = FileUpdate(
                of: existing,
                base: base[entry.path].map { SHA256.hash($0) } ?? old?.digest(of: entry.path),
                isBaseKnown: old != nil,
                new: record.digest(of: entry.path) ?? SHA256.hash([])
            )
            try take(decision, entry, existing: existing)
        }
    }

    private mutating func take(
        _ decision: FileUpdate<[UInt8]>,
        _ file: HydratedFile,
        existing: [UInt8]?,
        _ lines: ChangedLines
    ) {
        switch decision {
        case .unchanged: return
        case .keep: keptPaths.append(file.path)
        case .create:
            newFiles.append(file)
            changes.append(Change(path: file.path, kind: .new))
        case .replace: replace(file, existing ?? [], with: file.bytes, as: .changed, lines)
        case .merge(let merged): replace(file, existing ?? [], with: merged, as: .merged, lines)
        case .conflict:
            newFiles.append(file.moved(to: file.path + Self.conflictEnding))
            changes.append(lines.change(of: file, from: existing ?? [], to: file.bytes, as: .conflict))
        }
    }

    private mutating func replace(
        _ file: HydratedFile,
        _ existing: [UInt8],
        with contents: [UInt8],
        as kind: Change.Kind,
        _ lines: ChangedLines
    ) {
        replacements.append(
            FileTransaction.Replacement(
                path: file.path,
                original: existing,
                contents: contents,
                permissions: file.holdsSecret ? .ownerOnly : .kept
            )
        )
        changes.append(lines.change(of: file, from: existing, to: contents, as: kind))
    }

    private mutating func take(
        _ decision: FileUpdate<Digest>,
        _ entry: ArchiveEntry,
        existing: Digest?
    ) throws {
        switch decision {
        case .unchanged, .merge: return
        case .keep: keptPaths.append(entry.path)
        case .create, .replace:
            copy(entry, to: entry.path, over: existing)
            changes.append(Change(path: entry.path, kind: decision == .create ? .new : .changed))
        case .conflict:
            let path = entry.path + Self.conflictEnding
            copy(entry, to: path, over: try Self.digest(of: path, in: root))
            changes.append(Change(path: entry.path, kind: .conflict))
        }
    }

    private mutating func copy(_ entry: ArchiveEntry, to path: String, over existing: Digest?) {
        let new = record.digest(of: entry.path) ?? SHA256.hash([])
        var change = FileTransaction.Change(
            path: path,
            before: existing.map { .digest($0) } ?? .none,
            after: .digest(new)
        )
        change.mode = entry.isExecutable ? 0o755 : 0o644
        copies.append((entry, change))
    }

    /// Removes a file that the bundle no longer has, unless its owner changed it.
    private mutating func drop(_ path: String, ifItIs digest: Digest?) throws {
        guard let existing = try Self.digest(of: path, in: root) else { return }
        guard existing == digest else {
            keptPaths.append(path)
            return
        }
        removals.append(FileTransaction.Change(path: path, before: .digest(existing), after: .none))
        changes.append(Change(path: path, kind: .removed))
    }

    /// Returns the bytes of a file of a deployment; nil if it does not exist.
    static func contents(of path: String, in root: FilePath) throws -> [UInt8]? {
        try Deployment.contents(ofFileIfThere: root.appending(path), atMost: .max)
    }

    static func digest(of path: String, in root: FilePath) throws -> Digest? {
        let file: StableFile
        do throws(CollectingError) {
            file = try StableFile(root.appending(path))
        } catch {
            guard error.code == .missing else { throw error }
            return nil
        }
        var hash = SHA256()
        try ByteSource(file).forEachPiece { hash.update($0) }
        return hash.finalize()
    }
}

extension DeploymentUpdate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number of changed files.
    public var description: String { "DeploymentUpdate(\(changes.count) files)" }
    /// The number of changed files.
    public var debugDescription: String { description }
    /// Shows the paths and hides the contents.
    public var customMirror: Mirror { Mirror(self, children: ["paths": changes.map(\.path)]) }
}
