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
            throw error as? CollectingError ?? StagedFile.unwritable(path, error)
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
        let file = try StagedFile(for: path, mode: mode)
        do {
            try body(file.descriptor)
        } catch {
            throw file.discarded(after: (error as? Errno).map { StagedFile.unwritable(path, $0) } ?? error)
        }
        try file.commit(replacing: replacing)
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
        do {
            let folder = try FileDescriptor.open(
                path.folder,
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
        do throws(Errno) {
            return try PlaceOfFile.real(path).string
        } catch {
            throw CollectingError(
                error == .noSuchFileOrDirectory ? .missing : .unreadable,
                at: path.string,
                "it cannot be found: \(error)"
            )
        }
    }
}
