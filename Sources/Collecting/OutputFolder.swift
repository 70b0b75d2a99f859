internal import Glibc
public import SystemPackage

/// A folder that appears at its place complete, or not at all.
///
/// Everything is written into a folder beside the place, which only its owner can read, and which the final rename puts
/// there. What is dropped without ``commit()`` is removed. What a killed run left is removed by the next one.
public struct OutputFolder: ~Copyable {
    private let output: OutputPlace
    private let lock: FileDescriptor
    private let isPrivate: Bool
    private var isCommitted = false

    /// The place where the folder appears.
    public var place: FilePath { output.path }
    private var staging: FilePath { output.staging }

    /// Starts a folder that is to appear at `place`.
    ///
    /// - Parameters:
    ///   - place: where it appears; its parent must exist.
    ///   - sources: folders that are read meanwhile; none of them may lie in `place`, nor `place` in one of them.
    ///   - replacing: whether a folder at `place` may go that an earlier run has written, or in which nothing is.
    ///   - paths: the paths of what is written, where it has no file that says who wrote it: a folder that holds nothing else
    ///     may be replaced, too.
    ///   - isPrivate: whether only the owner may look into its folders (`0700`).
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

    /// The folder in which the contents are until they are committed.
    public var stagingPath: FilePath { staging }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - bytes: the contents.
    ///   - path: the path relative to the folder; missing folders are made.
    ///   - isPrivate: whether only the owner may read it (`0600`, or `0700` for an executable).
    ///   - isExecutable: whether it is a program.
    ///   - replacing: whether a file that was written there before gets these contents.
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

    /// Makes a file that is written piece by piece.
    ///
    /// Every folder on the way is opened from the one above it, so that a link in its place is refused.
    ///
    /// - Parameters:
    ///   - path: the path relative to the folder; missing folders are made.
    ///   - isPrivate: whether only the owner may read it (`0600`, or `0700` for an executable).
    ///   - isExecutable: whether it is a program.
    ///   - replacing: whether a file that was written there before is emptied.
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

    /// What a file is called where somebody is told of it: its place, not that at which it waits.
    private func named(_ path: String) -> String { FilePath(output.given).appending(path).string }

    /// Removes a file that was written, and the folders on the way that are empty then.
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

    /// The components of a path that stays inside of a folder.
    private static func components(of path: String) throws(CollectingError) -> [String] {
        let components = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !components.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.contains(0) }) else {
            throw CollectingError(.unsafePath, at: path, "the path is not one inside of a folder")
        }
        return components
    }

    /// Opens a folder below another, each from the one above it, so that a link in the place of one is refused.
    ///
    /// - Parameter mode: the permissions of folders on the way that are missing; nil where they must be there.
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

    /// Makes a symbolic link.
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

    /// What is said where something cannot be made at a path of the folder.
    private func refusal(of path: String, _ cause: any Error) -> CollectingError {
        switch cause {
        case Errno.tooManySymbolicLinkLevels, Errno.notDirectory:
            CollectingError(.unsafePath, at: path, "a part of the path is a file or a link")
        default: CollectingError(.unwritable, at: named(path), "it cannot be written: \(cause)")
        }
    }

    /// Removes what was written, after an error.
    ///
    /// - Returns: the error; where the folder cannot be removed, one that says so, since it may hold secrets.
    package consuming func discarded(after error: any Error) -> any Error {
        do throws(CollectingError) {
            try FolderRemoval.remove(staging)
        } catch let failure {
            return CollectingError.left(failure.path, after: error, failure.message)
        }
        return error
    }

    /// Brings everything to the disk, and puts the folder at its place, in one step that either happens or does not.
    ///
    /// - Parameter isPrivate: whether only the owner may look into it (`0700`), if not into all of its folders.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable` where nothing was put in place; `leftBehind` where the
    ///   folder stands in its place, and the one that it replaced could not be removed.
    public consuming func commit(isPrivate: Bool = false) throws(CollectingError) {
        if let left = try commitAndTell(isPrivate: isPrivate) { throw left }
    }

    /// Does as ``commit(isPrivate:)`` does, for who has more to do when the folder stands in its place.
    ///
    /// - Returns: what is wrong although the folder stands in its place, with the code `leftBehind`; nil where all is well.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable`; nothing was put in place then.
    package consuming func commitAndTell(isPrivate: Bool = false) throws(CollectingError) -> CollectingError? {
        let mode: mode_t = isPrivate ? 0o700 : folderMode
        try Self.writing(to: place) {
            guard unsafe chmod(staging.string, mode) == 0 else { throw Errno(rawValue: errno) }
            // All files at once: each for itself waits for the disk some thousand times in a large folder.
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
                "it is complete and in its place, but of the folder that was there: \(error.path): \(error.message)"
            )
        }
        return nil
    }

    private static func writing(to path: FilePath, _ body: () throws -> Void) throws(CollectingError) {
        do {
            try body()
        } catch {
            throw CollectingError(.unwritable, at: path.string, "it cannot be written: \(error)")
        }
    }
}
