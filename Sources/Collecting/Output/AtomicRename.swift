internal import CLinux
internal import Glibc
internal import SystemPackage

/// Atomic renames, if the file system supports them.
enum AtomicRename {
    /// The result of a rename.
    enum Outcome {
        /// The rename was done.
        case done
        /// The name exists already; nothing was done.
        case nameIsTaken
        /// The file system or the kernel does not support the operation; nothing was done.
        case unsupported
    }

    /// Renames a file or folder to a name that does not exist.
    ///
    /// - Throws: `Errno` for any other reason.
    static func move(_ path: FilePath, toNew name: FilePath) throws(Errno) -> Outcome {
        try outcome(unsafe rename_to_new_name(path.string, name.string))
    }

    /// Exchanges the names of two files or folders.
    ///
    /// - Throws: `Errno` for any other reason.
    static func exchange(_ one: FilePath, _ other: FilePath) throws(Errno) -> Outcome {
        try outcome(unsafe rename_exchanging(one.string, other.string))
    }

    private static func outcome(_ result: Int32) throws(Errno) -> Outcome {
        guard result != 0 else { return .done }
        switch Errno(rawValue: errno) {
        case .fileExists: return .nameIsTaken
        case .invalidArgument, .noFunction, .notSupported: return .unsupported
        case let other: throw other
        }
    }
}
