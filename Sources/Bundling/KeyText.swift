/// What minisign's key and signature files have in common.
enum KeyText {
    /// What the first line of a key or signature file starts with.
    static let untrustedPrefix = "untrusted comment: "
    /// What the third line of a signature file starts with.
    static let trustedPrefix = "trusted comment: "
    /// The algorithm's name in keys, and in signatures over the file itself.
    static let plainAlgorithm = Array("Ed".utf8)
    /// The algorithm's name in signatures over the BLAKE2b-512 of the file.
    static let prehashedAlgorithm = Array("ED".utf8)
    /// The bytes of the longest line that minisign reads as an untrusted comment, prefix and line end included.
    static let untrustedLimit = 1023
    /// The bytes of the longest line that minisign reads as a trusted comment, prefix and line end included.
    static let trustedLimit = 8191
}
