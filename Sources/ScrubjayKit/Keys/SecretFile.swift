internal import Collecting
public import Sodium
public import SystemPackage

/// Reads files of keys and passwords straight into locked memory.
public enum SecretFile {
    /// Returns all bytes of a file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - limit: the maximum size of the file in bytes.
    ///   - noun: the name of the file in error messages, such as `key file`.
    /// - Returns: its bytes.
    /// - Throws: ``CollectingError`` `missing` or `unreadable`; ``SodiumError`` `tooLong`.
    static func contents(of path: FilePath, atMost limit: Int, noun: String) throws -> SecretBytes {
        try open(path, noun: noun) { try SecretBytes.readAll(of: $0, limit: limit) }
    }

    /// Returns the first line of a file, without its line end; nothing after it is read.
    ///
    /// - Throws: as ``contents(of:atMost:noun:)`` does.
    public static func line(of path: FilePath, atMost limit: Int, noun: String) throws -> SecretBytes {
        try open(path, noun: noun) { try SecretBytes.readLine(of: $0, limit: limit) }
    }

    private static func open(
        _ path: FilePath,
        noun: String,
        _ read: (Int32) throws -> SecretBytes
    ) throws -> SecretBytes {
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such \(noun)")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "the \(noun) cannot be read: \(error)")
        }
        defer { try? descriptor.close() }
        return try read(descriptor.rawValue)
    }
}
