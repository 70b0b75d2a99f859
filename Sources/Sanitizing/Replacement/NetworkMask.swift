internal import Documents

/// The mask behind the address of a network.
enum NetworkMask {
    /// Returns the length in bits of the mask behind the address that ends at `offset`; nil if none follows.
    ///
    /// It is written as a length (`/25`), as a mask (`/255.255.255.128`, `netmask 255.255.255.128`) or, in access lists
    /// of routers, as a mask with inverted bits (`0.0.0.127`).
    static func length(behind offset: Int, in text: [UInt8]) -> Int? {
        guard offset < text.count else { return nil }
        if text[offset] == UInt8(ascii: "/") {
            let digits = text[(offset + 1)...].prefix(while: \.isDigit)
            let isLength = digits.count <= 2 && !(digits.endIndex < text.count && text[digits.endIndex] == dot)
            return isLength ? Int(String(decoding: digits, as: UTF8.self)) : mask(in: text[(offset + 1)...])
        }
        let rest = text[offset...].prefix(longestLead)
        let blanks = rest.prefix(while: isBlank)
        guard !blanks.isEmpty else { return nil }
        let word = rest[blanks.endIndex...].prefix { $0.isAlphanumeric }
        guard words.contains(where: { word.elementsEqual($0.utf8) }) else { return mask(in: text[blanks.endIndex...]) }
        let start = rest[word.endIndex...].drop(while: isBlank).startIndex
        return start > word.endIndex ? mask(in: text[start...]) : nil
    }

    private static let dot = UInt8(ascii: ".")
    private static let words = ["netmask", "mask"]
    private static let longestLead = 16

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Returns the length of the mask at the start of `text`; nil if there is none.
    private static func mask(in text: ArraySlice<UInt8>) -> Int? {
        let digits = text.prefix { $0.isDigit || $0 == dot }
        guard let bytes = AddressText.ipv4(Array(digits)) else { return nil }
        let bits = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let mask = bits >> 31 == 1 ? bits : ~bits
        let length = mask.leadingOnes
        // Ones must be followed by nothing but zeros; 0.0.0.0 is an address rather than a mask of all bits.
        return length + mask.trailingZeroBitCount >= 32 && length < 32 ? length : nil
    }
}

extension UInt32 {
    fileprivate var leadingOnes: Int { (~self).leadingZeroBitCount }
}
