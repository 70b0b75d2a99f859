internal import Glibc
package import SystemPackage

/// Reads the names in a folder, and the targets of links, by the system's own calls: names are bytes there, and one that
/// is not UTF-8 must be refused instead of being repaired.
package enum FolderListing {
    /// The names in a folder without `.` and `..`, in byte order.
    package static func names(in folder: FilePath) throws(CollectingError) -> [String] {
        guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
            throw CollectingError(
                .unreadable,
                at: folder.string,
                "the folder cannot be read: \(Errno(rawValue: errno))"
            )
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let record = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &record.pointee.d_name) { bytes in
                unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let name else {
                throw CollectingError(
                    .nameNotUTF8,
                    at: folder.string,
                    "a name in this folder is not valid UTF-8: give it another"
                )
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else {
            throw CollectingError(
                .unreadable,
                at: folder.string,
                "the folder cannot be read: \(Errno(rawValue: errno))"
            )
        }
        return names.sorted { $0.precedes($1) }
    }

    /// What a symbolic link says.
    static func target(ofLink path: FilePath) throws(CollectingError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = unsafe path.withPlatformString { name in
            unsafe buffer.withUnsafeMutableBytes { bytes in
                guard let start = bytes.baseAddress else { return -1 }
                return unsafe readlink(name, start.assumingMemoryBound(to: CChar.self), bytes.count)
            }
        }
        guard count >= 0 else {
            throw CollectingError(.unreadable, at: path.string, "the link cannot be read: \(Errno(rawValue: errno))")
        }
        guard let target = String(validating: buffer[..<count], as: UTF8.self) else {
            throw CollectingError(.nameNotUTF8, at: path.string, "the target of this link is not valid UTF-8")
        }
        return target
    }
}
