internal import CNettle

/// A hash function with which the log-ins of XMPP and TURN prove knowledge of a secret, computed by nettle.
///
/// SHA-1 is broken where an attacker may choose two texts. Here it only proves that a server knows a secret, because
/// the protocols prescribe it, and the security of Scrubjay does not depend on it.
package enum ProofHash: Sendable {
    /// For SCRAM-SHA-1, component handshakes and the message integrity of STUN.
    case sha1
    /// For SCRAM-SHA-256.
    case sha256

    private var function: NettleHash.Function { self == .sha1 ? .sha1 : .sha256 }

    /// Returns the hash of a text.
    package func hash(_ text: [UInt8]) -> [UInt8] { NettleHash.hash(function, text) }

    /// Returns the message authentication code HMAC (RFC 2104).
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

    /// Derives a key with PBKDF2 (RFC 8018) and HMAC: one block of its output, which is `Hi()` in RFC 5802.
    ///
    /// - Parameters:
    ///   - password: the password.
    ///   - salt: the salt, which makes the keys of equal passwords different.
    ///   - iterations: the number of iterations, at least 1.
    /// - Returns: as many bytes as the hash function returns.
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
