internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// Finds the key of the fingerprints.
enum FingerprintKeyFile {
    /// The key in the file that was named, or in the user's configuration; one for this run where there is no such place.
    ///
    /// - Throws: an error where the file that was named cannot be read or made.
    static func key(_ path: String?, console: Console) throws -> FingerprintKey {
        if let path { return try FingerprintKey(file: FilePath(path)) }
        guard let folder = UserFolder.configuration(console.environment) else { return FingerprintKey() }
        do {
            return try FingerprintKey(file: folder.appending("scrubjay").appending("fingerprint.key"))
        } catch let error as CollectingError where [.unwritable, .unreadable].contains(error.code) {
            console.say("note: no fingerprint key can be kept, so fingerprints are good for this run only")
            return FingerprintKey()
        }
    }
}
