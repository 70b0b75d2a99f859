internal import Sodium

extension FileTransaction {
    /// A change, with the state of the file before it.
    struct Step {
        var path: RelativePath
        var change: Change
        /// The current file; nil if there is none.
        var file: Folder.File?
        var entry: Journal.Entry
    }

    func plan(
        _ changes: [Change],
        in root: borrowing Folder,
        using generator: inout some RandomNumberGenerator
    ) throws(FileTransactionError) -> [Step] {
        var steps: [Step] = []
        var seen: Set<RelativePath> = []
        for change in changes {
            let path = try RelativePath(change.path)
            guard seen.insert(path).inserted else {
                throw FileTransactionError(.duplicatePath, at: change.path, "the file would be changed twice")
            }
            let file = try Self.unchanged(change, at: path, in: root)
            let mode = file.map { change.permissions.bits(after: $0.mode) } ?? change.mode
            let after = change.after.digest
            let entry = Journal.Entry(
                path: change.path,
                staged: after == nil ? nil : StagedName.make(using: &generator),
                before: change.before.digest?.description,
                after: after?.description,
                mode: mode
            )
            steps.append(Step(path: path, change: change, file: file, entry: entry))
        }
        return steps
    }

    /// Returns the current file, which must still be as it was read; nil if there must be none.
    private static func unchanged(
        _ change: Change,
        at path: RelativePath,
        in root: borrowing Folder
    ) throws(FileTransactionError) -> Folder.File? {
        let expected = change.before.digest
        var file: Folder.File?
        if let folder = try root.parentIfThere(of: path) {
            file = try folder.look(at: path.name, hashing: expected?.algorithm ?? .blake2b256)
        }
        guard file?.digest == expected else {
            throw FileTransactionError(.changed, at: change.path, "the file has changed since it was read")
        }
        return file
    }

    /// Returns the folders that new files need and that do not exist, each after the one that contains it.
    static func missingFolders(
        for steps: [Step],
        in root: borrowing Folder
    ) throws(FileTransactionError) -> [String] {
        var known: Set<String> = []
        var missing: [String] = []
        for step in steps where step.file == nil && step.entry.after != nil {
            for count in 0..<step.path.folders.count {
                let names = Array(step.path.folders[...count])
                let folder = names.joined(separator: "/")
                guard known.insert(folder).inserted else { continue }
                if try root.folderIfThere(at: names) == nil { missing.append(folder) }
            }
        }
        return missing
    }

    func makeFolders(_ folders: [String], in root: borrowing Folder) throws(FileTransactionError) {
        for folder in folders {
            let path = try RelativePath(folder)
            let parent = try root.parent(of: path)
            try parent.makeFolder(path.name)
            try parent.sync()
        }
    }

    func stage(
        _ steps: [Step],
        in root: borrowing Folder,
        _ writeLargeFiles: (Stager) throws -> Void
    ) throws {
        var large: [Step] = []
        for step in steps {
            guard let staged = step.entry.staged else { continue }
            guard case .bytes(let bytes) = step.change.after else {
                large.append(step)
                continue
            }
            let folder = try root.parent(of: step.path)
            try folder.create(staged, bytes: bytes, like: step.file)
        }
        if !large.isEmpty {
            let stager = Stager(large, root: try root.again())
            try writeLargeFiles(stager)
            try stager.finish()
        }
        try syncFolders(of: steps.map(\.path), in: root)
    }

    func requireUnchanged(_ steps: [Step], in root: borrowing Folder) throws(FileTransactionError) {
        for step in steps { _ = try Self.unchanged(step.change, at: step.path, in: root) }
    }
}
