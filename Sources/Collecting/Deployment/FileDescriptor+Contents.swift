internal import CLinux
internal import Glibc
package import SystemPackage

extension FileDescriptor {
    /// Reads to the end of the file.
    ///
    /// - Parameters:
    ///   - size: the expected number of bytes, which need not be exact.
    ///   - limit: the maximum number of bytes.
    /// - Returns: the bytes.
    /// - Throws: `Errno.fileTooLarge` if there are more than `limit` bytes; the system's error.
    package func readToEnd(expecting size: Int, atMost limit: Int = .max) throws -> [UInt8] {
        // A file's stated size does not justify allocating that much memory: a sparse file can state any size.
        let likely = max(0, min(size, limit, Self.largestPiece))
        var bytes: [UInt8] = []
        var capacity = likely + 1
        while true {
            let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                count = try unsafe read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            guard chunk.count <= limit - bytes.count else { throw Errno.fileTooLarge }
            // One byte more than the file's size was requested; if it is not returned, the file is complete.
            if chunk.isEmpty || size > 0 && bytes.isEmpty && chunk.count == size {
                return bytes.isEmpty ? chunk : bytes
            }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            capacity = max(1 << 16, min(likely + 1, Self.largestPiece, max(0, size - bytes.count) + 1))
        }
    }

    /// The maximum number of bytes requested at once.
    private static let largestPiece = 1 << 26

    /// Reads `count` bytes, or fewer at the end.
    package func read(atMost count: Int) throws -> [UInt8] {
        try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]
                )
                let read = try unsafe self.read(into: rest)
                if read == 0 { return }
                filled += read
            }
        }
    }

    /// Flushes the whole file system that contains this file or folder to disk.
    package func flushFileSystemToDisk() throws {
        guard syncfs(rawValue) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Starts to flush a range to disk, without waiting for it.
    ///
    /// Later data can be produced in the meantime. Errors are reported by ``flushToDisk()``.
    package func beginFlushToDisk(_ range: Range<Int>) {
        _ = sync_file_range(rawValue, range.lowerBound, range.count, beginsWriting)
    }

    /// Flushes the contents of a file, or the names in a folder, to disk.
    package func flushToDisk() throws {
        guard fsync(rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
}
