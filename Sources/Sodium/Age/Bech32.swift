/// Bech32 as used by age: BIP 173 without its length limit.
package enum Bech32 {
    private static let checksumCount = 6
    private static let separator = UInt8(ascii: "1")
    private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    /// Encodes `bytes` after a prefix, all in the prefix's letter case, in locked memory.
    static func encode(_ bytes: RawSpan, prefix: String) -> SecretBytes {
        let prefixBytes = Array(prefix.utf8)
        let isUpper = prefixBytes.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let groupCount = (8 * bytes.byteCount + 4) / 5
        var text = SecretBytes(count: prefixBytes.count + 1 + groupCount + checksumCount)
        text.replace(at: 0, with: prefixBytes + [separator])
        var position = prefixBytes.count + 1
        var checksum = Checksum(prefix: prefixBytes)
        func put(_ group: UInt8, in text: inout SecretBytes) {
            let letter = alphabet[Int(group)]
            text[position] = isUpper && letter >= UInt8(ascii: "a") ? letter - 0x20 : letter
            position += 1
        }
        var pending: UInt32 = 0
        var pendingCount = 0
        for offset in 0..<bytes.byteCount {
            pending = pending << 8 | UInt32(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
            pendingCount += 8
            while pendingCount >= 5 {
                pendingCount -= 5
                let group = UInt8(pending >> UInt32(pendingCount) & 31)
                checksum.take(group)
                put(group, in: &text)
            }
            pending &= 1 << UInt32(pendingCount) - 1
        }
        if pendingCount > 0 {
            let group = UInt8(pending << UInt32(5 - pendingCount) & 31)
            checksum.take(group)
            put(group, in: &text)
        }
        for group in checksum.groups() { put(group, in: &text) }
        return text
    }

    /// Decodes a text with exactly this prefix, including letter case, in locked memory; nil for any other text.
    static func decode(_ text: borrowing SecretBytes, prefix: String) -> SecretBytes? {
        let prefixBytes = Array(prefix.utf8)
        let isUpper = prefixBytes.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        let start = prefixBytes.count + 1
        guard text.count >= start + checksumCount, text[start - 1] == separator else { return nil }
        for (offset, byte) in prefixBytes.enumerated() where text[offset] != byte { return nil }
        let groupCount = text.count - start - checksumCount
        var bytes = SecretBytes(count: groupCount * 5 / 8)
        var position = 0
        var checksum = Checksum(prefix: prefixBytes)
        var pending: UInt32 = 0
        var pendingCount = 0
        for index in 0..<(groupCount + checksumCount) {
            guard let group = group(of: text[start + index], isUpper: isUpper) else { return nil }
            checksum.take(group)
            guard index < groupCount else { continue }
            pending = pending << 5 | UInt32(group)
            pendingCount += 5
            guard pendingCount >= 8 else { continue }
            pendingCount -= 8
            bytes[position] = UInt8(pending >> UInt32(pendingCount) & 0xFF)
            position += 1
            pending &= 1 << UInt32(pendingCount) - 1
        }
        // The fill bits of the last group must be zero and fewer than a group, so that each text has one spelling.
        guard checksum.isRight, pendingCount < 5, pending == 0 else { return nil }
        return bytes
    }

    /// Whether the last six characters of a text are the checksum of the others; all its letters must be of one case.
    package static func verifies(_ text: [UInt8]) -> Bool {
        let isUpper = text.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        guard let end = text.lastIndex(of: separator), end > 0, text.count - end > checksumCount else { return false }
        let small = UInt8(ascii: "a")...UInt8(ascii: "z")
        let large = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard !text[..<end].contains(where: { (isUpper ? small : large).contains($0) }) else { return false }
        var checksum = Checksum(prefix: Array(text[..<end]))
        for byte in text[(end + 1)...] {
            guard let group = group(of: byte, isUpper: isUpper) else { return false }
            checksum.take(group)
        }
        return checksum.isRight
    }

    private static func group(of byte: UInt8, isUpper: Bool) -> UInt8? {
        let isUpperLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        let isLowerLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        guard isUpper ? !isLowerLetter : !isUpperLetter else { return nil }
        return alphabet.firstIndex(of: isUpperLetter ? byte + 0x20 : byte).map { UInt8($0) }
    }

    /// The code's remainder, computed group by group.
    private struct Checksum {
        private static let generators: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        private var remainder: UInt32 = 1

        /// Begins with the prefix in lower case, whatever its own.
        init(prefix: [UInt8]) {
            let lower = prefix.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 0x20 : $0 }
            for byte in lower { take(byte >> 5) }
            take(0)
            for byte in lower { take(byte & 31) }
        }

        mutating func take(_ group: UInt8) {
            let top = remainder >> 25
            remainder = (remainder & 0x1ff_ffff) << 5 ^ UInt32(group)
            for (bit, generator) in Self.generators.enumerated() where top >> UInt32(bit) & 1 == 1 {
                remainder ^= generator
            }
        }

        var isRight: Bool { remainder == 1 }

        /// The six groups that complete the checksum.
        consuming func groups() -> [UInt8] {
            for _ in 0..<Bech32.checksumCount { take(0) }
            return (0..<Bech32.checksumCount).map { UInt8((remainder ^ 1) >> UInt32(5 * (5 - $0)) & 31) }
        }
    }
}
