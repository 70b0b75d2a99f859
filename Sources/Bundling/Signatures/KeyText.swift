/// The common elements of minisign's key and signature files.
enum KeyText {
    /// The prefix of the first line of a key or signature file.
    static let untrustedPrefix = "untrusted comment: "
    /// The prefix of the third line of a signature file.
    static let trustedPrefix = "trusted comment: "
    /// The algorithm id in keys, and in signatures over the file itself.
    static let plainAlgorithm = Array("Ed".utf8)
    /// The algorithm id in signatures over the BLAKE2b-512 of the file.
    static let prehashedAlgorithm = Array("ED".utf8)
    /// The maximum length of an untrusted comment line for minisign, in bytes, including prefix and line end.
    static let untrustedLimit = 1023
    /// The maximum length of a trusted comment line for minisign, in bytes, including prefix and line end.
    static let trustedLimit = 8191
}
