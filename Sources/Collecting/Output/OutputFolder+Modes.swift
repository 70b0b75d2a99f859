internal import Glibc
package import SystemPackage

extension OutputFolder {
    /// Says who may do what with files and folders that were written, once all of them are.
    ///
    /// - Parameter modes: the lower nine bits of the modes, by paths relative to the folder.
    /// - Throws: ``CollectingError`` `unwritable`.
    package func setModes(_ modes: [String: UInt32]) throws(CollectingError) {
        // A folder after what is in it: its owner may have no right to look into it then.
        for (path, mode) in modes.sorted(by: { $1.key.precedes($0.key) }) {
            try Self.setMode(mode, of: stagingPath.appending(path))
        }
    }

    /// Says who may do what with a file or folder, which is no link.
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
