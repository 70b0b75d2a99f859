public import Bundling
internal import Collecting
public import SystemPackage

/// Reads keys from the files in which users keep them.
public enum KeyringFiles {
    private static let publicKeyEnding = ".pub"
    private static let signatureEnding = ".minisig"
    private static let allowedSigners = "allowed_signers"
    private static let validity = "validity"
    /// The maximum size of a file of keys in bytes.
    private static let longest = 1 << 20

    /// Reads a minisign or SSH public key file.
    ///
    /// - Throws: ``CollectingError``; ``BundleError`` `malformedPublicKey`.
    public static func publicKey(at path: FilePath) throws -> Keyring {
        let text = try Deployment.contents(ofFile: path, atMost: longest)
        do {
            return try named(path.string) { try Keyring(publicKey: text) }
        } catch let error as BundleError where isSecretKey(text) {
            throw BundleError(
                error.code,
                at: path.string,
                "this is a secret key, which can only sign",
                hint: "give the public key instead: the file next to it that ends in \(publicKeyEnding)"
            )
        }
    }

    /// Whether a text begins like a secret key of minisign or OpenSSH.
    private static func isSecretKey(_ text: [UInt8]) -> Bool {
        let line = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }.prefix(1024), as: UTF8.self)
        return line.contains("secret key") || line.contains("PRIVATE KEY")
    }

    /// Reads an `allowed_signers` file of OpenSSH.
    ///
    /// - Throws: ``CollectingError``; ``BundleError``.
    public static func allowedSigners(at path: FilePath) throws -> Keyring {
        let text = try Deployment.contents(ofFile: path, atMost: longest)
        return try named(path.string) { try Keyring(allowedSigners: text) }
    }

    /// Reads a user's SSH keys as published by GitHub.
    ///
    /// - Throws: ``CollectingError``; ``BundleError``.
    public static func publishedKeys(at path: FilePath) throws -> Keyring {
        let name = path.lastComponent.map { $0.stem }
        let text = try Deployment.contents(ofFile: path, atMost: longest)
        return try named(path.string) { try Keyring(publishedKeys: text, name: name) }
    }

    /// Reads a folder of keys; see `docs/formats/keyring.md`.
    ///
    /// A key with a statement beside it is accepted only if another key of the folder has signed it. That key must need
    /// no statement itself or have been accepted before, and must not be revoked.
    ///
    /// - Throws: ``CollectingError``; ``BundleError`` with the file's name.
    public static func folder(at path: FilePath) throws -> Keyring {
        let names = try FolderListing.names(in: path)
        var keyring = Keyring([Keyring.Entry]())
        var stated: [(name: String, text: [UInt8], keys: Keyring)] = []
        for name in names where name.hasSuffix(publicKeyEnding) {
            let text = try Deployment.contents(ofFile: path.appending(name), atMost: longest)
            let keys = try named(name) {
                try Keyring(publicKey: text, name: String(name.dropLast(publicKeyEnding.utf8.count)))
            }
            if names.contains(name + signatureEnding) {
                stated.append((name, text, keys))
            } else {
                keyring.entries += keys.entries
            }
        }
        if names.contains(allowedSigners) {
            keyring.entries += try named(allowedSigners) {
                try Keyring(
                    allowedSigners: Deployment.contents(ofFile: path.appending(allowedSigners), atMost: longest)
                )
            }.entries
        }
        let introduced = stated.flatMap(\.keys.entries)
        var all = Keyring(keyring.entries + introduced)
        if names.contains(validity) {
            try named(validity) {
                try all.apply(validity: Deployment.contents(ofFile: path.appending(validity), atMost: longest))
            }
        }
        let limits = Dictionary(all.entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        keyring.entries = keyring.entries.map { limits[$0.key] ?? $0 }
        try introduce(stated, into: &keyring, limits: limits, folder: path)
        guard !keyring.entries.isEmpty else {
            throw BundleError(
                .malformedKeyring,
                at: path.string,
                "the folder contains no keys: neither '*.pub' nor 'allowed_signers'"
            )
        }
        return keyring
    }

    /// Accepts keys with valid statements until no more can be accepted.
    private static func introduce(
        _ stated: [(name: String, text: [UInt8], keys: Keyring)],
        into keyring: inout Keyring,
        limits: [Keyring.Key: Keyring.Entry],
        folder: FilePath
    ) throws {
        var waiting = stated
        while !waiting.isEmpty {
            let count = waiting.count
            var left: [(name: String, text: [UInt8], keys: Keyring)] = []
            for key in waiting {
                let statement = try Deployment.contents(
                    ofFile: folder.appending(key.name + signatureEnding),
                    atMost: Signature.limit
                )
                let isGood = try named(key.name + signatureEnding) { try keyring.introduces(key.text, by: statement) }
                if isGood {
                    keyring.entries += key.keys.entries.map { limits[$0.key] ?? $0 }
                } else {
                    left.append(key)
                }
            }
            guard left.count < count else {
                throw BundleError(
                    .malformedKeyring,
                    at: left[0].name,
                    "the key's statement is not signed by another key in the folder"
                )
            }
            waiting = left
        }
    }

    private static func named<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as BundleError {
            throw BundleError(error.code, at: name, "\(error)")
        }
    }
}
