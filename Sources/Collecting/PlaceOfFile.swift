internal import Glibc
public import SystemPackage

/// Where a file or folder lies that need not be there yet.
public enum PlaceOfFile {
    /// The absolute path of `path`, with no link in what leads to it.
    ///
    /// - Throws: ``CollectingError``: `missing` where there is no folder to hold it, or `unsafePath` where it has no name.
    public static func resolved(_ path: FilePath) throws(CollectingError) -> FilePath {
        let normalized = path.lexicallyNormalized()
        guard let name = normalized.lastComponent, name.kind == .regular else {
            throw CollectingError(.unsafePath, at: path.string, "this needs a name of its own")
        }
        return try resolvedFolder(parent(of: path)).appending(name)
    }

    /// The absolute path of a folder that is there, with no link in it.
    ///
    /// - Throws: ``CollectingError``: `missing`, or `unreadable` where the system does not let it be found.
    public static func resolvedFolder(_ path: FilePath) throws(CollectingError) -> FilePath {
        do throws(Errno) {
            return try real(path)
        } catch .noSuchFileOrDirectory, .notDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such folder")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "it cannot be found: \(error)")
        }
    }

    /// The absolute path of something that is there, with no link in it, as `realpath(3)` finds it.
    static func real(_ path: FilePath) throws(Errno) -> FilePath {
        guard let resolved = unsafe realpath(path.string, nil) else { throw Errno(rawValue: errno) }
        defer { unsafe free(resolved) }
        return FilePath(unsafe String(cString: resolved))
    }

    /// The folder in which something is to be made, which must be there: a name that was mistyped makes no folders.
    ///
    /// - Returns: its absolute path, with no link in it.
    /// - Throws: ``CollectingError``: `noFolder`, or `unreadable` where the system does not let it be found.
    @discardableResult
    package static func folder(for place: FilePath) throws(CollectingError) -> FilePath {
        let parent = parent(of: place)
        do throws(CollectingError) {
            return try resolvedFolder(parent)
        } catch  where error.code == .missing {
            throw CollectingError(.noFolder, at: place.string, "the folder '\(parent)' is not there")
        }
    }

    /// The folder that a place lies in; `.` for a name alone.
    static func parent(of place: FilePath) -> FilePath {
        let parent = place.lexicallyNormalized().removingLastComponent()
        return parent.isEmpty ? "." : parent
    }

    /// Whether `path` is `folder` or lies in it.
    ///
    /// - Throws: ``CollectingError``, as ``resolved(_:)``.
    public static func isInside(_ path: FilePath, of folder: FilePath) throws(CollectingError) -> Bool {
        let place = try resolved(path)
        // A folder that is there may be named through a link, or as `.`.
        if let real = try? resolvedFolder(folder) { return place.starts(with: real) }
        return place.starts(with: try resolved(folder))
    }

    /// Puts a file that is complete in the place of another, in one step.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    public static func move(_ path: FilePath, to place: FilePath) throws(CollectingError) {
        guard unsafe rename(path.string, place.string) == 0 else {
            throw CollectingError(.unwritable, at: place.string, "it cannot be put in place: \(Errno(rawValue: errno))")
        }
        try flushFolder(of: place)
    }

    /// Brings the name of something that was put in place to the disk.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    static func flushFolder(of place: FilePath) throws(CollectingError) {
        do {
            let folder = parent(of: place)
            let descriptor = try FileDescriptor.open(folder, .readOnly, options: [.directory, .closeOnExec])
            try descriptor.closeAfter { try descriptor.flushToDisk() }
        } catch {
            throw CollectingError(.unwritable, at: place.string, "its folder cannot be written: \(error)")
        }
    }

    /// Whether there is anything at a place; a link counts, wherever it leads.
    ///
    /// - Throws: ``CollectingError`` `unreadable`.
    package static func exists(_ path: FilePath) throws(CollectingError) -> Bool {
        do {
            _ = try Deployment.stat(of: path, followingLink: false)
            return true
        } catch  where error.code == .missing {
            return false
        }
    }

    /// Makes a folder that others may look into, unless there is one.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func makeFolder(_ path: FilePath) throws(CollectingError) {
        guard unsafe mkdir(path.string, 0o755) == 0 || errno == EEXIST else {
            throw CollectingError(.unwritable, at: path.string, "it cannot be made: \(Errno(rawValue: errno))")
        }
    }

    /// Removes a file; one that is not there is gone already.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    public static func remove(_ path: FilePath) throws(CollectingError) {
        guard unsafe unlink(path.string) == 0 || errno == ENOENT else {
            throw CollectingError(.unwritable, at: path.string, "it cannot be removed: \(Errno(rawValue: errno))")
        }
    }
}
