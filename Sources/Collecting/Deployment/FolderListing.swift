internal import Archive
internal import Glibc
package import SystemPackage

/// Reads the names in a folder, and the targets of links, with system calls.
///
/// To the system, names are bytes; a name that is not UTF-8 must be refused rather than repaired.
package enum FolderListing {
    /// Returns the names in a folder without `.` and `..`, in byte order.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`, or `nameNotUTF8` with the name escaped.
    package static func names(in folder: FilePath) throws(CollectingError) -> [String] {
        let all = try allNames(in: folder)
        if let other = all.others.first {
            throw CollectingError(
                .nameNotUTF8,
                at: folder.string,
                "the name \(other) in this folder is not valid UTF-8: rename it"
            )
        }
        return all.names
    }

    /// Returns the names in a folder that are UTF-8, and those that are not, with their non-ASCII bytes as `\xnn`; both
    /// in byte order.
    static func allNames(in folder: FilePath) throws(CollectingError) -> (names: [String], others: [String]) {
        guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
            throw unread(folder, Errno(rawValue: errno))
        }
        defer { unsafe closedir(stream) }
        var (names, others): ([String], [String]) = ([], [])
        while true {
            errno = 0
            guard let record = unsafe readdir(stream) else { break }
            let bytes = unsafe withUnsafeBytes(of: &record.pointee.d_name) { bytes in
                unsafe Array(bytes.prefix { $0 != 0 })
            }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                others.append(escaped(bytes))
                continue
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else {
            throw unread(folder, Errno(rawValue: errno))
        }
        return (names.sorted { $0.precedes($1) }, others.sorted { $0.precedes($1) })
    }

    /// Returns the error for a folder or a link that cannot be read.
    private static func unread(_ path: FilePath, _ cause: Errno) -> CollectingError {
        guard cause != .noSuchFileOrDirectory else {
            return CollectingError(.missing, at: path.string, "there is no such file or folder")
        }
        return CollectingError(.unreadable, at: path.string, "cannot be read: \(cause)")
    }

    /// Returns the target of a symbolic link.
    static func target(ofLink path: FilePath) throws(CollectingError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe path.withPlatformString { name in
            unsafe buffer.withUnsafeMutableBytes { bytes in
                guard let start = bytes.baseAddress else { return -1 }
                return unsafe readlink(name, start.assumingMemoryBound(to: CChar.self), bytes.count)
            }
        }
        guard count >= 0 else {
            throw unread(path, Errno(rawValue: errno))
        }
        guard let target = String(validating: buffer[..<count], as: UTF8.self) else {
            throw CollectingError(.nameNotUTF8, at: path.string, "the target of this link is not valid UTF-8")
        }
        return target
    }
}
