/// The base32 digits (RFC 4648 section 6) of a value at some position within a longer text.
///
/// Five bytes fill eight digits, so a value has five spellings. The digits at its ends also contain bits of the
/// adjacent bytes.
struct Base32Digits: Sendable {
    /// The value.
    let value: [UInt8]
    /// The number of bytes before it in its first group of five.
    let offset: Int

    /// The minimum number of digits that are searched for; fewer occur in unrelated texts by chance.
    private static let fewest = 8
    /// The number of digits that are decoded before and after the value.
    private static let reach = 16

    /// Returns the form for each position in a group that yields enough digits.
    static func forms(of value: [UInt8]) -> [ResidueForms.Form] {
        (0..<5).compactMap { offset in
            let digits = Base32Digits(value: value, offset: offset)
            let bytes = digits.ownDigits
            guard bytes.count >= fewest else { return nil }
            return ResidueForms.Form(
                name: "in base32",
                bytes: bytes,
                spelling: .unwrapped,
                coding: .base32(digits)
            )
        }
    }

    /// The first digit that depends on the value alone, counted from the start of its group.
    private var firstOwnDigit: Int { (offset * 8 + 4) / 5 }

    /// The digits that depend on the value alone.
    private var ownDigits: [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let end = (offset + value.count) * 8 / 5
        guard firstOwnDigit < end else { return [] }
        return (firstOwnDigit..<end).map { digit in
            var index = 0
            for bit in digit * 5..<digit * 5 + 5 {
                let position = bit - offset * 8
                index = index << 1 | Int(value[position / 8] >> UInt8(7 - position % 8)) & 1
            }
            return alphabet[index]
        }
    }

    /// Whether the digits of `text` from `start` on encode the value, and nothing adjacent makes it a different one.
    func holds(_ boundary: ResidueCheck.Boundary, in text: DigitText, from start: Int) -> Bool {
        let group = start - firstOwnDigit
        let needed = group + ((offset + value.count) * 8 + 4) / 5
        guard group >= 0, needed <= text.bytes.count else { return false }
        var first = group
        while group - first < Self.reach, text.hasDigits(8, before: first, Self.isDigit) { first -= 8 }
        var last = needed
        while last - needed < Self.reach, text.goesOn(at: last, Self.isDigit) { last += 1 }
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.bytes[first..<last] {
            guard let digit = Self.digit(byte) else { return false }
            bits = bits << 5 | UInt32(digit)
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        let place = (group - first) / 8 * 5 + offset
        return decoded[place...].starts(with: value)
            && boundary.holds(in: decoded, from: place, to: place + value.count)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { digit(byte) != nil }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): byte - UInt8(ascii: "2") + 26
        default: nil
        }
    }
}
