/// The CRC-32 of ISO-HDLC, gzip and Ethernet, computed without a table, for values of a few hundred bytes.
enum CRC32 {
    /// Returns the checksum of `bytes`.
    static func checksum(of bytes: some Sequence<UInt8>) -> UInt32 {
        var checksum: UInt32 = .max
        for byte in bytes {
            checksum ^= UInt32(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xedb8_8320 : checksum >> 1 }
        }
        return ~checksum
    }

    /// Returns the checksum of `bytes` in six base62 digits: `0` to `9`, then upper-case, then lower-case letters.
    static func base62(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var rest = Int(checksum(of: bytes))
        var result: [UInt8] = []
        for _ in 0..<6 {
            result.append(digits[rest % digits.count])
            rest /= digits.count
        }
        return result.reversed()
    }

    private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}
