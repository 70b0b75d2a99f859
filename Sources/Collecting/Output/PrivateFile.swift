internal import Glibc
public import SystemPackage

/// Writes single files that appear complete or not at all.
public enum PrivateFile {
    /// Creates a file that only its owner can read; missing folders of the path are created, accessible only by their
    /// owner.
    ///
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`.
    public static func create(_ bytes: RawSpan, at path: FilePath) throws(CollectingError) {
        try makeFolders(for: path)
        try write(bytes, to: path, mode: 0o600, replacing: false)
    }

    /// Creates the missing folders of a file's path, accessible only by their owner.
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

    /// Refuses a path that exists.
    ///
    /// - Throws: ``CollectingError`` `outputExists`.
    public static func checkFree(_ path: FilePath) throws(CollectingError) {
        do throws(CollectingError) {
            _ = try Deployment.stat(of: path, followingLink: false)
        } catch  where error.code == .missing {
            return
        }
        throw CollectingError(.outputExists, at: path.string, "the file already exists")
    }

    /// Writes a file without secrets, as ``write(_:to:mode:replacing:)-(RawSpan,_,_,_)`` does.
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

    /// Writes a file atomically.
    ///
    /// An existing one is replaced if `replacing` is set, and refused otherwise.
    ///
    /// - Parameters:
    ///   - bytes: the contents; they are not copied elsewhere.
    ///   - path: the final path; its folder must exist.
    ///   - mode: its permissions.
    ///   - replacing: whether an existing file may be replaced.
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
            throw error as? CollectingError ?? StagedFile.unwritable(path, error)
        }
    }

    /// Writes a file in pieces.
    ///
    /// The file appears when all pieces are written.
    ///
    /// - Parameters:
    ///   - path: the final path; its folder must exist.
    ///   - mode: its permissions.
    ///   - replacing: whether an existing file may be replaced.
    ///   - body: writes the contents.
    /// - Throws: ``CollectingError``: `outputExists`, `busy` or `unwritable`; what `body` throws other than `Errno`.
    public static func write(
        to path: FilePath,
        mode: UInt32,
        replacing: Bool,
        _ body: (FileDescriptor) throws -> Void
    ) throws {
        let file = try StagedFile(for: path, mode: mode)
        do {
            try body(file.descriptor)
        } catch {
            throw file.discarded(after: (error as? Errno).map { StagedFile.unwritable(path, $0) } ?? error)
        }
        try file.commit(replacing: replacing)
    }

    /// Removes a file if it exists, and flushes the removal to disk.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func remove(_ path: FilePath) throws(CollectingError) {
        try PlaceOfFile.remove(path)
        try PlaceOfFile.flushFolder(of: path)
    }

    /// Returns the absolute path of something that exists, with links resolved.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`.
    package static func resolved(_ path: FilePath) throws(CollectingError) -> String {
        do throws(Errno) {
            return try PlaceOfFile.real(path).string
        } catch {
            throw CollectingError(
                error == .noSuchFileOrDirectory ? .missing : .unreadable,
                at: path.string,
                "cannot be found: \(error)"
            )
        }
    }
}
