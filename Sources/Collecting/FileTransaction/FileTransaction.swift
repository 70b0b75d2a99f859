internal import Sodium
public import SystemPackage

/// A change to several files of one tree that is done completely or not at all, even if the run crashes.
///
/// New contents are written beside their files, under names of their own and readable only by their owner. They are
/// flushed to disk together with a journal of their names. One record in the journal then commits the new state. A run
/// that is killed before that record leaves the old contents in place; one that is killed after it leaves the rest to
/// `recover()`, which every run calls first. Neither follows a symbolic link below the root.
///
/// Owner, group, permission bits and extended attributes, including the access control list, stay as they were. If only
/// the owner may read a file afterwards, the list stays but grants access to nobody. If a path is one of several hard
/// links to a file, it becomes a file of its own.
public struct FileTransaction {
    /// The result of `replace(_:using:)`.
    public struct Outcome: Hashable, Sendable {
        /// The paths of the files that changed, in the order in which they were given.
        public var replaced: [String]
        /// The paths of replaced files that the group or other users can read.
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

    /// Called before each operation; an error that it throws stands in for the system's.
    package typealias Gate = (Operation) throws(Errno) -> Void

    let root: FilePath
    let gate: Gate
    /// The maximum size of a journal in bytes, which is more than that for a million files.
    static let longestJournal = 1 << 29

    /// Makes transactions on the tree below `root`.
    public init(root: FilePath) {
        self.init(root: root, gate: { _ in })
    }

    /// Makes transactions that call `gate` before every operation, so that a test can make it fail or stop the run
    /// there.
    package init(root: FilePath, gate: @escaping Gate) {
        self.root = root
        self.gate = gate
    }

    // MARK: - Changing

    /// Replaces all files, or throws without replacing any.
    ///
    /// - Parameters:
    ///   - replacements: the files, each at most once. A file that has changed since it was read is refused.
    ///   - generator: makes the names under which new contents are staged.
    /// - Returns: what was done.
    /// - Throws: ``FileTransactionError`` `unfinished` if an earlier transaction must be recovered first, or if this
    ///   one was interrupted so that `recover()` must decide; any other code with the tree unchanged.
    public func replace(
        _ replacements: [Replacement],
        using generator: inout some RandomNumberGenerator
    ) throws(FileTransactionError) -> Outcome {
        do {
            return try apply(replacements.map(Change.init), using: &generator) { _ in }
        } catch let error as FileTransactionError {
            throw error
        } catch {
            preconditionFailure("nothing but the writing of large files throws anything else")
        }
    }

    /// Creates, replaces and removes files, or throws without changing any.
    ///
    /// - Parameters:
    ///   - changes: the files, each at most once. A file that is not in the expected state is refused, and so is a link
    ///     in its path.
    ///   - generator: makes the names under which new contents are staged.
    ///   - writeLargeFiles: writes the contents of the files that are given by digest.
    /// - Returns: what was done.
    /// - Throws: as ``replace(_:using:)`` does; what `writeLargeFiles` throws.
    package func apply(
        _ changes: [Change],
        using generator: inout some RandomNumberGenerator,
        writeLargeFiles: (Stager) throws -> Void
    ) throws -> Outcome {
        let folder = try Folder(root: root, gate: gate)
        try folder.lock()
        guard try folder.read(Journal.name, atMost: Self.longestJournal) == nil else {
            throw FileTransactionError(.unfinished, "an earlier run was interrupted and must be recovered first")
        }
        let steps = try plan(changes, in: folder, using: &generator)
        guard !steps.isEmpty else { return Outcome(replaced: [], readableByOthers: []) }

        let missing = try Self.missingFolders(for: steps, in: folder)
        let journal = Journal(entries: steps.map(\.entry), folders: missing.isEmpty ? nil : missing)
        let beginRecord = try journal.beginRecord()
        do {
            try folder.create(Journal.name, bytes: beginRecord)
            try folder.sync()
            try makeFolders(missing, in: folder)
            try stage(steps, in: folder, writeLargeFiles)
            try requireUnchanged(steps, in: folder)
        } catch let error as FileTransactionError {
            throw undoing(journal, in: folder, after: error)
        } catch {
            do {
                try undo(journal, in: folder)
            } catch let second {
                throw unfinished(after: second)
            }
            throw error
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
        let isReadableByOthers: (Journal.Entry) -> Bool = { $0.after != nil && $0.mode & 0o044 != 0 }
        return Outcome(
            replaced: journal.entries.map(\.path),
            readableByOthers: journal.entries.filter(isReadableByOthers).map(\.path)
        )
    }

    /// Removes staged files, and returns the error to throw: the first one, or one that says that undoing failed, too.
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
            at: error.place,
            cause: error.cause,
            "the run was interrupted (\(error.message)); the next run finishes or undoes it"
        )
    }
}
