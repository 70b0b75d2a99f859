internal import CSodium

/// The authenticated encryption ChaCha20-Poly1305 (RFC 8439), with the tag after the text.
enum ChaChaPoly {
    /// The size of a key in bytes.
    static let keyCount = 32
    /// The size of a nonce in bytes.
    static let nonceCount = 12
    /// The number of bytes that sealing adds.
    static let tagCount = 16

    /// Seals `text`, and appends the result to `sealed`.
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

    /// Opens sealed bytes into the first bytes of `text`, which must be large enough.
    ///
    /// - Returns: whether they are authentic for this key and nonce; if not, `text` holds zeros or its old contents.
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
