internal import Glibc
package import SystemPackage

extension Deployment {
    /// When the contents of a file were last changed, in seconds since 1970.
    ///
    /// - Throws: ``CollectingError`` `missing` or `unreadable`.
    package static func modificationTime(of path: FilePath) throws(CollectingError) -> Int {
        Int(try stat(of: path, followingLink: false).st_mtim.tv_sec)
    }
}
