internal import Bundling
internal import Collecting
internal import SystemPackage

/// The public keys beside published bundles.
enum PublishedKeys {
    /// Writes missing keys.
    ///
    /// A file with a different key stays and is an error.
    ///
    /// - Throws: ``KitError`` `refused`; ``CollectingError``; ``BundleError`` if a file is not a key.
    static func write(_ keys: [PublicKey], to folder: FilePath, name: String) throws {
        for (index, key) in keys.enumerated() {
            let place = folder.appending(index == 0 ? "\(name).pub" : "\(name).\(key.id).pub")
            guard try PlaceOfFile.exists(place) else {
                try PrivateFile.write(key.serialized(), to: place, mode: 0o644, replacing: false)
                continue
            }
            guard try KeyringFiles.publicKey(at: place).entries.map(\.key) == [.minisign(key)] else {
                throw KitError(
                    .refused,
                    "\(place) is a different key from the one that signs",
                    remedy: .followingKey
                )
            }
        }
    }
}
