internal import Glibc
package import SystemPackage

extension OutputFolder {
    /// Sets the permission bits of files and folders, after all of them are written.
    ///
    /// - Parameter modes: the lower nine bits of the modes, by paths relative to the folder.
    /// - Throws: ``CollectingError`` `unwritable`.
    package func setModes(_ modes: [String: UInt32]) throws(CollectingError) {
        // A folder comes after its contents, because its owner may then have no right to open it.
        for (path, mode) in modes.sorted(by: { $1.key.precedes($0.key) }) {
            try Self.setMode(mode, of: stagingPath.appending(path))
        }
    }

    /// Sets the permission bits of a file or folder, which must not be a link.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    package static func setMode(_ mode: UInt32, of path: FilePath) throws(CollectingError) {
        guard unsafe chmod(path.string, mode & 0o777) == 0 else {
            throw CollectingError(
                .unwritable,
                at: path.string,
                "its permissions cannot be set: \(Errno(rawValue: errno))"
            )
        }
    }
}
