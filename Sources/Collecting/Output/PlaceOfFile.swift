internal import Glibc
public import SystemPackage

/// Resolves and changes paths of files and folders that need not exist yet.
public enum PlaceOfFile {
    /// Returns the absolute path of `path`, with links in its parent resolved.
    ///
    /// - Throws: ``CollectingError``: `missing` if its parent does not exist, or `unsafePath` if it has no name.
    public static func resolved(_ path: FilePath) throws(CollectingError) -> FilePath {
        let normalized = path.lexicallyNormalized()
        guard let name = normalized.lastComponent, name.kind == .regular else {
            throw CollectingError(.unsafePath, at: path.string, "this needs a name of its own")
        }
        return try resolvedFolder(parent(of: path)).appending(name)
    }

    /// Returns the absolute path of an existing folder, with links resolved.
    ///
    /// - Throws: ``CollectingError``: `missing`, or `unreadable` if the system does not allow finding it.
    public static func resolvedFolder(_ path: FilePath) throws(CollectingError) -> FilePath {
        do throws(Errno) {
            return try real(path)
        } catch .noSuchFileOrDirectory, .notDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such folder")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "cannot be found: \(error)")
        }
    }

    /// Returns the absolute path of something that exists, with links resolved, as `realpath(3)` does.
    static func real(_ path: FilePath) throws(Errno) -> FilePath {
        guard let resolved = unsafe realpath(path.string, nil) else { throw Errno(rawValue: errno) }
        defer { unsafe free(resolved) }
        return FilePath(unsafe String(cString: resolved))
    }

    /// Returns the parent folder of a new file, which must exist: a mistyped name creates no folders.
    ///
    /// - Returns: its absolute path, with links resolved.
    /// - Throws: ``CollectingError``: `noFolder`, or `unreadable` if the system does not allow finding it.
    @discardableResult
    package static func folder(for place: FilePath) throws(CollectingError) -> FilePath {
        let parent = parent(of: place)
        do throws(CollectingError) {
            return try resolvedFolder(parent)
        } catch  where error.code == .missing {
            throw CollectingError(.noFolder, at: place.string, "the folder '\(parent)' does not exist")
        }
    }

    /// Returns the parent folder of a path; `.` for a bare name.
    static func parent(of place: FilePath) -> FilePath {
        let parent = place.lexicallyNormalized().removingLastComponent()
        return parent.isEmpty ? "." : parent
    }

    /// Whether `path` is `folder` or inside it.
    ///
    /// - Throws: ``CollectingError``, as ``resolved(_:)``.
    public static func isInside(_ path: FilePath, of folder: FilePath) throws(CollectingError) -> Bool {
        let place = try resolved(path)
        // An existing folder may be named through a link, or as `.`.
        if let real = try? resolvedFolder(folder) { return place.starts(with: real) }
        return place.starts(with: try resolved(folder))
    }

    /// Moves a complete file to its final path, replacing an existing one atomically.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    public static func move(_ path: FilePath, to place: FilePath) throws(CollectingError) {
        guard unsafe rename(path.string, place.string) == 0 else {
            throw CollectingError(
                .unwritable,
                at: place.string,
                "cannot be moved into place: \(Errno(rawValue: errno))"
            )
        }
        try flushFolder(of: place)
    }

    /// Flushes to disk the name of something that was put in place.
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

    /// Whether anything exists at a path; a link counts even if it is broken.
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

    /// Creates a folder that others may read, unless it exists.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func makeFolder(_ path: FilePath) throws(CollectingError) {
        guard unsafe mkdir(path.string, 0o755) == 0 || errno == EEXIST else {
            throw CollectingError(.unwritable, at: path.string, "cannot be created: \(Errno(rawValue: errno))")
        }
    }

    /// Removes a file; a missing one is not an error.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    public static func remove(_ path: FilePath) throws(CollectingError) {
        guard unsafe unlink(path.string) == 0 || errno == ENOENT else {
            throw CollectingError(.unwritable, at: path.string, "cannot be removed: \(Errno(rawValue: errno))")
        }
    }
}
