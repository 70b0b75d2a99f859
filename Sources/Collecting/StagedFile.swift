internal import Glibc
package import SystemPackage

/// A file that is written beside its final path and renamed when it is complete.
///
/// If dropped before `commit`, the partial file is removed.
package final class StagedFile {
    /// The descriptor to write the contents to.
    package let descriptor: FileDescriptor
    private let path: FilePath
    private let staged: FilePath
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
            descriptor = try FileDescriptor.open(
                staged,
                .writeOnly,
                options: [.create, .noFollow, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o600)
            )
        } catch {
            // A missing folder is reported as such.
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

    deinit {
        if isOwn { _ = unsafe unlink(staged.string) }
        try? descriptor.close()
    }

    /// Flushes the contents to disk, and moves the file to its final path.
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
            throw CollectingError(.outputExists, at: path.string, "there is a file already")
        } catch {
            throw Self.unwritable(path, error)
        }
        isOwn = false
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
        CollectingError(.unwritable, at: path.string, "it cannot be written: \(cause)")
    }
}
