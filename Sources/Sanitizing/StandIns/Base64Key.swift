internal import Documents
internal import Sodium

/// The stand-in of a key that programs read only as base64 of 32 bytes, such as WireGuard and other Curve25519 keys.
enum Base64Key {
    /// The size of such a key in bytes.
    private static let byteCount = 32

    /// Whether a value is the padded base64 of 32 bytes.
    static func isOne(_ value: [UInt8]) -> Bool {
        // The last of the 43 digits encodes four bits of the bytes and two zero bits.
        value.count == 44 && value[43] == UInt8(ascii: "=") && value.prefix(43).allSatisfy(isDigit)
            && "AEIMQUYcgkosw048".utf8.contains(value[42])
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }

    /// Returns base64 of 32 bytes that decode to readable text with the placeholder.
    ///
    /// If two placeholders start alike, their numbers from 0 on tell them apart.
    static func standIn(for placeholder: String, number: Int) -> String {
        let suffix = Array((number == 0 ? "" : "-\(number)").utf8)
        let text = Array(Array(placeholder.utf8).prefix(byteCount - suffix.count)) + suffix
        let padded = text + [UInt8](repeating: UInt8(ascii: "."), count: byteCount - text.count)
        return Base64.encode(padded)
    }
}
