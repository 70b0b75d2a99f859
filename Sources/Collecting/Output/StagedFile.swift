internal import Glibc
package import SystemPackage

/// A file that is written beside its final path and renamed when it is complete.
///
/// If dropped before `commit`, the partial file is removed.
package final class StagedFile {
    /// The descriptor to write the contents to.
    package let descriptor: FileDescriptor
    /// Its place.
    package let path: FilePath
    /// Where the contents are until the file takes its place.
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
        // A fixed name, so that the next run overwrites what a killed one left.
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

    /// Begins a file with all that is to be in it.
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

    /// Begins a file with all that is to be in it.
    ///
    /// - Throws: ``CollectingError``: `unsafePath`, `noFolder`, `busy` or `unwritable`.
    package convenience init(for path: FilePath, mode: UInt32, contents: [UInt8]) throws(CollectingError) {
        try self.init(for: path, mode: mode, contents: unsafe contents.span.bytes)
    }

    /// How often a file that somebody else makes and removes is tried again.
    private static let attempts = 3

    /// Makes a file that nobody had open before, and locks it.
    ///
    /// A file that has the name is never written to, whoever made it: it is removed where nobody holds its lock, and otherwise
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
                // Another run may have taken it for one that was left, before it was locked.
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

    /// Locks a file; false where another run has it, or it has not the name any more.
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
    /// - Returns: the error; where the file cannot be removed, one that says so, since it may hold a secret.
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

    /// Brings the contents to the disk.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package func flush() throws(CollectingError) {
        do {
            try descriptor.flushToDisk()
        } catch {
            throw Self.unwritable(path, error)
        }
    }

    /// Brings the contents to the disk, the file to its place, and its name to the disk.
    ///
    /// No test shows the last step, which counts when the power fails.
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

    /// Puts files in place one after the other, once all of them are on the disk.
    ///
    /// Where one cannot be put in place, those before it are removed again, unless they have replaced others.
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

    /// Renames the file to a name that must not exist, so that nothing is replaced by accident.
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

    /// The error for a file at `path` that cannot be written.
    package static func unwritable(_ path: FilePath, _ cause: any Error) -> CollectingError {
        CollectingError(.unwritable, at: path.string, "cannot be written: \(cause)")
    }
}
