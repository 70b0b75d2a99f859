package import Sodium

/// A private key in the text format of its reader, and its public half in the formats in which others know it.
///
/// The public half is not secret: the other side must be told it.
package struct KeyPair: ~Copyable, Sendable {
    /// The private key.
    package let privateKey: SecretBytes
    /// The public half in all text formats, the usual one first.
    ///
    /// Keys of the same form have the same number of texts, in the same order.
    package let publicHalf: [[UInt8]]

    /// Makes a pair.
    init(privateKey: consuming SecretBytes, publicHalf: [[UInt8]]) {
        self.privateKey = privateKey
        self.publicHalf = publicHalf
    }
}
