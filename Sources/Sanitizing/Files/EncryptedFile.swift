/// Recognises files that their owner has encrypted to be published: they stay as they are.
enum EncryptedFile {
    /// Whether the contents are an age file or one that git-crypt wrote.
    ///
    /// - SeeAlso: <https://age-encryption.org/v1>; `git-crypt` writes `\0GITCRYPT\0` before a nonce (its `doc/` and
    ///   `commands.cpp`).
    static func isOne(_ bytes: [UInt8]) -> Bool {
        [age, gitCrypt].contains { bytes.starts(with: $0) }
    }

    private static let age = Array("age-encryption.org/v1\n".utf8)
    private static let gitCrypt = Array("\0GITCRYPT\0".utf8)
}
