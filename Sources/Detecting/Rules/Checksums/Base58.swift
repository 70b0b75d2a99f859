internal import Sodium

/// Base58Check, the encoding of Bitcoin keys.
enum Base58 {
    /// Whether the last four of the bytes that `text` encodes equal the start of the double SHA-256 of the preceding
    /// bytes.
    static func verifies(_ text: [UInt8]) -> Bool {
        guard let bytes = decode(text), bytes.count > 4 else { return false }
        let hash = SHA256.hash(SHA256.hash(Array(bytes.dropLast(4))).bytes)
        return hash.bytes.prefix(4).elementsEqual(bytes.suffix(4))
    }

    /// Decodes `text`; nil if it is not base58.
    private static func decode(_ text: [UInt8]) -> [UInt8]? {
        // The number so far, its least significant byte first.
        var number: [UInt8] = []
        for byte in text {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            var carry = digit
            for index in number.indices {
                carry += Int(number[index]) * 58
                number[index] = UInt8(carry & 0xff)
                carry >>= 8
            }
            while carry > 0 {
                number.append(UInt8(carry & 0xff))
                carry >>= 8
            }
        }
        let zeros = text.prefix { $0 == alphabet[0] }.count
        return [UInt8](repeating: 0, count: zeros) + number.reversed()
    }

    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
}
