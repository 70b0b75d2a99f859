/// Bech32 as used by age: BIP 173 without its length limit.
enum Bech32 {
    /// Whether the last six characters of `text` are the checksum of the others; all letters must have the same case.
    static func verifies(_ text: [UInt8]) -> Bool {
        let hasUpper = text.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let hasLower = text.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        let text = text.map(\.lowered)
        guard hasUpper != hasLower, let separator = text.lastIndex(of: UInt8(ascii: "1")), separator > 0,
            text.count - separator > 6
        else { return false }
        var values: [UInt32] = []
        for byte in text[(separator + 1)...] {
            guard let value = alphabet.firstIndex(of: byte) else { return false }
            values.append(UInt32(value))
        }
        let prefix = text[..<separator]
        let expanded = prefix.map { UInt32($0 >> 5) } + [0] + prefix.map { UInt32($0 & 31) }
        return polymod(expanded + values) == 1
    }

    /// The remainder of the code's polynomial, as computed in BIP 173.
    private static func polymod(_ values: [UInt32]) -> UInt32 {
        var checksum: UInt32 = 1
        for value in values {
            let top = checksum >> 25
            checksum = (checksum & 0x1ff_ffff) << 5 ^ value
            for (bit, generator) in generators.enumerated() where top >> UInt32(bit) & 1 == 1 { checksum ^= generator }
        }
        return checksum
    }

    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    private static let generators: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
}
