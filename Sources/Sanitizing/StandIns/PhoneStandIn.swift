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

    /// Returns the stand-in with an index below ``limit``.
    static func text(_ index: Int, separator: String) -> String {
        let areaCode = areaCodes[index / numbersOfArea % areaCodes.count]
        let last = "0\(firstOfArea + index % numbersOfArea)"
        return ["+1", "\(areaCode)", "555", last].joined(separator: separator)
    }

    /// Returns the index of a stand-in; nil for any other number.
    static func number(_ text: [UInt8]) -> Int? {
        let digits = String(decoding: text.filter(isDigit), as: UTF8.self)
        guard let last = Int(digits.suffix(3)), let areaCode = Int(digits.dropFirst().prefix(3)),
            let area = areaCodes.firstIndex(of: areaCode)
        else { return nil }
        let index = area * numbersOfArea + last - firstOfArea
        return index >= 0 && Self.text(index, separator: "") == "+" + digits ? index : nil
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
