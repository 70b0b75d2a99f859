internal import CSodium

/// The authenticated encryption ChaCha20-Poly1305, RFC 8439, with the tag behind the text.
enum ChaChaPoly {
    /// The number of bytes of a key.
    static let keyCount = 32
    /// The number of bytes of a nonce.
    static let nonceCount = 12
    /// The number of bytes by which sealing makes a text longer.
    static let tagCount = 16

    /// Seals `text`, and hands it on behind what `sealed` has.
    static func seal(_ text: RawSpan, key: borrowing SecretBytes, nonce: [UInt8], into sealed: inout [UInt8]) {
        precondition(key.count == keyCount && nonce.count == nonceCount, "a key has 32 bytes and a nonce twelve")
        var body = [UInt8](repeating: 0, count: text.byteCount + tagCount)
        let length = text.cLength
        key.withBytes { key in
            unsafe key.withCBytes { key in
                unsafe text.withCBytes { text in
                    _ = unsafe crypto_aead_chacha20poly1305_ietf_encrypt(
                        &body,
                        nil,
                        text,
                        length,
                        nil,
                        0,
                        nil,
                        nonce,
                        key
                    )
                }
            }
        }
        sealed += body
    }

    /// Opens what was sealed, into the first bytes of `text`, which has room for them.
    ///
    /// - Returns: whether it is what was sealed with this key and nonce; where not, `text` holds zeros or what it held.
    static func open(
        _ sealed: RawSpan,
        key: borrowing SecretBytes,
        nonce: [UInt8],
        into text: inout MutableRawSpan
    ) -> Bool {
        precondition(key.count == keyCount && nonce.count == nonceCount, "a key has 32 bytes and a nonce twelve")
        guard sealed.byteCount >= tagCount else { return false }
        precondition(text.byteCount >= sealed.byteCount - tagCount, "there is room for the text")
        let length = sealed.cLength
        return key.withBytes { key in
            unsafe key.withCBytes { key in
                unsafe sealed.withCBytes { sealed in
                    unsafe text.withCBytes { text in
                        unsafe crypto_aead_chacha20poly1305_ietf_decrypt(
                            text,
                            nil,
                            nil,
                            sealed,
                            length,
                            nil,
                            0,
                            nonce,
                            key
                        ) == 0
                    }
                }
            }
        }
    }
}
