internal import CNettle

/// A hash function by which the log-ins of XMPP and TURN prove that somebody has a secret; nettle computes it.
///
/// SHA-1 is broken where somebody may choose both of two texts. Here it shows that a server has a secret, under the names that
/// the protocols give it, and nothing of ours rests on it.
package enum ProofHash: Sendable {
    /// For SCRAM-SHA-1, component handshakes and the message integrity of STUN.
    case sha1
    /// For SCRAM-SHA-256.
    case sha256

    private var function: NettleHash.Function { self == .sha1 ? .sha1 : .sha256 }

    /// The hash of a text.
    package func hash(_ text: [UInt8]) -> [UInt8] { NettleHash.hash(function, text) }

    /// The message authentication code HMAC of RFC 2104.
    package func authenticationCode(of text: [UInt8], key: [UInt8]) -> [UInt8] {
        let description = unsafe function.description
        let size = unsafe Int(description.context_size)
        let outer = HashState(count: size)
        let inner = HashState(count: size)
        let state = HashState(count: size)
        var code = unsafe [UInt8](repeating: 0, count: Int(description.digest_size))
        let count = code.count
        unsafe withUnsafePointer(to: description) { hash in
            unsafe outer.withPointer { outer in
                unsafe inner.withPointer { inner in
                    unsafe state.withPointer { state in
                        unsafe nettle_hmac_set_key(outer, inner, state, hash, key.count, key)
                        unsafe nettle_hmac_update(state, hash, text.count, text)
                        unsafe nettle_hmac_digest(outer, inner, state, hash, count, &code)
                    }
                }
            }
        }
        return code
    }

    /// The key derivation PBKDF2 of RFC 8018 with HMAC, for one block of output; `Hi()` in RFC 5802.
    ///
    /// - Parameters:
    ///   - password: what the key is made of.
    ///   - salt: what makes it another key than the same password's elsewhere.
    ///   - iterations: how much work it is; at least 1.
    /// - Returns: as many bytes as the hash function has.
    package func derivedKey(from password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8] {
        let rounds = UInt32(clamping: max(1, iterations))
        let size = unsafe Int(function.description.digest_size)
        var key = [UInt8](repeating: 0, count: size)
        switch self {
        case .sha1:
            unsafe nettle_pbkdf2_hmac_sha1(password.count, password, rounds, salt.count, salt, size, &key)
        case .sha256:
            unsafe nettle_pbkdf2_hmac_sha256(password.count, password, rounds, salt.count, salt, size, &key)
        }
        return key
    }
}
