internal import CSodium

/// Lower-case hexadecimal digits, computed without table look-ups that could leak a secret.
public enum Hex {
    /// Encodes `bytes` in ordinary memory.
    ///
    /// For a secret use ``encodeSecret(_:)``.
    public static func encode(_ bytes: RawSpan) -> String {
        var digits = [UInt8](repeating: 0, count: 2 * bytes.byteCount + 1)
        let room = digits.count
        unsafe digits.withUnsafeMutableBytes { target in
            guard let text = unsafe target.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            unsafe bytes.withCBytes { source in
                _ = unsafe sodium_bin2hex(text, room, source, bytes.byteCount)
            }
        }
        return String(decoding: digits.dropLast(), as: UTF8.self)
    }

    /// Encodes `bytes`.
    public static func encode(_ bytes: [UInt8]) -> String {
        bytes.withBytes { encode($0) }
    }

    /// Encodes `bytes` in locked memory.
    public static func encodeSecret(_ bytes: RawSpan) -> SecretBytes {
        // libsodium terminates the digits with a NUL.
        var digits = SecretBytes(count: 2 * bytes.byteCount + 1)
        digits.withMutableBytes { target in
            let room = target.byteCount
            unsafe target.withCBytes { target in
                unsafe bytes.withCBytes { source in
                    let text = unsafe UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self)
                    _ = unsafe sodium_bin2hex(text, room, source, bytes.byteCount)
                }
            }
        }
        return digits.withBytes { SecretBytes(copying: $0.extracting(droppingLast: 1)) }
    }

    /// Decodes lower-case digits; nil for any other text.
    public static func decode(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(of: digits[index]), let low = value(of: digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
