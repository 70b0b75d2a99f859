internal import Sodium
public import SystemPackage

/// The change of several files of one tree, of which a crash leaves all or none.
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
        /// The paths of the files that changed, in the order in which they were given.
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

    let root: FilePath
    let gate: Gate
    /// The most bytes that a journal has: more than that of a million files.
    static let longestJournal = 1 << 29

    /// Makes transactions on the tree below `root`.
    public init(root: FilePath) {
        self.init(root: root, gate: { _ in })
    }

    /// Makes transactions whose every operation passes `gate` first, so that a test can fail or stop it.
    package init(root: FilePath, gate: @escaping Gate) {
        self.root = root
        self.gate = gate
    }

    // MARK: - Changing

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
        do {
            return try apply(replacements.map(Change.init), using: &generator) { _ in }
        } catch let error as FileTransactionError {
            throw error
        } catch {
            preconditionFailure("nothing but the writing of large files throws anything else")
        }
    }

    /// Makes, replaces and removes files: all, or throws with none changed.
    ///
    /// - Parameters:
    ///   - changes: The files, each at most once. One that is not what it was is refused, and so is a link on the way.
    ///   - generator: Makes the names under which new contents are staged.
    ///   - writeLargeFiles: Writes the contents of those files that are given by digest.
    /// - Returns: What was done.
    /// - Throws: As ``replace(_:using:)`` does; what `writeLargeFiles` throws.
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
            at: error.place,
            cause: error.cause,
            "the run was interrupted (\(error.message)); the next run finishes or undoes it"
        )
    }
}
