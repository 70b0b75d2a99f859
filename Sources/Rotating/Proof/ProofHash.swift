internal import Sodium

/// The hash functions that the log-ins of XMPP and TURN ask for.
///
/// libsodium has SHA-256 alone of them. SHA-1 and MD5 are broken where somebody may choose both of two texts; what is proved
/// here is that a server has a secret, under the names that the protocols give them, and nothing of ours rests on it.
enum ProofHash: Sendable {
    /// FIPS 180-4, section 6.1; for SCRAM-SHA-1, component handshakes and the message integrity of STUN.
    case sha1
    /// FIPS 180-4, section 6.2; for SCRAM-SHA-256.
    case sha256
    /// RFC 1321; for the key of a long-term credential of STUN.
    case md5

    /// The bytes of a block, which is what HMAC pads a key to.
    static let blockSize = 64

    /// The hash of a text.
    func hash(_ text: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: BlockHash(.sha1).hash(text)
        case .sha256: SHA256.hash(text).bytes
        case .md5: BlockHash(.md5).hash(text)
        }
    }

    /// The message authentication code of RFC 2104.
    func authenticationCode(of text: [UInt8], key: [UInt8]) -> [UInt8] {
        let (inner, outer) = pads(key)
        return hash(outer + hash(inner + text))
    }

    /// The key derivation PBKDF2 of RFC 8018 with HMAC, for one block of output; `Hi()` in RFC 5802.
    func derivedKey(from password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
        let (inner, outer) = pads(password)
        // The blocks of the key are the same in every round, so they are worked in once.
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
