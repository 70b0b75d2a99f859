internal import CSodium

/// Base64 (RFC 4648) by libsodium: constant-time, and only canonical text is decoded.
public enum Base64 {
    /// The supported alphabets.
    public enum Alphabet: Hashable, Sendable {
        /// `+` and `/`, padded with `=`: RFC 4648 section 4.
        case standard
        /// `+` and `/`, unpadded, as in age.
        case standardUnpadded
        /// `-` and `_`, unpadded: RFC 4648 section 5.
        case urlSafeUnpadded

        var variant: Int32 {
            switch self {
            case .standard: sodium_base64_VARIANT_ORIGINAL
            case .standardUnpadded: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
            case .urlSafeUnpadded: sodium_base64_VARIANT_URLSAFE_NO_PADDING
            }
        }
    }

    /// Encodes `bytes`.
    public static func encode(_ bytes: RawSpan, as alphabet: Alphabet = .standard) -> String {
        encodeSecret(bytes, as: alphabet).withBytes { text in
            unsafe text.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        }
    }

    /// Encodes `bytes`.
    public static func encode(_ bytes: [UInt8], as alphabet: Alphabet = .standard) -> String {
        bytes.withBytes { encode($0, as: alphabet) }
    }

    /// Encodes `bytes` in locked memory.
    public static func encodeSecret(_ bytes: RawSpan, as alphabet: Alphabet = .standard) -> SecretBytes {
        // The length includes libsodium's terminating NUL.
        var text = SecretBytes(count: sodium_base64_encoded_len(bytes.byteCount, alphabet.variant))
        text.withMutableBytes { target in
            let room = target.byteCount
            unsafe target.withCBytes { target in
                unsafe bytes.withCBytes { source in
                    let text = unsafe UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self)
                    _ = unsafe sodium_bin2base64(text, room, source, bytes.byteCount, alphabet.variant)
                }
            }
        }
        return text.withBytes { SecretBytes(copying: $0.extracting(droppingLast: 1)) }
    }

    /// Decodes `text`.
    ///
    /// - Throws: ``SodiumError`` with code `malformedBase64` if the text has white space or wrong padding, or is not
    ///   the canonical encoding of its bytes.
    public static func decode(_ text: RawSpan, as alphabet: Alphabet = .standard) throws(SodiumError) -> [UInt8] {
        try decodeSecret(text, as: alphabet).withBytes { bytes in
            unsafe bytes.withUnsafeBytes { unsafe Array($0) }
        }
    }

    /// Decodes `text`.
    ///
    /// - Throws: ``SodiumError`` with code `malformedBase64`, as for a span.
    public static func decode(_ text: [UInt8], as alphabet: Alphabet = .standard) throws(SodiumError) -> [UInt8] {
        try text.withBytes { bytes throws(SodiumError) in try decode(bytes, as: alphabet) }
    }

    /// Decodes `text` in locked memory.
    ///
    /// - Throws: ``SodiumError`` with code `malformedBase64`, as for a non-secret span.
    public static func decodeSecret(
        _ text: RawSpan,
        as alphabet: Alphabet = .standard
    ) throws(SodiumError) -> SecretBytes {
        // libsodium 1.0.18 takes a byte with its highest bit set for the slash: 0xAF for 0x2F.
        var allBits: UInt8 = 0
        for offset in 0..<text.byteCount { allBits |= unsafe text.unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
        guard allBits < 0x80 else { throw SodiumError(.malformedBase64, "the text is not base64") }
        var bytes = SecretBytes(count: text.byteCount / 4 * 3 + 3)
        let textLength = text.byteCount
        var length = 0
        let status = bytes.withMutableBytes { target in
            let room = target.byteCount
            return unsafe target.withCBytes { target in
                unsafe text.withCBytes { source in
                    let text = unsafe UnsafeRawPointer(source).assumingMemoryBound(to: CChar.self)
                    // Without a pointer for the end of the input, the whole text must be base64.
                    return unsafe sodium_base642bin(
                        target,
                        room,
                        text,
                        textLength,
                        nil,
                        &length,
                        nil,
                        alphabet.variant
                    )
                }
            }
        }
        guard status == 0 else { throw SodiumError(.malformedBase64, "the text is not base64") }
        return bytes.withBytes { SecretBytes(copying: $0.extracting(first: length)) }
    }
}
