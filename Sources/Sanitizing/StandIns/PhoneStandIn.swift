/// The phone numbers used as stand-ins: 555-0100 to 0199, which are reserved for fiction in every area of the North
/// American Numbering Plan.
enum PhoneStandIn {
    private static let areaCodes = [202, 303, 404, 505, 606, 707, 808, 909]
    private static let numbersOfArea = 100
    private static let firstOfArea = 100
    /// The number of final digits that identify a phone, whatever prefixes are written before them.
    private static let tellingDigits = 9

    /// The number of stand-ins.
    static let limit = numbersOfArea * areaCodes.count

    /// Returns the stand-in with an index below ``limit``, in the spelling of a number.
    ///
    /// A number without blanks may be in a shell command, where a blank would end it. One of only digits may be a YAML
    /// number, unlike `0171-2345678`, and a dial plan compares it with what a caller dials, which has no plus.
    static func text(_ index: Int, like value: [UInt8]) -> String {
        let separator = value.contains(UInt8(ascii: " ")) ? " " : value.contains(UInt8(ascii: "-")) ? "-" : ""
        let prefix = value.starts(with: "00".utf8) ? "00" : value.allSatisfy(isDigit) ? "" : "+"
        return text(index, country: prefix + "1", separator: separator)
    }

    private static func text(_ index: Int, country: String, separator: String) -> String {
        let areaCode = areaCodes[index / numbersOfArea % areaCodes.count]
        let last = "0\(firstOfArea + index % numbersOfArea)"
        return [country, "\(areaCode)", "555", last].joined(separator: separator)
    }

    /// Returns the index of a stand-in; nil for any other number.
    static func number(_ text: [UInt8]) -> Int? {
        let digits = String(decoding: text.filter(isDigit).drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
        guard let last = Int(digits.suffix(3)), let areaCode = Int(digits.dropFirst().prefix(3)),
            let area = areaCodes.firstIndex(of: areaCode)
        else { return nil }
        let index = area * numbersOfArea + last - firstOfArea
        return index >= 0 && Self.text(index, country: "1", separator: "") == digits ? index : nil
    }

    /// Returns the digits common to all spellings of a number: `+49 30 1234567`, `0049301234567` and `(030) 1234567`.
    static func subscriber(_ value: [UInt8]) -> [UInt8] {
        var digits = value.filter(isDigit)[...]
        // National numbers begin with a zero that is left out after the country code.
        while digits.first == UInt8(ascii: "0") { digits.removeFirst() }
        return Array(digits.suffix(tellingDigits))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
