internal import Glibc
public import SystemPackage

/// A file that can be read several times; it is the same each time, or reading it fails.
public struct StableFile: Sendable {
    /// The properties that reveal whether a file was changed or replaced; any write changes the last two.
    private struct Stamp: Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        var seconds: Int
        var nanoseconds: Int
    }

    /// The path of the file.
    public let path: FilePath
    private let stamp: Stamp
    private let mode: UInt32

    /// Examines a file; a link is not followed.
    ///
    /// - Throws: ``CollectingError``: `missing`, `unreadable`, or `changed` if it is not a regular file.
    public init(_ path: FilePath) throws(CollectingError) {
        self.path = path
        (stamp, mode) = try Self.reading(path) { descriptor in try Self.look(at: descriptor, path) }
    }

    /// The number of bytes.
    public var size: Int { stamp.size }
    /// Whether its owner may execute it.
    public var isExecutable: Bool { mode & 0o100 != 0 }
    /// Whether it runs with the rights of its owner or group (setuid or setgid).
    public var changesIdentity: Bool { mode & 0o6000 != 0 }

    /// Reads a range of bytes.
    ///
    /// - Throws: ``CollectingError``: `changed` if the file has changed; `missing` or `unreadable`.
    public func bytes(_ range: Range<Int>) throws(CollectingError) -> [UInt8] {
        try Self.reading(path) { descriptor in
            guard try Self.look(at: descriptor, path).0 == stamp else {
                throw CollectingError(.changed, at: path.string, "the file changed while it was read")
            }
            return try descriptor.bytes(range)
        }
    }

    private static func look(at descriptor: FileDescriptor, _ path: FilePath) throws -> (Stamp, UInt32) {
        var status = stat()
        guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CollectingError(.changed, at: path.string, "this is not a regular file")
        }
        let stamp = Stamp(
            device: UInt(status.st_dev),
            inode: UInt(status.st_ino),
            size: Int(status.st_size),
            seconds: status.st_ctim.tv_sec,
            nanoseconds: status.st_ctim.tv_nsec
        )
        return (stamp, status.st_mode)
    }

    fileprivate static func reading<Result>(
        _ path: FilePath,
        _ body: (FileDescriptor) throws -> Result
    ) throws(CollectingError) -> Result {
        do {
            let descriptor = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec, .nonBlocking])
            return try descriptor.closeAfter { try body(descriptor) }
        } catch let error as CollectingError {
            throw error
        } catch Errno.noSuchFileOrDirectory {
            throw CollectingError(.missing, at: path.string, "there is no such file")
        } catch {
            throw CollectingError(.unreadable, at: path.string, "cannot be read: \(error)")
        }
    }
}

extension FileDescriptor {
    /// Reads a range of bytes, or fewer at the end of the file.
    func bytes(_ range: Range<Int>) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
            while filled < range.count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<range.count]
                )
                let count = try unsafe read(fromAbsoluteOffset: Int64(range.lowerBound + filled), into: rest)
                if count == 0 { return }
                filled += count
            }
        }
    }
}
