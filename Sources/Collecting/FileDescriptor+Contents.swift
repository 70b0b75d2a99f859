internal import CLinux
internal import Glibc
package import SystemPackage

extension FileDescriptor {
    /// Reads to the end; `size` is the expected number of bytes, which need not be exact.
    package func readToEnd(expecting size: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var capacity = size + 1
        while true {
            let chunk = try unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                count = try unsafe read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            // One byte more than the file's size was requested; if it is not returned, the file is complete.
            if chunk.isEmpty || size > 0 && bytes.isEmpty && chunk.count == size {
                return bytes.isEmpty ? chunk : bytes
            }
            bytes = bytes.isEmpty ? chunk : bytes + chunk
            capacity = max(1 << 16, size + 1 - bytes.count)
        }
    }

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

    /// Writes all bytes and flushes them to disk.
    package func writeDurably(_ bytes: [UInt8]) throws {
        try writeDurably(unsafe bytes.span.bytes)
    }

    /// Writes all bytes and flushes them to disk.
    package func writeDurably(_ bytes: RawSpan) throws {
        _ = try unsafe bytes.withUnsafeBytes { try unsafe writeAll($0) }
        try flushToDisk()
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
