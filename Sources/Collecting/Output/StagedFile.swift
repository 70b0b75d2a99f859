internal import Glibc
package import SystemPackage

/// A file that is written beside its final path and renamed when it is complete.
///
/// If it is dropped before ``commit(replacing:)``, the partial file is removed.
package final class StagedFile {
    /// The descriptor to write the contents to.
    package let descriptor: FileDescriptor
    /// The final path.
    package let path: FilePath
    /// The path of the contents until the file is moved to its final path.
    package let staged: FilePath
    private var isOwn = false

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: the final path; its folder must exist.
    ///   - mode: its permissions.
    /// - Throws: ``CollectingError``: `unsafePath`, `noFolder`, `busy` or `unwritable`.
    package init(for path: FilePath, mode: UInt32) throws(CollectingError) {
        guard let name = path.lastComponent else {
            throw CollectingError(.unsafePath, at: path.string, "a file needs a name")
        }
        self.path = path
        // The name is fixed, so that the next run replaces what a killed one left.
        staged = path.removingLastComponent().appending(".\(name.string).scrubjay-partial")
        do {
            descriptor = try Self.open(staged)
        } catch Errno.resourceTemporarilyUnavailable {
            throw CollectingError(.busy, at: path.string, "another run is writing the same file")
        } catch {
            // A missing folder is reported as such.
            if error as? Errno == .noSuchFileOrDirectory { try PlaceOfFile.folder(for: path) }
            throw Self.unwritable(path, error)
        }
        isOwn = true
        guard fchmod(descriptor.rawValue, mode) == 0 else {
            throw Self.unwritable(path, Errno(rawValue: errno))
        }
    }

    /// Begins a file with its complete contents.
    ///
    /// - Throws: ``CollectingError``: `unsafePath`, `noFolder`, `busy` or `unwritable`.
    package convenience init(for path: FilePath, mode: UInt32, contents: RawSpan) throws(CollectingError) {
        try self.init(for: path, mode: mode)
        do {
            _ = try unsafe contents.withUnsafeBytes { try unsafe descriptor.writeAll($0) }
        } catch {
            throw Self.unwritable(path, error)
        }
    }

    /// Begins a file with its complete contents.
    ///
    /// - Throws: ``CollectingError``: `unsafePath`, `noFolder`, `busy` or `unwritable`.
    package convenience init(for path: FilePath, mode: UInt32, contents: [UInt8]) throws(CollectingError) {
        try self.init(for: path, mode: mode, contents: unsafe contents.span.bytes)
    }

    /// The number of attempts to create a file that another process keeps creating or removing.
    private static let attempts = 3

    /// Creates a file that no other process has open, and locks it.
    ///
    /// An existing file with that name is never written to: it is removed if no process holds its lock; otherwise
    /// `Errno.resourceTemporarilyUnavailable` is thrown.
    private static func open(_ staged: FilePath) throws -> FileDescriptor {
        for _ in 0..<attempts {
            do {
                let descriptor = try FileDescriptor.open(
                    staged,
                    .writeOnly,
                    options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                    permissions: FilePermissions(rawValue: 0o600)
                )
                // Before it was locked, another run may have taken it for a leftover and removed it.
                if try locks(descriptor, at: staged) { return descriptor }
                try descriptor.close()
            } catch Errno.fileExists {
                try removeLeft(staged)
            }
        }
        throw Errno.resourceTemporarilyUnavailable
    }

    /// Removes what a killed run left.
    private static func removeLeft(_ staged: FilePath) throws {
        let left: FileDescriptor
        do {
            left = try FileDescriptor.open(staged, .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            return
        }
        try left.closeAfter {
            guard try locks(left, at: staged) else { throw Errno.resourceTemporarilyUnavailable }
            guard unsafe unlink(staged.string) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    /// Locks a file; returns false if another run has locked it, or if the path no longer leads to it.
    private static func locks(_ descriptor: FileDescriptor, at path: FilePath) throws -> Bool {
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { return false }
            throw Errno(rawValue: errno)
        }
        var (own, named) = (stat(), stat())
        guard unsafe fstat(descriptor.rawValue, &own) == 0 else { throw Errno(rawValue: errno) }
        guard unsafe lstat(path.string, &named) == 0 else { return false }
        return own.st_dev == named.st_dev && own.st_ino == named.st_ino
    }

    /// Removes what was written, after an error.
    ///
    /// - Returns: the given error, or, if the file cannot be removed, an error that says so, because it may hold a
    ///   secret.
    package func discarded(after error: any Error) -> any Error {
        guard isOwn else { return error }
        isOwn = false
        guard unsafe unlink(staged.string) != 0, errno != ENOENT else { return error }
        return CollectingError.left(staged.string, after: error, "\(Errno(rawValue: errno))")
    }

    deinit {
        if isOwn { _ = unsafe unlink(staged.string) }
        try? descriptor.close()
    }

    /// Flushes the contents to disk.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package func flush() throws(CollectingError) {
        do {
            try descriptor.flushToDisk()
        } catch {
            throw Self.unwritable(path, error)
        }
    }

    /// Flushes the contents to disk, moves the file to its final path, and flushes its name to disk.
    ///
    /// No test shows the effect of the last step, which matters only if the power fails.
    ///
    /// - Parameter replacing: whether an existing file may be replaced.
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable`.
    package func commit(replacing: Bool) throws(CollectingError) {
        do {
            try descriptor.flushToDisk()
            if replacing {
                guard unsafe rename(staged.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            } else {
                try putInPlace()
            }
        } catch Errno.fileExists {
            throw CollectingError(.outputExists, at: path.string, "the file already exists")
        } catch {
            throw Self.unwritable(path, error)
        }
        isOwn = false
        try PlaceOfFile.flushFolder(of: path)
    }

    /// Moves files to their final paths one after the other, once all of them are on disk.
    ///
    /// If one cannot be moved, those before it are removed again, unless they replaced other files.
    ///
    /// - Throws: ``CollectingError``: `outputExists` or `unwritable`.
    package static func commit(_ files: [StagedFile], replacing: Bool) throws(CollectingError) {
        for file in files {
            if !replacing { try PrivateFile.checkFree(file.path) }
            try file.flush()
        }
        var placed: [FilePath] = []
        do throws(CollectingError) {
            for file in files {
                try file.commit(replacing: replacing)
                placed.append(file.path)
            }
        } catch {
            if !replacing { for path in placed { try PrivateFile.remove(path) } }
            throw error
        }
    }

    /// Moves the file to a path that must not exist, so that nothing is replaced by accident.
    private func putInPlace() throws(Errno) {
        switch try AtomicRename.move(staged, toNew: path) {
        case .done: return
        case .nameIsTaken: throw .fileExists
        case .unsupported:
            // Creating a hard link also fails if the name exists.
            guard unsafe link(staged.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            _ = unsafe unlink(staged.string)
        }
    }

    /// Returns the error for a file at `path` that cannot be written.
    package static func unwritable(_ path: FilePath, _ cause: any Error) -> CollectingError {
        CollectingError(.unwritable, at: path.string, "cannot be written: \(cause)")
    }
}
