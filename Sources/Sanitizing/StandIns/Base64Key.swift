internal import Documents
internal import Sodium

/// The stand-in of a key that programs only read as the base64 of 32 bytes: WireGuard's, and what else Curve25519 uses.
enum Base64Key {
    /// How many bytes such a key has.
    private static let byteCount = 32

    /// Whether a value is the padded base64 of 32 bytes.
    static func isOne(_ value: [UInt8]) -> Bool {
        // The last of the 43 digits stands for four bits of the bytes and two that are zero.
        value.count == 44 && value[43] == UInt8(ascii: "=") && value.prefix(43).allSatisfy(isDigit)
            && "AEIMQUYcgkosw048".utf8.contains(value[42])
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    /// The base64 of a placeholder: of 32 bytes, and readable to whoever decodes it.
    ///
    /// Where two placeholders start alike, their numbers from 0 on tell them apart.
    static func standIn(for placeholder: String, number: Int) -> String {
        let suffix = Array((number == 0 ? "" : "-\(number)").utf8)
        let text = Array(Array(placeholder.utf8).prefix(byteCount - suffix.count)) + suffix
        let padded = text + [UInt8](repeating: UInt8(ascii: "."), count: byteCount - text.count)
        return Base64.encode(padded)
    }
}
