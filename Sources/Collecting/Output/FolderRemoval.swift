internal import Glibc
package import SystemPackage

/// Removes a folder with its contents, without following links.
package enum FolderRemoval {
    /// Removes a folder if it is empty.
    ///
    /// - Returns: whether it no longer exists.
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func removeIfEmpty(_ folder: FilePath) throws(CollectingError) -> Bool {
        if unsafe rmdir(folder.string) == 0 || errno == ENOENT { return true }
        // A mount point or a link cannot be removed, and was not created by Scrubjay.
        guard [ENOTEMPTY, EEXIST, EBUSY, ENOTDIR].contains(errno) else {
            throw CollectingError(.unwritable, at: folder.string, "cannot be removed: \(Errno(rawValue: errno))")
        }
        return false
    }

    /// Removes a folder.
    ///
    /// Every entry is addressed relative to its open parent folder. A link that takes the place of a folder in the
    /// meantime is therefore removed itself and not followed. Names are handled as bytes, whether or not they are
    /// UTF-8.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func remove(_ folder: FilePath) throws(CollectingError) {
        let place = folder.lexicallyNormalized()
        guard let name = place.lastComponent else {
            throw CollectingError(.unwritable, at: folder.string, "cannot be removed: it has no name of its own")
        }
        do throws(Errno) {
            let parent = try open(PlaceOfFile.parent(of: place).string, in: AT_FDCWD, following: true)
            defer { Glibc.close(parent) }
            try remove(name.string.utf8CString.map { $0 }, in: parent)
        } catch {
            throw CollectingError(.unwritable, at: folder.string, "cannot be removed: \(error)")
        }
    }

    private static func open(_ name: String, in folder: Int32, following: Bool) throws(Errno) -> Int32 {
        try open(name.utf8CString.map { $0 }, in: folder, following: following)
    }

    private static func open(_ name: [CChar], in folder: Int32, following: Bool = false) throws(Errno) -> Int32 {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (following ? 0 : O_NOFOLLOW)
        let descriptor = unsafe openat(folder, name, flags)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        return descriptor
    }

    /// Removes the entry with a zero-terminated name in an open folder.
    private static func remove(_ name: [CChar], in folder: Int32) throws(Errno) {
        if unsafe unlinkat(folder, name, 0) == 0 || errno == ENOENT { return }
        // For a folder, Linux reports EISDIR, and POSIX EPERM.
        guard errno == EISDIR || errno == EPERM else { throw Errno(rawValue: errno) }
        let inner = try open(name, in: folder)
        do throws(Errno) {
            for child in try names(in: inner) { try remove(child, in: inner) }
        } catch {
            Glibc.close(inner)
            throw error
        }
        Glibc.close(inner)
        guard unsafe unlinkat(folder, name, AT_REMOVEDIR) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Returns the names in an open folder without `.` and `..`, each zero-terminated.
    private static func names(in folder: Int32) throws(Errno) -> [[CChar]] {
        let copy = try open(".", in: folder, following: false)
        guard let stream = unsafe fdopendir(copy) else {
            let cause = Errno(rawValue: errno)
            Glibc.close(copy)
            throw cause
        }
        defer { unsafe closedir(stream) }
        var names: [[CChar]] = []
        while true {
            errno = 0
            guard let record = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &record.pointee.d_name) { bytes in
                unsafe bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
            }
            if name != [dot] && name != [dot, dot] { names.append(name + [0]) }
        }
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return names
    }

    private static let dot = CChar(bitPattern: UInt8(ascii: "."))
}
