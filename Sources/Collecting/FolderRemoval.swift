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
        // A mount point or a link cannot be removed, and was not created by us.
        guard [ENOTEMPTY, EEXIST, EBUSY, ENOTDIR].contains(errno) else {
            throw CollectingError(.unwritable, at: folder.string, "it cannot be removed: \(Errno(rawValue: errno))")
        }
        return false
    }

    /// Removes a folder.
    ///
    /// - Throws: ``CollectingError`` `unwritable` or `unreadable`.
    package static func remove(_ folder: FilePath) throws(CollectingError) {
        for name in try FolderListing.names(in: folder) {
            let path = folder.appending(name)
            if try Deployment.stat(of: path, followingLink: false).type == .directory {
                try remove(path)
            } else if unsafe unlink(path.string) != 0 {
                throw CollectingError(.unwritable, at: path.string, "it cannot be removed: \(Errno(rawValue: errno))")
            }
        }
        guard unsafe rmdir(folder.string) == 0 else {
            throw CollectingError(.unwritable, at: folder.string, "it cannot be removed: \(Errno(rawValue: errno))")
        }
    }
}
