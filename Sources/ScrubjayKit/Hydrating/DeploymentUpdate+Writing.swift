internal import Archive
public import Bundling
internal import Collecting
internal import Sodium
internal import SystemPackage

extension DeploymentUpdate {
    /// Writes what changes, and the record that it is the bundle's, in one step: all of it, or none.
    ///
    /// - Parameters:
    ///   - bundle: where the large files are.
    ///   - isInterrupted: asked before each piece of a large file, and before the first file takes its place.
    /// - Throws: ``FileTransactionError``, and `symbolicLink` where a link stands on the way to a file; ``KitError``
    ///   `interrupted`; ``CollectingError``.
    public func apply(of bundle: VerifiedBundle, isInterrupted: () -> Bool = { false }) throws {
        let interruption = KitError(.interrupted, "interrupted; nothing was changed")
        if isInterrupted() { throw interruption }
        var changes = replacements.map { FileTransaction.Change($0) } + removals + copies.map(\.change)
        for file in newFiles {
            var change = FileTransaction.Change(path: file.path, before: .none, after: .bytes(file.bytes))
            // The bundle's side of an earlier conflict is replaced by that of this one.
            if file.path.hasSuffix(Self.conflictEnding), let existing = try Self.digest(of: file.path, in: root) {
                change.before = .digest(existing)
            }
            change.permissions = file.holdsSecret ? .ownerOnly : .kept
            change.mode = UInt32(file.mode)
            changes.append(change)
        }
        if previous != record.manifest { changes.append(try recordChange()) }
        var generator = RandomSource.system
        _ = try FileTransaction(root: root).apply(changes, using: &generator) { stager in
            try copyFiles(of: bundle, to: stager) {
                if isInterrupted() { throw interruption }
            }
        }
    }

    /// The change of the record of which bundle the deployment is made.
    private func recordChange() throws -> FileTransaction.Change {
        FileTransaction.Change(
            path: HydrationRecord.name,
            before: try Self.contents(of: HydrationRecord.name, in: root).map { .bytes($0) } ?? .none,
            after: .bytes(try record.serialized())
        )
    }

    /// Copies the large files, for which the bundle is read once.
    private func copyFiles(
        of bundle: VerifiedBundle,
        to stager: FileTransaction.Stager,
        _ goOn: () throws -> Void
    ) throws {
        let paths = Dictionary(uniqueKeysWithValues: copies.map { ($0.entry.path, $0.change.path) })
        var isWanted = false
        try bundle.read { part in
            try goOn()
            switch part {
            case .entry(let entry):
                isWanted = paths[entry.path] != nil
                if let path = paths[entry.path] { try stager.begin(path) }
            case .bytes(let bytes):
                if isWanted { try stager.write(bytes) }
            }
        }
        try goOn()
    }
}
