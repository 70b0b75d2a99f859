/// Recognises files that their owner encrypted for publication.
///
/// They stay unchanged.
enum EncryptedFile {
    /// Whether the contents are an age or git-crypt file.
    ///
    /// - SeeAlso: <https://age-encryption.org/v1>; `git-crypt` writes `\0GITCRYPT\0` before a nonce (its `doc/` and
    ///   `commands.cpp`).
    static func isOne(_ bytes: [UInt8]) -> Bool {
        [age, gitCrypt].contains { bytes.starts(with: $0) }
    }

    private static let age = Array("age-encryption.org/v1\n".utf8)
    private static let gitCrypt = Array("\0GITCRYPT\0".utf8)
}
