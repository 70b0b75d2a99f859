internal import Glibc
package import SystemPackage

/// A file that is written beside its place, which it takes when it is complete; what is not complete goes with its owner.
package final class StagedFile {
    /// Where the contents are written.
    package let descriptor: FileDescriptor
    /// Its place.
    package let path: FilePath
    /// Where the contents are until the file takes its place.
    package let staged: FilePath
    private var isOwn = false

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - path: its place; its folder must exist.
    ///   - mode: its permissions.
    /// - Throws: ``CollectingError``: `unsafePath`, `noFolder`, `busy` or `unwritable`.
    package init(for path: FilePath, mode: UInt32) throws(CollectingError) {
        guard let name = path.lastComponent else {
            throw CollectingError(.unsafePath, at: path.string, "a file needs a name")
        }
        self.path = path
        // A name that does not change, so that what a killed run left is written over by the next one.
        staged = path.removingLastComponent().appending(".\(name.string).scrubjay-partial")
        do {
            descriptor = try FileDescriptor.open(
                staged,
                .writeOnly,
                options: [.create, .noFollow, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o600)
            )
        } catch {
            // A folder that is missing is told as such.
            if error as? Errno == .noSuchFileOrDirectory { try PlaceOfFile.folder(for: path) }
            throw Self.unwritable(path, error)
        }
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw CollectingError(.busy, at: path.string, "another run is writing the same file")
        }
        isOwn = true
        guard ftruncate(descriptor.rawValue, 0) == 0, fchmod(descriptor.rawValue, mode) == 0 else {
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

    /// Brings the contents to the disk, and the file to its place.
    ///
    /// - Parameter replacing: whether a file that is there may go.
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
            throw CollectingError(.outputExists, at: path.string, "there is a file already")
        } catch {
            throw Self.unwritable(path, error)
        }
        isOwn = false
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

    /// Gives the file its name, which nothing may have, so that nothing is replaced by accident.
    private func putInPlace() throws(Errno) {
        switch try AtomicRename.move(staged, toNew: path) {
        case .done: return
        case .nameIsTaken: throw .fileExists
        case .unsupported:
            // A hard link is refused where something has the name, too.
            guard unsafe link(staged.string, path.string) == 0 else { throw Errno(rawValue: errno) }
            _ = unsafe unlink(staged.string)
        }
    }

    /// What is said where the file at `path` cannot be written.
    package static func unwritable(_ path: FilePath, _ cause: any Error) -> CollectingError {
        CollectingError(.unwritable, at: path.string, "it cannot be written: \(cause)")
    }
}
