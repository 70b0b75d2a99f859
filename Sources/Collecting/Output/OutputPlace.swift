internal import Glibc
internal import SystemPackage

/// The final path of a folder, and the steps that put it there: it is staged beside that path.
struct OutputPlace {
    /// The final path, absolute and without links.
    let path: FilePath
    /// The path of the folder until it is complete.
    let staging: FilePath
    /// The path at which a replaced folder waits until the new one is in place.
    private let replaced: FilePath
    private let replacesOutput: Bool
    /// The paths of the output; a folder that holds nothing else was written by an earlier run.
    private let ownPaths: Set<String>
    /// The final path as the user named it.
    let given: String

    /// Resolves a final path.
    ///
    /// - Parameters:
    ///   - place: the final path; its parent must exist.
    ///   - sources: folders that must neither contain `place` nor be inside it.
    ///   - replacing: whether a folder written by an earlier run may be replaced.
    ///   - paths: the paths of the output, if the folder itself has no mark.
    /// - Throws: ``CollectingError``: `outputInsideSource`, `unsafePath`, `noFolder` or `missing`.
    init(
        _ place: FilePath,
        outside sources: [FilePath],
        replacing: Bool,
        paths: Set<String>
    ) throws(CollectingError) {
        guard let name = place.lexicallyNormalized().lastComponent, name.string != "." && name.string != ".." else {
            throw CollectingError(.unsafePath, at: place.string, "an output folder needs a name of its own")
        }
        let parent = try PlaceOfFile.folder(for: place)
        let path = parent.appending(name)
        for source in sources {
            let source = try PlaceOfFile.resolvedFolder(source)
            guard !path.starts(with: source) else {
                throw CollectingError(.outputInsideSource, at: place.string, "the output is inside the source")
            }
            guard !source.starts(with: path) else {
                throw CollectingError(.outputInsideSource, at: place.string, "the source is inside the output")
            }
        }
        given = place.string
        self.path = path
        staging = parent.appending(".\(name.string).scrubjay-partial")
        replaced = parent.appending(".\(name.string).scrubjay-replaced")
        replacesOutput = replacing
        ownPaths = paths
    }

    // MARK: - Before

    /// Checks whether a folder can be created and put in place; nothing is created or removed.
    ///
    /// - Throws: ``CollectingError``: `outputExists`, `foreignFolder` or `unwritable`.
    func check() throws(CollectingError) {
        // A folder that a killed run has moved aside is moved back before anything is created.
        if try !PlaceOfFile.exists(path), try PlaceOfFile.exists(replaced), !replacesOutput {
            throw CollectingError(.outputExists, at: given, "the output already exists")
        }
        try checkFree()
        guard unsafe access(path.removingLastComponent().string, W_OK | X_OK) == 0 else {
            throw CollectingError(.unwritable, at: given, "cannot be created: \(Errno(rawValue: errno))")
        }
    }

    /// Creates the staging folder.
    ///
    /// - Returns: the folder, locked, so that no other run writes the same output.
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`; nothing is left then.
    func prepare() throws(CollectingError) -> FileDescriptor {
        let lock = try createStaging()
        do {
            try removeOrRestore()
            try checkFree()
        } catch {
            // Nothing is in it yet.
            try? FolderRemoval.remove(staging)
            try? lock.close()
            throw error
        }
        return lock
    }

    private func createStaging() throws(CollectingError) -> FileDescriptor {
        let path = staging
        for _ in 0..<2 {
            if unsafe mkdir(path.string, 0o700) != 0 && errno != EEXIST {
                throw CollectingError(.unwritable, at: path.string, "cannot be created: \(Errno(rawValue: errno))")
            }
            let descriptor: FileDescriptor
            do {
                descriptor = try FileDescriptor.open(path, .readOnly, options: [.directory, .noFollow, .closeOnExec])
            } catch {
                throw CollectingError(.unwritable, at: path.string, "cannot be opened: \(error)")
            }
            do throws(CollectingError) {
                try checkOwner(of: descriptor)
                guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                    throw CollectingError(.busy, at: path.string, "another run is writing the same output")
                }
            } catch {
                try? descriptor.close()
                throw error
            }
            if try FolderListing.names(in: path).isEmpty { return descriptor }
            // An unlocked folder there belongs to a killed run.
            try FolderRemoval.remove(path)
            try? descriptor.close()
        }
        throw CollectingError(.busy, at: path.string, "another run is writing the same output")
    }

    /// Refuses a staging folder that another user created or can write to: its contents could be read or replaced.
    private func checkOwner(of staging: FileDescriptor) throws(CollectingError) {
        var status = stat()
        guard unsafe fstat(staging.rawValue, &status) == 0 else {
            throw CollectingError(.unwritable, at: path.string, "cannot be opened: \(Errno(rawValue: errno))")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw CollectingError(
                .unwritable,
                at: self.staging.string,
                "this folder was made by, or is writable for, another user; remove it first"
            )
        }
    }

    /// Finishes a commit that was killed between its two renames: the old folder is moved back.
    private func removeOrRestore() throws(CollectingError) {
        guard try PlaceOfFile.exists(replaced) else { return }
        if try PlaceOfFile.exists(path) {
            try FolderRemoval.remove(replaced)
        } else {
            try Self.rename(replaced, to: path)
        }
    }

    private func checkFree() throws(CollectingError) {
        guard try PlaceOfFile.exists(path) else { return }
        guard replacesOutput else { throw CollectingError(.outputExists, at: given, "the output already exists") }
        guard try Deployment.stat(of: path, followingLink: false).type == .directory else {
            throw CollectingError(.notAFolder, at: given, "only a folder can be replaced")
        }
        guard try !FolderListing.names(in: path).contains(".git") else {
            throw CollectingError(.unwritable, at: given, "this is a git repository, which is never replaced")
        }
        guard let stranger = try OutputMark.stranger(in: path, beside: ownPaths) else { return }
        throw CollectingError(
            .foreignFolder,
            at: given,
            "Scrubjay did not make this folder, which contains '\(stranger)', so it is not replaced"
        )
    }

    // MARK: - After

    /// Moves the complete folder to its final path atomically.
    ///
    /// - Returns: the path of the replaced folder; nil if there was none.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable`.
    func take() throws(CollectingError) -> FilePath? {
        try PlaceOfFile.exists(path) ? try exchange() : try putInPlace()
    }

    /// Moves the folder to a free path.
    ///
    /// - Returns: nil, because no other folder must be removed.
    private func putInPlace() throws(CollectingError) -> FilePath? {
        switch try Self.renaming(to: path, { () throws(Errno) in try AtomicRename.move(staging, toNew: path) }) {
        case .done: break
        case .nameIsTaken:
            throw CollectingError(.outputExists, at: path.string, "the output was created in the meantime")
        case .unsupported: try Self.rename(staging, to: path)
        }
        return nil
    }

    /// Moves the folder to the path of another one, so that one of them exists at every moment.
    ///
    /// On a file system that cannot exchange names, such as NFS, the path is missing for a moment. A run that is killed
    /// then leaves the old folder aside, and the next run moves it back.
    ///
    /// - Returns: the new path of the other folder.
    private func exchange() throws(CollectingError) -> FilePath {
        guard replacesOutput else {
            throw CollectingError(.outputExists, at: path.string, "the output was created in the meantime")
        }
        switch try Self.renaming(to: path, { () throws(Errno) in try AtomicRename.exchange(staging, path) }) {
        case .done: return staging
        case .nameIsTaken, .unsupported:
            try Self.rename(path, to: replaced)
            try Self.rename(staging, to: path)
            return replaced
        }
    }

    private static func renaming(
        to place: FilePath,
        _ body: () throws(Errno) -> AtomicRename.Outcome
    ) throws(CollectingError) -> AtomicRename.Outcome {
        do {
            return try body()
        } catch {
            throw CollectingError(.unwritable, at: place.string, "cannot be moved into place: \(error)")
        }
    }

    private static func rename(_ path: FilePath, to target: FilePath) throws(CollectingError) {
        guard unsafe Glibc.rename(path.string, target.string) == 0 else {
            throw CollectingError(
                .unwritable,
                at: target.string,
                "cannot be moved into place: \(Errno(rawValue: errno))"
            )
        }
    }
}
