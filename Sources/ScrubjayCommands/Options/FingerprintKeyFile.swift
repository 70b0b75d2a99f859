internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// Finds the key of the fingerprints.
enum FingerprintKeyFile {
    /// The key in the file that was named, or in the user's configuration; one for this run where there is no such place.
    ///
    /// - Parameters:
    ///   - path: the file that was named; nil for that of the user.
    ///   - mustExist: whether fingerprints are at hand that were made with it, so that a fresh one named by mistake is of no use.
    ///   - console: where the user's configuration is.
    /// - Returns: the key.
    /// - Throws: an error where the file that was named cannot be read or made.
    static func key(_ path: String?, mustExist: Bool, console: Console) throws -> FingerprintKey {
        if let path { return try FingerprintKey(file: FilePath(path), mustExist: mustExist) }
        guard let folder = UserFolder.configuration(console.environment) else { return FingerprintKey() }
        do {
            return try FingerprintKey(file: folder.appending("scrubjay").appending("fingerprint.key"))
        } catch let error as CollectingError where [.unwritable, .unreadable].contains(error.code) {
            console.say("note: no fingerprint key can be kept, so fingerprints are good for this run only")
            return FingerprintKey()
        }
    }
}
