internal import Glibc
public import SystemPackage

/// A file that is kept open, so that a replacement is not read by accident.
public final class OpenFile: Sendable {
    /// The path of the file when it was opened.
    public let path: FilePath
    /// The size in bytes when it was opened.
    public let size: Int
    private let descriptor: FileDescriptor

    /// Opens a file; a link is followed.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` if it is not a regular file.
    public init(_ path: FilePath) throws(CollectingError) {
        self.path = path
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such file")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "cannot be read: \(error)")
        }
        var status = stat()
        let result = unsafe fstat(descriptor.rawValue, &status)
        size = Int(status.st_size)
        guard result == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw CollectingError(.changed, at: path.string, "this is not a regular file")
        }
    }

    deinit { try? descriptor.close() }

    /// Reads a range of bytes; returns fewer if the file has become shorter.
    ///
    /// - Throws: ``CollectingError`` `unreadable`.
    public func bytes(_ range: Range<Int>) throws(CollectingError) -> [UInt8] {
        do {
            return try descriptor.bytes(range)
        } catch {
            throw CollectingError(.unreadable, at: path.string, "cannot be read: \(error)")
        }
    }
}
