internal import Glibc
public import SystemPackage

/// A folder that appears complete or not at all.
///
/// Everything is written to a folder beside the final path, which only its owner can read, and which is renamed at the
/// end. Without ``commit()`` it is removed. The next run removes what a killed run left.
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
    ///   - sources: folders that are read meanwhile; they must not contain `place`, nor `place` them.
    ///   - replacing: whether a folder at `place` may be replaced if an earlier run wrote it or it is empty.
    ///   - paths: the paths of the output, if it has no file that marks it as ours: a folder with nothing else may also
    ///     be replaced.
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
    ///   - replacing: whether a file written there before is replaced.
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
    ///   - replacing: whether a file written there before is emptied.
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
        } catch Errno.tooManySymbolicLinkLevels, Errno.notDirectory {
            throw CollectingError(.unsafePath, at: path, "a part of the path is a file or a link")
        } catch {
            throw CollectingError(.unwritable, at: named(path), "it cannot be written: \(error)")
        }
    }

    /// The path used in messages: the final path, not the staging path.
    private func named(_ path: String) -> String { FilePath(output.given).appending(path).string }

    /// Removes a written file, and the folders that become empty.
    ///
    /// - Parameter path: the path relative to the folder.
    /// - Throws: ``CollectingError``: `unsafePath` or `unwritable`.
    public func remove(_ path: String) throws(CollectingError) {
        var components = try Self.components(of: path)
        try Self.writing(to: staging.appending(path)) {
            guard unsafe unlink(staging.appending(path).string) == 0 else { throw Errno(rawValue: errno) }
            components.removeLast()
            while !components.isEmpty {
                guard unsafe rmdir(staging.appending(components.joined(separator: "/")).string) == 0 else {
                    if errno == ENOTEMPTY || errno == EEXIST { return }
                    throw Errno(rawValue: errno)
                }
                components.removeLast()
            }
        }
    }

    /// Returns the components of a path that stays inside a folder.
    private static func components(of path: String) throws(CollectingError) -> [String] {
        let components = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !components.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.utf8.contains(0) }) else {
            throw CollectingError(.unsafePath, at: path, "the path is not one inside of a folder")
        }
        return components
    }

    /// Opens a folder below another, and creates missing ones.
    private static func open(
        _ components: ArraySlice<String>,
        below root: FileDescriptor,
        mode: mode_t
    ) throws -> FileDescriptor {
        var folder = try root.duplicate()
        for name in components {
            let next: Int32
            do {
                defer { try? folder.close() }
                if unsafe mkdirat(folder.rawValue, name, mode) != 0 && errno != EEXIST { throw Errno(rawValue: errno) }
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
        let place = try prepare(path)
        try Self.writing(to: place) {
            let result = unsafe place.withPlatformString { name in unsafe symlink(target, name) }
            guard result == 0 else { throw Errno(rawValue: errno) }
        }
    }

    /// Flushes everything to disk, and moves the folder to its final path atomically.
    ///
    /// - Parameter isPrivate: whether only the owner may access it (`0700`), if not all of its folders are private.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable`.
    public consuming func commit(isPrivate: Bool = false) throws(CollectingError) {
        let mode: mode_t = isPrivate ? 0o700 : folderMode
        try Self.writing(to: place) {
            guard unsafe chmod(staging.string, mode) == 0 else { throw Errno(rawValue: errno) }
            // All files at once: one by one, a large folder would wait for the disk thousands of times.
            try lock.flushFileSystemToDisk()
        }
        let old = try output.take()
        isCommitted = true
        if let old { try FolderRemoval.remove(old) }
        let parent = place.removingLastComponent()
        try Self.writing(to: parent) {
            let descriptor = try FileDescriptor.open(parent, .readOnly, options: [.directory, .closeOnExec])
            try descriptor.closeAfter { try descriptor.flushToDisk() }
        }
    }

    private func prepare(_ path: String) throws(CollectingError) -> FilePath {
        let components = try Self.components(of: path)
        var folder = staging
        for component in components.dropLast() {
            folder.append(component)
            guard unsafe mkdir(folder.string, folderMode) == 0 || errno == EEXIST else {
                throw CollectingError(.unwritable, at: path, "its folder cannot be made: \(Errno(rawValue: errno))")
            }
            guard try Deployment.stat(of: folder, followingLink: false).type == .directory else {
                throw CollectingError(.unsafePath, at: path, "a part of the path is a file or a link")
            }
        }
        return staging.appending(path)
    }

    private static func writing(to path: FilePath, _ body: () throws -> Void) throws(CollectingError) {
        do {
            try body()
        } catch {
            throw CollectingError(.unwritable, at: path.string, "it cannot be written: \(error)")
        }
    }
}
