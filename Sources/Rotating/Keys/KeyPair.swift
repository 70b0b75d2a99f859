package import Sodium

/// A private key in the text in which its reader takes it, and its public half in the texts in which others know it.
///
/// The public half is no secret: it is what the other side must be told.
package struct KeyPair: ~Copyable, Sendable {
    /// The private key.
    package let privateKey: SecretBytes
    /// The public half in all its texts, the usual one first; as many, in the same order, for every key of one form.
    package let publicHalf: [[UInt8]]

    /// Makes a pair.
    init(privateKey: consuming SecretBytes, publicHalf: [[UInt8]]) {
        self.privateKey = privateKey
        self.publicHalf = publicHalf
    }
}
