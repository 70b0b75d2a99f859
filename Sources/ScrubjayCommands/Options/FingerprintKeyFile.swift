internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// Finds the key of the fingerprints.
enum FingerprintKeyFile {
    /// Reads the key from the given file, or from the user's configuration; makes one for this run if there is no such
    /// place.
    ///
    /// - Parameters:
    ///   - path: the given file; nil for the user's.
    ///   - mustExist: whether existing fingerprints were made with it, so that a fresh key would be useless.
    ///   - console: provides the path of the user's configuration.
    /// - Returns: the key.
    /// - Throws: an error if the given file cannot be read or created.
    static func key(_ path: String?, mustExist: Bool, console: Console) throws -> FingerprintKey {
        if let path { return try FingerprintKey(file: FilePath(path), mustExist: mustExist) }
        guard let folder = UserFolder.configuration(console.environment) else { return FingerprintKey() }
        do {
            return try FingerprintKey(file: folder.appending("scrubjay").appending("fingerprint.key"))
        } catch let error as CollectingError where [.unwritable, .unreadable].contains(error.code) {
            console.say("note: the fingerprint key cannot be saved; fingerprints are valid only for this run")
            return FingerprintKey()
        }
    }
}
