internal import Glibc
package import SystemPackage

extension Deployment {
    /// Returns a file's modification time, in seconds since 1970.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`.
    package static func modificationTime(of path: FilePath) throws(CollectingError) -> Int {
        Int(try stat(of: path, followingLink: false).st_mtim.tv_sec)
    }
}
