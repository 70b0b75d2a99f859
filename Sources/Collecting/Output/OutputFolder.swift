internal import Glibc
public import SystemPackage

/// A folder that appears complete or not at all.
///
/// Everything is written to a folder beside the final path, which only its owner can read, and which is renamed at the
/// end. Without ``commit(isPrivate:)`` it is removed. The next run removes what a killed run left.
public struct OutputFolder: ~Copyable {
    private let output: OutputPlace
    private let lock: FileDescriptor
    private let isPrivate: Bool
    private var isCommitted = false

    /// The final path of the folder.
    public var place: FilePath { output.path }
    private var staging: FilePath { output.staging }

    /// Starts a folder that will appear at `place`.
    ///
    /// - Parameters:
    ///   - place: the final path; its parent must exist.
    ///   - sources: folders that are read meanwhile; none of them may contain `place` or be inside it.
    ///   - replacing: whether a folder at `place` may be replaced if an earlier run wrote it or it is empty.
    ///   - paths: the paths of the output, if it has no file that marks it as Scrubjay's: a folder that holds only
    ///     these may also be replaced.
    ///   - isPrivate: whether only the owner may access its folders (`0700`).
    /// - Throws: ``CollectingError``: `outputExists`, `foreignFolder`, `outputInsideSource`, `busy`, `noFolder`,
    ///   `missing` or `unwritable`.
    public init(
        at place: FilePath,
        outside sources: [FilePath],
        replacing: Bool,
        paths: Set<String> = [],
        isPrivate: Bool = false
    ) throws(CollectingError) {
        let output = try OutputPlace(place, outside: sources, replacing: replacing, paths: paths)
        lock = try output.prepare()
        self.output = output
        self.isPrivate = isPrivate
    }

    deinit {
        if !isCommitted { try? FolderRemoval.remove(staging) }
        try? lock.close()
    }

    private var folderMode: mode_t { isPrivate ? 0o700 : 0o755 }

    /// The folder that holds the contents until they are committed.
    public var stagingPath: FilePath { staging }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - bytes: the contents.
    ///   - path: the path relative to the folder; missing folders are created.
    ///   - isPrivate: whether only the owner may read it (`0600`, or `0700` for an executable).
    ///   - isExecutable: whether it is executable.
    ///   - replacing: whether a file that was already written there is replaced.
    /// - Throws: ``CollectingError``: `unsafePath` or `unwritable`.
    public func write(
        _ bytes: [UInt8],
        to path: String,
        isPrivate: Bool,
        isExecutable: Bool = false,
        replacing: Bool = false
    ) throws(CollectingError) {
        let file = try create(path, isPrivate: isPrivate, isExecutable: isExecutable, replacing: replacing)
        try file.write(bytes[...])
        try file.close()
    }

    /// Creates a file to write in pieces.
    ///
    /// Every folder of the path is opened relative to its parent, so that a link in its place is refused.
    ///
    /// - Parameters:
    ///   - path: the path relative to the folder; missing folders are created.
    ///   - isPrivate: whether only the owner may read it (`0600`, or `0700` for an executable).
    ///   - isExecutable: whether it is executable.
    ///   - replacing: whether a file that was already written there is emptied.
    /// - Returns: the file.
    /// - Throws: ``CollectingError``: `unsafePath` or `unwritable`.
    public func create(
        _ path: String,
        isPrivate: Bool,
        isExecutable: Bool = false,
        replacing: Bool = false
    ) throws(CollectingError) -> FileInOutput {
        let components = try Self.components(of: path)
        let mode: mode_t = isPrivate ? (isExecutable ? 0o700 : 0o600) : (isExecutable ? 0o755 : 0o644)
        do {
            let folder = try Self.open(components.dropLast(), below: lock, mode: folderMode)
            return try folder.closeAfter {
                let flags = O_WRONLY | O_CREAT | (replacing ? O_TRUNC : O_EXCL) | O_NOFOLLOW | O_CLOEXEC
                let file = unsafe openat(folder.rawValue, components[components.count - 1], flags, mode)
                guard file >= 0 else { throw Errno(rawValue: errno) }
                let descriptor = FileDescriptor(rawValue: file)
                guard fchmod(file, mode) == 0 else {
                    try descriptor.close()
                    throw Errno(rawValue: errno)
                }
                return FileInOutput(path: named(path), descriptor: descriptor)
            }
        } catch {
            throw refusal(of: path, error)
        }
    }

    /// Returns a path as it appears in messages: below the final path, not the staging path.
    private func named(_ path: String) -> String { FilePath(output.given).appending(path).string }

    /// Removes a written file, and the folders that become empty.
    ///
    /// - Parameter path: the path relative to the folder.
    /// - Throws: ``CollectingError``: `unsafePath` or `unwritable`.
    public func remove(_ path: String) throws(CollectingError) {
        var components = try Self.components(of: path)
        try Self.writing(to: FilePath(named(path))) {
            var isFolder = false
            while let name = components.popLast() {
                let folder = try Self.open(components[...], below: lock)
                let isGone = try folder.closeAfter {
                    if unsafe unlinkat(folder.rawValue, name, isFolder ? AT_REMOVEDIR : 0) == 0 { return true }
                    guard isFolder, errno == ENOTEMPTY || errno == EEXIST else { throw Errno(rawValue: errno) }
                    return false
                }
                guard isGone else { return }
                isFolder = true
            }
        }
    }

    /// Returns the components of a path that stays inside a folder.
    private static func components(of path: String) throws(CollectingError) -> [String] {
        let components = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !components.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.contains(0) }) else {
            throw CollectingError(.unsafePath, at: path, "the path is not inside the folder")
        }
        return components
    }

    /// Opens a nested folder, each level relative to the one above, so that a link in the place of a folder is refused.
    ///
    /// - Parameters:
    ///   - components: the names of the folders, from the outermost inwards.
    ///   - root: the folder that contains the first one.
    ///   - mode: the permissions of missing folders, which are created; nil if they must exist.
    /// - Returns: the innermost folder, which the caller closes.
    /// - Throws: `Errno` for the first folder that cannot be created or opened.
    private static func open(
        _ components: ArraySlice<String>,
        below root: FileDescriptor,
        mode: mode_t? = nil
    ) throws -> FileDescriptor {
        var folder = try root.duplicate()
        for name in components {
            let next: Int32
            do {
                defer { try? folder.close() }
                if let mode, unsafe mkdirat(folder.rawValue, name, mode) != 0 && errno != EEXIST {
                    throw Errno(rawValue: errno)
                }
                next = unsafe openat(folder.rawValue, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                if next < 0 { throw Errno(rawValue: errno) }
            }
            folder = FileDescriptor(rawValue: next)
        }
        return folder
    }

    /// Creates a symbolic link.
    ///
    /// - Throws: ``CollectingError``: `unsafePath` or `unwritable`.
    public func link(_ path: String, to target: String) throws(CollectingError) {
        let components = try Self.components(of: path)
        do {
            let folder = try Self.open(components.dropLast(), below: lock, mode: folderMode)
            try folder.closeAfter {
                guard unsafe symlinkat(target, folder.rawValue, components[components.count - 1]) == 0 else {
                    throw Errno(rawValue: errno)
                }
            }
        } catch {
            throw refusal(of: path, error)
        }
    }

    /// Returns the error for something that cannot be created at a path of the folder.
    private func refusal(of path: String, _ cause: any Error) -> CollectingError {
        switch cause {
        case Errno.tooManySymbolicLinkLevels, Errno.notDirectory:
            CollectingError(.unsafePath, at: path, "a part of the path is a file or a link")
        default: CollectingError(.unwritable, at: named(path), "cannot be written: \(cause)")
        }
    }

    /// Removes what was written, after an error.
    ///
    /// - Returns: the given error, or, if the folder cannot be removed, an error that says so, because it may hold
    ///   secrets.
    package consuming func discarded(after error: any Error) -> any Error {
        do throws(CollectingError) {
            try FolderRemoval.remove(staging)
        } catch let failure {
            return CollectingError.left(failure.path, after: error, failure.message)
        }
        return error
    }

    /// Flushes everything to disk, and moves the folder to its final path in one step that happens completely or not at
    /// all.
    ///
    /// - Parameter isPrivate: whether only the owner may open it (`0700`), even if the folders in it are not private.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable` if nothing was put in place; `leftBehind` if the
    ///   folder is in place, but the one that it replaced could not be removed.
    public consuming func commit(isPrivate: Bool = false) throws(CollectingError) {
        if let left = try commitAndTell(isPrivate: isPrivate) { throw left }
    }

    /// Does what ``commit(isPrivate:)`` does, for callers that have more to do once the folder is in place.
    ///
    /// - Returns: the problem that remains although the folder is in place, with the code `leftBehind`; nil if there is
    ///   none.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable`; nothing was put in place then.
    package consuming func commitAndTell(isPrivate: Bool = false) throws(CollectingError) -> CollectingError? {
        let mode: mode_t = isPrivate ? 0o700 : folderMode
        try Self.writing(to: place) {
            guard unsafe chmod(staging.string, mode) == 0 else { throw Errno(rawValue: errno) }
            // All files are flushed at once: one by one, a large folder would wait for the disk thousands of times.
            try lock.flushFileSystemToDisk()
        }
        let old = try output.take()
        isCommitted = true
        do throws(CollectingError) {
            try PlaceOfFile.flushFolder(of: place)
            if let old { try FolderRemoval.remove(old) }
        } catch {
            return CollectingError(
                .leftBehind,
                at: place.string,
                "the new folder is in place, but the old one could not be removed: \(error)"
            )
        }
        return nil
    }

    private static func writing(to path: FilePath, _ body: () throws -> Void) throws(CollectingError) {
        do {
            try body()
        } catch {
            throw CollectingError(.unwritable, at: path.string, "cannot be written: \(error)")
        }
    }
}
