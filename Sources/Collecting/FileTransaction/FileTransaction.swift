public import SystemPackage

/// The replacement of several files of one tree, of which a crash leaves all or none.
///
/// New contents are written beside their files, under names of their own and readable only by their owner, and are
/// flushed to disk together with a journal of their names. One record in the journal then commits the new state. A run
/// that is killed before it leaves the old contents in place; one that is killed after it leaves the rest to
/// `recover()`, which every run calls first. Neither follows a symbolic link below the root.
///
/// Owner, group, permission bits and extended attributes, including the access control list, stay as they were. If only
/// the owner may read a file afterwards, its list stays and admits nobody. A name that was one of several hard links of
/// a file becomes a file of its own.
public struct FileTransaction {
    /// The result of `replace(_:using:)`.
    public struct Outcome: Hashable, Sendable {
        /// The paths of the replaced files, in the given order.
        public var replaced: [String]
        /// Those of them that the group or other users can read.
        public var readableByOthers: [String]
    }

    /// The result of `recover()`.
    public enum Recovery: Hashable, Sendable {
        /// No transaction was interrupted.
        case nothingToDo
        /// An interrupted transaction was undone; no file had been replaced.
        case rolledBack(paths: [String])
        /// An interrupted transaction was finished; all its files are replaced.
        case finished(paths: [String])
    }

    /// Called before each operation; its error takes the place of the system's.
    package typealias Gate = (Operation) throws(Errno) -> Void

    private let root: FilePath
    private let gate: Gate

    /// Makes transactions on the tree below `root`.
    public init(root: FilePath) {
        self.init(root: root, gate: { _ in })
    }

    /// Makes transactions whose every operation passes `gate` first, so that a test can fail or stop it.
    package init(root: FilePath, gate: @escaping Gate) {
        self.root = root
        self.gate = gate
    }

    // MARK: - Replacing

    /// Replaces all files, or throws without replacing any.
    ///
    /// - Parameters:
    ///   - replacements: The files, each at most once. A file that has changed since it was read is refused.
    ///   - generator: Makes the names under which new contents are staged.
    /// - Returns: What was done.
    /// - Throws: `unfinished` if an earlier transaction must be recovered first, or if this one was interrupted so that
    ///   `recover()` must decide; any other code with the tree unchanged.
    public func replace(
        _ replacements: [Replacement],
        using generator: inout some RandomNumberGenerator
    ) throws(FileTransactionError) -> Outcome {
        let folder = try Folder(root: root, gate: gate)
        try folder.lock()
        guard try folder.read(Journal.name) == nil else {
            throw FileTransactionError(.unfinished, "an earlier run was interrupted and must be recovered first")
        }
        let changes = try plan(replacements, in: folder, using: &generator)
        guard !changes.isEmpty else { return Outcome(replaced: [], readableByOthers: []) }

        let journal = Journal(entries: changes.map(\.entry))
        let beginRecord = try journal.beginRecord()
        do {
            try folder.create(Journal.name, bytes: beginRecord)
            try folder.sync()
            try stage(changes, in: folder)
            try requireUnchanged(changes, in: folder)
        } catch {
            throw undoing(journal, in: folder, after: error)
        }
        do {
            try folder.append(Journal.commitRecord(for: beginRecord), to: Journal.name)
        } catch {
            // It is unknown whether the record reached the disk. Staged files may be removed only if it did not.
            do {
                try folder.truncate(Journal.name, to: beginRecord.count)
            } catch let second {
                throw unfinished(after: second)
            }
            throw undoing(journal, in: folder, after: error)
        }
        do {
            try finish(journal, in: folder)
        } catch {
            throw unfinished(after: error)
        }
        let isReadableByOthers: (Journal.Entry) -> Bool = { $0.mode & 0o044 != 0 }
        return Outcome(
            replaced: journal.entries.map(\.path),
            readableByOthers: journal.entries.filter(isReadableByOthers).map(\.path)
        )
    }

    /// A replacement with the properties of the old file.
    private struct Change {
        var path: RelativePath
        var replacement: Replacement
        var file: Folder.File
        var entry: Journal.Entry
    }

    private func plan(
        _ replacements: [Replacement],
        in root: borrowing Folder,
        using generator: inout some RandomNumberGenerator
    ) throws(FileTransactionError) -> [Change] {
        var changes: [Change] = []
        var seen: Set<RelativePath> = []
        for replacement in replacements {
            let path = try RelativePath(replacement.path)
            guard seen.insert(path).inserted else {
                throw FileTransactionError(.duplicatePath, at: replacement.path, "the file is to be replaced twice")
            }
            let file = try Self.unchanged(replacement, at: path, in: root)
            let mode = replacement.permissions == .ownerOnly ? file.mode & 0o7700 : file.mode
            let entry = Journal.Entry(
                path: replacement.path,
                staged: StagedName.make(using: &generator),
                before: Self.digest(of: replacement.original),
                after: Self.digest(of: replacement.contents),
                mode: mode
            )
            changes.append(Change(path: path, replacement: replacement, file: file, entry: entry))
        }
        return changes
    }

    /// Returns the current file, which must not have changed since it was read.
    private static func unchanged(
        _ replacement: Replacement,
        at path: RelativePath,
        in root: borrowing Folder
    ) throws(FileTransactionError) -> Folder.File {
        let folder = try root.parent(of: path)
        guard let file = try folder.read(path.name), file.bytes == replacement.original else {
            throw FileTransactionError(.changed, at: replacement.path, "the file was changed since it was read")
        }
        return file
    }

    private func stage(_ changes: [Change], in root: borrowing Folder) throws(FileTransactionError) {
        for change in changes {
            let folder = try root.parent(of: change.path)
            try folder.create(change.entry.staged, bytes: change.replacement.contents, like: change.file)
        }
        try syncFolders(of: changes.map(\.path), in: root)
    }

    private func requireUnchanged(_ changes: [Change], in root: borrowing Folder) throws(FileTransactionError) {
        for change in changes { _ = try Self.unchanged(change.replacement, at: change.path, in: root) }
    }

    // MARK: - Recovering

    /// Finishes or undoes an interrupted transaction, and returns which it was.
    ///
    /// - Throws: `changed` if a file of the transaction was changed in between, with nothing done.
    public func recover() throws(FileTransactionError) -> Recovery {
        let folder = try Folder(root: root, gate: gate)
        try folder.lock()
        guard let file = try folder.read(Journal.name) else { return .nothingToDo }
        switch try Journal.state(of: file.bytes) {
        case .torn:
            try removeJournal(in: folder)
            return .rolledBack(paths: [])
        case .begun(let journal):
            try undo(journal, in: folder)
            return .rolledBack(paths: journal.entries.map(\.path))
        case .committed(let journal):
            try requireFinishable(journal, in: folder)
            try finish(journal, in: folder)
            return .finished(paths: journal.entries.map(\.path))
        }
    }

    /// Checks that every file either is unchanged and has its staged contents, or already has its new contents.
    private func requireFinishable(_ journal: Journal, in root: borrowing Folder) throws(FileTransactionError) {
        for entry in journal.entries {
            let path = try RelativePath(entry.path)
            let folder = try root.parent(of: path)
            let expected: String
            if let staged = try folder.read(entry.staged) {
                guard Self.digest(of: staged.bytes) == entry.after else {
                    let path = folder.path(of: entry.staged)
                    throw FileTransactionError(.changed, at: path, "the staged contents were changed")
                }
                expected = entry.before
            } else {
                expected = entry.after
            }
            guard let file = try folder.read(path.name), Self.digest(of: file.bytes) == expected else {
                throw FileTransactionError(
                    .changed,
                    at: entry.path,
                    "the file was changed after a run on it was interrupted"
                )
            }
        }
    }

    // MARK: - Steps of both

    private func finish(_ journal: Journal, in root: borrowing Folder) throws(FileTransactionError) {
        var paths: [RelativePath] = []
        for entry in journal.entries {
            let path = try RelativePath(entry.path)
            paths.append(path)
            let folder = try root.parent(of: path)
            // An earlier recovery that was interrupted has replaced it already.
            guard try folder.holds(entry.staged) else { continue }
            try folder.setMode(of: entry.staged, to: entry.mode)
            try folder.rename(entry.staged, to: path.name)
        }
        try syncFolders(of: paths, in: root)
        try removeJournal(in: root)
    }

    private func undo(_ journal: Journal, in root: borrowing Folder) throws(FileTransactionError) {
        var paths: [RelativePath] = []
        for entry in journal.entries {
            let path = try RelativePath(entry.path)
            paths.append(path)
            let folder = try root.parent(of: path)
            try folder.remove(entry.staged)
        }
        try syncFolders(of: paths, in: root)
        try removeJournal(in: root)
    }

    private func syncFolders(of paths: [RelativePath], in root: borrowing Folder) throws(FileTransactionError) {
        var synced: Set<[String]> = []
        for path in paths where synced.insert(path.folders).inserted {
            let folder = try root.parent(of: path)
            try folder.sync()
        }
    }

    private func removeJournal(in root: borrowing Folder) throws(FileTransactionError) {
        try root.remove(Journal.name)
        try root.sync()
    }

    /// Removes staged files, and returns the error to throw: the first one, or that even undoing failed.
    private func undoing(
        _ journal: Journal,
        in root: borrowing Folder,
        after error: FileTransactionError
    ) -> FileTransactionError {
        do {
            try undo(journal, in: root)
            return error
        } catch let second {
            return unfinished(after: second)
        }
    }

    private func unfinished(after error: FileTransactionError) -> FileTransactionError {
        FileTransactionError(
            .unfinished,
            at: error.path,
            cause: error.cause,
            "the run was interrupted (\(error.message)); the next run finishes or undoes it"
        )
    }
}
