internal import Glibc
public import SystemPackage

/// Writes single files that appear complete or not at all.
public enum PrivateFile {
    /// Creates a file that only its owner can read; missing folders of the path are made, as private.
    ///
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`.
    public static func create(_ bytes: RawSpan, at path: FilePath) throws(CollectingError) {
        try makeFolders(for: path)
        try write(bytes, to: path, mode: 0o600, replacing: false)
    }

    /// Makes the folders that lead to a file and are missing, for their owner alone.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func makeFolders(for path: FilePath) throws(CollectingError) {
        var folder = FilePath(root: path.root)
        for component in path.removingLastComponent().components {
            folder.append(component)
            guard unsafe mkdir(folder.string, 0o700) == 0 || errno == EEXIST || errno == EROFS else {
                throw CollectingError(
                    .unwritable,
                    at: path.string,
                    "its folder cannot be made: \(Errno(rawValue: errno))"
                )
            }
        }
    }

    /// Refuses a path where something is already.
    ///
    /// - Throws: ``CollectingError`` `outputExists`.
    public static func checkFree(_ path: FilePath) throws(CollectingError) {
        do throws(CollectingError) {
            _ = try Deployment.stat(of: path, followingLink: false)
        } catch  where error.code == .missing {
            return
        }
        throw CollectingError(.outputExists, at: path.string, "there is a file already")
    }

    /// Writes a file whose contents are no secret, as ``write(_:to:mode:replacing:)-(RawSpan,_,_,_)`` does.
    ///
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`.
    public static func write(
        _ bytes: [UInt8],
        to path: FilePath,
        mode: UInt32,
        replacing: Bool
    ) throws(CollectingError) {
        try write(unsafe bytes.span.bytes, to: path, mode: mode, replacing: replacing)
    }

    /// Writes a file; one that exists is replaced in one step where `replacing`, and refused otherwise.
    ///
    /// - Parameters:
    ///   - bytes: the contents; they are copied nowhere else.
    ///   - path: where the file appears; its folder must exist.
    ///   - mode: its permissions.
    ///   - replacing: whether a file that is there may go.
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`.
    public static func write(
        _ bytes: RawSpan,
        to path: FilePath,
        mode: UInt32,
        replacing: Bool
    ) throws(CollectingError) {
        do {
            try write(to: path, mode: mode, replacing: replacing) { descriptor in
                _ = try unsafe bytes.withUnsafeBytes { try unsafe descriptor.writeAll($0) }
            }
        } catch {
            throw error as? CollectingError
                ?? CollectingError(.unwritable, at: path.string, "it cannot be written: \(error)")
        }
    }

    /// Writes a file piece by piece, which appears when all pieces are there.
    ///
    /// - Parameters:
    ///   - path: where the file appears; its folder must exist.
    ///   - mode: its permissions.
    ///   - replacing: whether a file that is there may go.
    ///   - body: writes the contents.
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`; what `body` throws that is no `Errno`.
    public static func write(
        to path: FilePath,
        mode: UInt32,
        replacing: Bool,
        _ body: (FileDescriptor) throws -> Void
    ) throws {
        guard let name = path.lastComponent else {
            throw CollectingError(.unsafePath, at: path.string, "a file needs a name")
        }
        // A name that does not change, so that what a killed run left is written over by the next one.
        let staged = path.removingLastComponent().appending(".\(name.string).scrubjay-partial")
        let descriptor: FileDescriptor
        do {
            descriptor = try open(staged)
        } catch Errno.noSuchFileOrDirectory {
            try PlaceOfFile.folder(for: path)
            throw CollectingError(.unwritable, at: path.string, "it cannot be written: \(Errno.noSuchFileOrDirectory)")
        } catch {
            throw CollectingError(.unwritable, at: path.string, "it cannot be written: \(error)")
        }
        defer { try? descriptor.close() }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw CollectingError(.busy, at: path.string, "another run is writing the same file")
        }
        do {
            guard ftruncate(descriptor.rawValue, 0) == 0, fchmod(descriptor.rawValue, mode) == 0 else {
                throw Errno(rawValue: errno)
            }
            try body(descriptor)
            try descriptor.flushToDisk()
            if replacing {
                guard unsafe rename(staged.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            } else {
                try putInPlace(staged, path)
            }
        } catch Errno.fileExists {
            _ = unsafe unlink(staged.string)
            throw CollectingError(.outputExists, at: path.string, "there is a file already")
        } catch let error where !(error is Errno) {
            _ = unsafe unlink(staged.string)
            throw error
        } catch {
            _ = unsafe unlink(staged.string)
            throw CollectingError(.unwritable, at: path.string, "it cannot be written: \(error)")
        }
    }

    /// Gives a file that is complete its name, which nothing may have, so that nothing is replaced by accident.
    private static func putInPlace(_ staged: FilePath, _ path: FilePath) throws(Errno) {
        switch try AtomicRename.move(staged, toNew: path) {
        case .done: return
        case .nameIsTaken: throw .fileExists
        case .unsupported:
            // A hard link is refused where something has the name, too.
            guard unsafe link(staged.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            _ = unsafe unlink(staged.string)
        }
    }

    /// Removes a file, if there is one, and lets that reach the disk.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func remove(_ path: FilePath) throws(CollectingError) {
        guard unsafe unlink(path.string) == 0 || errno == ENOENT else {
            throw CollectingError(
                .unwritable,
                at: path.string,
                "it cannot be removed: \(Errno(rawValue: errno))"
            )
        }
        let parent = path.removingLastComponent()
        do {
            let folder = try FileDescriptor.open(
                parent.isEmpty ? "." : parent,
                .readOnly,
                options: [.directory, .closeOnExec]
            )
            defer { try? folder.close() }
            guard fsync(folder.rawValue) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            throw CollectingError(.unwritable, at: path.string, "its folder cannot be synced: \(error)")
        }
    }

    /// The absolute path of something that is there, without links.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`.
    package static func resolved(_ path: FilePath) throws(CollectingError) -> String {
        guard let resolved = unsafe realpath(path.string, nil) else {
            let cause = Errno(rawValue: errno)
            throw CollectingError(
                cause == .noSuchFileOrDirectory ? .missing : .unreadable,
                at: path.string,
                "it cannot be found: \(cause)"
            )
        }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func open(_ path: FilePath) throws -> FileDescriptor {
        try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .noFollow, .closeOnExec],
            permissions: FilePermissions(rawValue: 0o600)
        )
    }
}
