internal import CLinux
internal import Glibc
internal import SystemPackage

/// Renames that happen in one step or not at all, where the file system has them.
enum AtomicRename {
    /// What came of one.
    enum Outcome {
        /// It happened.
        case done
        /// Something has the name already; nothing happened.
        case nameIsTaken
        /// The file system or the kernel has no such rename; nothing happened.
        case unsupported
    }

    /// Gives a file or folder a name that nothing has.
    ///
    /// - Throws: `Errno` for any other reason.
    static func move(_ path: FilePath, toNew name: FilePath) throws(Errno) -> Outcome {
        try outcome(unsafe rename_to_new_name(path.string, name.string))
    }

    /// Lets two files or folders exchange their names.
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
