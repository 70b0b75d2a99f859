/// The hash function MD5 (RFC 1321), which makes the key of a long-term credential of STUN (RFC 8489, section 9.2.2).
///
/// It is broken for every other purpose, and the security of Scrubjay does not depend on it.
package enum MD5 {
    /// Returns the hash of bytes in memory: 16 bytes.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] { NettleHash.hash(.md5, bytes) }
}
