internal import Detecting
internal import Documents

// Stand-ins of numbers, identifiers and keys.
extension StandIns {
    /// Returns a number with the old one's sign and as many digits, at least eight, starting with a one and zeros.
    mutating func number(for value: [UInt8]) -> String {
        let sign = value.first == UInt8(ascii: "-") ? "-" : ""
        let standIn = numbers.text(for: value, avoiding: taken) { number in
            let digits = String(number + 1)
            let length = max(value.count - sign.utf8.count, digits.utf8.count + 6, 8)
            return sign + "1" + String(repeating: "0", count: length - 1 - digits.utf8.count) + digits
        }
        numberNames[value] = standIn
        return standIn
    }

    /// Returns the stand-in of an identifier.
    ///
    /// A number stays a number, and a form that readers may check is kept; anything else becomes a placeholder.
    mutating func identifier(_ value: [UInt8], rule: String, name: String) -> String {
        let shape = IdentifierShape(of: value, rule: rule)
        if shape == .number { return number(for: value) }
        guard shape.invented(1) != nil else { return Self.placeholder(for: name) }
        return identifiers[shape, default: Numbering()].text(for: value, avoiding: taken) { number in
            shape.invented(number + 1) ?? ""
        }
    }

    /// Returns the stand-in of a key; that of a key that is read as base64 is base64 as well.
    mutating func key(_ value: [UInt8], name: String) -> String {
        if let list = NumberList(value) {
            return numberLists.text(for: value, avoiding: taken) { list.counting($0 + 1) }
        }
        let placeholder = Self.placeholder(for: name)
        guard Base64Key.isOne(value) else { return placeholder }
        let start = Base64Key.standIn(for: placeholder, number: 0).prefix(32)
        return keys[String(start), default: Numbering()].text(for: value, avoiding: taken) {
            Base64Key.standIn(for: placeholder, number: $0)
        }
    }
}
