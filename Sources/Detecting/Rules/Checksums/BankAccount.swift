/// Verifies the check digits of International Bank Account Numbers (ISO 13616-1 and ISO/IEC 7064, MOD 97-10).
enum BankAccount {
    /// Whether `value`, with or without blanks, is a number with correct check digits.
    static func verifies(_ value: [UInt8]) -> Bool {
        let characters = value.filter { $0 != UInt8(ascii: " ") }
        guard (15...34).contains(characters.count) else { return false }
        var remainder = 0
        for character in characters[4...] + characters[..<4] {
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                remainder = (remainder * 10 + Int(character - UInt8(ascii: "0"))) % 97
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                remainder = (remainder * 100 + Int(character - UInt8(ascii: "A")) + 10) % 97
            default: return false
            }
        }
        return remainder == 1
    }
}
