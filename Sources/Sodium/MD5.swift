/// The hash function MD5, RFC 1321, which makes the key of a long-term credential of STUN (RFC 8489, section 9.2.2).
///
/// It is broken for everything else, and nothing of ours rests on it.
package enum MD5 {
    /// The hash of bytes at hand.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] { NettleHash.hash(.md5, bytes) }
}
