internal import Archive
public import Bundling
internal import Collecting
internal import Sodium
internal import SystemPackage

extension DeploymentUpdate {
    /// Writes all changes, and the record of the bundle, in one transaction: all of it, or nothing.
    ///
    /// - Parameters:
    ///   - bundle: the source of the large files.
    ///   - isInterrupted: asked before each piece of a large file, and before the first file is moved into place.
    /// - Throws: ``FileTransactionError``, with code `symbolicLink` if the path of a file leads through a link;
    ///   ``KitError`` `interrupted`; ``CollectingError``.
    public func apply(of bundle: VerifiedBundle, isInterrupted: () -> Bool = { false }) throws {
        let interruption = KitError(.interrupted, "interrupted; nothing was changed")
        if isInterrupted() { throw interruption }
        var changes = replacements.map { FileTransaction.Change($0) } + removals + copies.map(\.change)
        for file in newFiles {
            var change = FileTransaction.Change(path: file.path, before: .none, after: .bytes(file.bytes))
            // The bundle's version beside an earlier conflict is replaced with the one of this update.
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

    /// Returns the change to the record that names the bundle of the deployment.
    private func recordChange() throws -> FileTransaction.Change {
        FileTransaction.Change(
            path: HydrationRecord.name,
            before: try Self.contents(of: HydrationRecord.name, in: root).map { .bytes($0) } ?? .none,
            after: .bytes(try record.serialized())
        )
    }

    /// Copies the large files, in one pass over the bundle.
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
