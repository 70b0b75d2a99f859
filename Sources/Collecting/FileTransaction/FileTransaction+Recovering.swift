internal import Sodium

extension FileTransaction {
    /// Finishes or undoes an interrupted run, and returns which.
    ///
    /// - Throws: ``FileTransactionError`` `changed` if a file of the transaction was changed since, with nothing done;
    ///   any other code.
    public func recover() throws(FileTransactionError) -> Recovery { try recover(removing: []) }

    /// Finishes or undoes an interrupted run, and returns which.
    ///
    /// - Parameter leftovers: the names of files in the root that a killed run may have left beside a transaction; they
    ///   are removed while the lock keeps other runs from writing them.
    /// - Returns: what was done.
    /// - Throws: as ``recover()`` does.
    package func recover(removing leftovers: [String]) throws(FileTransactionError) -> Recovery {
        let folder = try Folder(root: root, gate: gate)
        try folder.lock()
        for name in leftovers where try folder.holds(name) { try folder.remove(name) }
        guard let bytes = try folder.read(Journal.name, atMost: Self.longestJournal) else { return .nothingToDo }
        switch try Journal.state(of: bytes) {
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

    /// Checks that every file is as it was before, with its staged contents present, or already as it should become.
    func requireFinishable(_ journal: Journal, in root: borrowing Folder) throws(FileTransactionError) {
        for entry in journal.entries {
            let path = try RelativePath(entry.path)
            let (before, after) = (entry.before.flatMap { Digest($0) }, entry.after.flatMap { Digest($0) })
            var isDone = entry.after != nil
            if let folder = try root.parentIfThere(of: path), let name = entry.staged,
                let staged = try folder.look(at: name, hashing: after?.algorithm ?? .blake2b256)
            {
                guard staged.digest == after else {
                    let path = folder.path(of: name)
                    throw FileTransactionError(.changed, at: path, "the staged contents were changed")
                }
                isDone = false
            }
            let expected = isDone ? after : before
            var file: Folder.File?
            if let folder = try root.parentIfThere(of: path) {
                file = try folder.look(at: path.name, hashing: expected?.algorithm ?? .blake2b256)
            }
            // A file to be removed may be gone already.
            guard file?.digest == expected || entry.after == nil && file == nil else {
                throw FileTransactionError(
                    .changed,
                    at: entry.path,
                    "the file was changed after a run on it was interrupted"
                )
            }
        }
    }

    // MARK: - Steps of both

    func finish(_ journal: Journal, in root: borrowing Folder) throws(FileTransactionError) {
        var paths: [RelativePath] = []
        var removed: [RelativePath] = []
        for entry in journal.entries {
            let path = try RelativePath(entry.path)
            if entry.staged == nil { removed.append(path) }
            // A recovery that was interrupted later than here may have removed even the folder.
            guard let folder = try root.parentIfThere(of: path) else { continue }
            paths.append(path)
            guard let staged = entry.staged else {
                try folder.remove(path.name)
                continue
            }
            // If there is no staged file, an interrupted run has already put it in place.
            guard try folder.holds(staged) else { continue }
            try folder.setMode(of: staged, to: entry.mode)
            try folder.rename(staged, to: path.name)
        }
        try syncFolders(of: paths, in: root)
        for path in removed { try removeEmptyFolders(path.folders, in: root) }
        try removeJournal(in: root)
    }

    func undo(_ journal: Journal, in root: borrowing Folder) throws(FileTransactionError) {
        var paths: [RelativePath] = []
        for entry in journal.entries {
            let path = try RelativePath(entry.path)
            guard let staged = entry.staged, let folder = try root.parentIfThere(of: path) else { continue }
            paths.append(path)
            try folder.remove(staged)
        }
        try syncFolders(of: paths, in: root)
        for folder in (journal.folders ?? []).reversed() {
            let path = try RelativePath(folder)
            guard let parent = try root.parentIfThere(of: path) else { continue }
            if try parent.removeFolderIfEmpty(path.name) { try parent.sync() }
        }
        try removeJournal(in: root)
    }

    /// Removes a folder if it is empty, and then its parents, up to the first one that is not empty.
    func removeEmptyFolders(_ names: [String], in root: borrowing Folder) throws(FileTransactionError) {
        var names = names
        while let last = names.popLast() {
            guard let parent = try root.folderIfThere(at: names) else { continue }
            guard try parent.removeFolderIfEmpty(last) else { return }
            try parent.sync()
        }
    }

    func syncFolders(of paths: [RelativePath], in root: borrowing Folder) throws(FileTransactionError) {
        var synced: Set<[String]> = []
        for path in paths where synced.insert(path.folders).inserted {
            guard let folder = try root.parentIfThere(of: path) else { continue }
            try folder.sync()
        }
    }

    func removeJournal(in root: borrowing Folder) throws(FileTransactionError) {
        try root.remove(Journal.name)
        try root.sync()
    }
}
