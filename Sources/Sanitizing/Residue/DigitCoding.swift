/// The way in which digits encode a value.
///
/// Whether they do so at a given place is determined by decoding the digits around it.
enum DigitCoding: Sendable {
    /// The base64 digits that depend on the value alone if it starts 0 to 2 bytes after a group of three.
    ///
    /// The digits beside them contain further bits of the value: five bytes fill six and a half digits, and without
    /// that half `wren4` would be found in `wren5`.
    ///
    /// A wide value is in UTF-16, with two bytes for each character.
    case base64(value: [UInt8], offset: Int, isWide: Bool = false)
    /// The base32 digits that depend on the value alone.
    case base32(Base32Digits)
    /// Two hexadecimal digits for each byte.
    case hexadecimal

    /// The number of bytes decoded before and after the value, enough for every boundary.
    private static let reach = 6

    /// Whether the digits from `start` up to `end` encode the value, and nothing adjacent makes it a different one.
    func holds(_ boundary: ResidueCheck.Boundary, in text: DigitText, from start: Int, to end: Int) -> Bool {
        switch self {
        case .base64(let value, let offset, let isWide):
            Self.holds(boundary, value, offset, isWide: isWide, in: text, from: start)
        case .base32(let digits): digits.holds(boundary, in: text, from: start)
        case .hexadecimal: Self.holds(boundary, in: text.bytes, from: start, to: end)
        }
    }

    private static func holds(
        _ boundary: ResidueCheck.Boundary,
        _ value: [UInt8],
        _ offset: Int,
        isWide: Bool,
        in text: DigitText,
        from start: Int
    ) -> Bool {
        // The groups of four digits that contain a part of the value.
        let group = start - (offset * 8 + 5) / 6
        let needed = group + ((offset + value.count) * 8 + 5) / 6
        guard group >= 0, needed <= text.bytes.count else { return false }
        // In a URL a digit may be percent-encoded.
        if text.bytes[group..<needed].contains(UInt8(ascii: "%")) { return true }
        var first = group
        while group - first < reach, text.hasGroup(before: first) { first -= 4 }
        var last = needed
        while last - needed < reach, text.goesOn(at: last) { last += 1 }
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        for (index, byte) in text.bytes[first..<last].enumerated() {
            guard let digit = DigitText.base64Digit(byte) else { return false }
            bits = bits << 6 | UInt32(digit)
            let count = (index + 1) * 6 % 8
            if count < 6 { decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(count))) }
        }
        let place = (group - first) / 4 * 3 + offset
        guard decoded[place...].starts(with: value) else { return false }
        guard isWide else { return boundary.holds(in: decoded, from: place, to: place + value.count) }
        let units = stride(from: place % 2, to: decoded.count - 1, by: 2).map { decoded[$0 + 1] == 0 ? decoded[$0] : 0 }
        return boundary.holds(in: units, from: place / 2, to: (place + value.count) / 2)
    }

    private static func holds(_ boundary: ResidueCheck.Boundary, in text: [UInt8], from start: Int, to end: Int) -> Bool
    {
        var first = start
        while start - first < 2 * reach, byte(in: text, at: first - 2) != nil { first -= 2 }
        var last = end
        while last - end < 2 * reach, byte(in: text, at: last) != nil { last += 2 }
        let decoded = stride(from: first, to: last, by: 2).compactMap { byte(in: text, at: $0) }
        return boundary.holds(in: decoded, from: (start - first) / 2, to: (end - first) / 2)
    }

    /// Decodes two hexadecimal digits.
    private static func byte(in text: [UInt8], at index: Int) -> UInt8? {
        guard index >= 0, index + 1 < text.count else { return nil }
        return digit(text[index]).flatMap { high in digit(text[index + 1]).map { high << 4 | $0 } }
    }

    /// Returns the value of a hexadecimal digit; nil for another byte.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte.lowercasedASCII {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte.lowercasedASCII - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// A text that is searched for digits, with the positions of removed white space.
struct DigitText {
    /// The bytes.
    var bytes: [UInt8]
    /// Whether something was removed before each byte; empty if nothing was.
    var gaps: [Bool] = []

    /// Whether four base64 digits directly precede an index.
    func hasGroup(before index: Int) -> Bool { hasDigits(4, before: index) { Self.base64Digit($0) != nil } }

    /// Whether a number of digits directly precede an index.
    func hasDigits(_ count: Int, before index: Int, _ isDigit: (UInt8) -> Bool) -> Bool {
        guard index >= count else { return false }
        return (index - count..<index).allSatisfy { isDigit(bytes[$0]) && !isGap($0 + 1) }
    }

    /// Whether a base64 digit is at an index, directly after the previous byte.
    func goesOn(at index: Int) -> Bool { goesOn(at: index) { Self.base64Digit($0) != nil } }

    /// Whether a digit is at an index, directly after the previous byte.
    func goesOn(at index: Int, _ isDigit: (UInt8) -> Bool) -> Bool {
        index < bytes.count && isDigit(bytes[index]) && !isGap(index)
    }

    private func isGap(_ index: Int) -> Bool { index < gaps.count && gaps[index] }

    /// The value of a base64 or base64url digit.
    static func base64Digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
