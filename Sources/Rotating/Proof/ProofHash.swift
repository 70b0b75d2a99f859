internal import Sodium

/// The hash functions that XMPP and TURN logins require.
///
/// Of these libsodium only has SHA-256. SHA-1 and MD5 are broken if someone can choose both of two texts. Here they
/// only prove that a server has a secret, in the way that the protocols define; no security of ours depends on them.
enum ProofHash: Sendable {
    /// SHA-1 (FIPS 180-4 section 6.1), for SCRAM-SHA-1, component handshakes and STUN message integrity.
    case sha1
    /// SHA-256 (FIPS 180-4 section 6.2), for SCRAM-SHA-256.
    case sha256
    /// MD5 (RFC 1321), for the key of a long-term STUN credential.
    case md5

    /// The size of a block in bytes, to which HMAC pads a key.
    static let blockSize = 64

    /// The hash of a text.
    func hash(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: BlockHash(.sha1).hash(text)
        case .sha256: SHA256.hash(text).bytes
        case .md5: BlockHash(.md5).hash(text)
        }
    }

    /// The message authentication code HMAC (RFC 2104).
    func authenticationCode(of text: [UInt8], key: [UInt8]) -> [UInt8] {
        let (inner, outer) = pads(key)
        return hash(outer + hash(inner + text))
    }

    /// The key derivation PBKDF2 (RFC 8018) with HMAC, for one block of output; `Hi()` in RFC 5802.
    func derivedKey(from password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
        let (inner, outer) = pads(password)
        // The key's blocks are the same in every round, so they are hashed once.
        let code: ([UInt8]) -> [UInt8]
        switch self {
        case .sha1, .md5:
            let start = BlockHash(self == .sha1 ? .sha1 : .md5)
            let innerStart = start.taking(inner)
            let outerStart = start.taking(outer)
            code = { outerStart.hash(innerStart.hash($0)) }
        case .sha256:
            code = { hash(outer + hash(inner + $0)) }
        }
        var last = code(salt + [0, 0, 0, 1])
        var key = last
        for _ in 1..<max(1, iterations) {
            last = code(last)
            for index in key.indices { key[index] ^= last[index] }
        }
        return key
    }

    private func pads(_ key: [UInt8]) -> (inner: [UInt8], outer: [UInt8]) {
        var padded = key.count > Self.blockSize ? hash(key) : key
        padded += [UInt8](repeating: 0, count: Self.blockSize - padded.count)
        return (padded.map { $0 ^ 0x36 }, padded.map { $0 ^ 0x5C })
    }
}
