/// The forms that a value can have in a text.
///
/// Only this file spells them.
enum ResidueForms {
    /// The way in which a form is searched for.
    enum Spelling {
        /// In the text as it is.
        case asWritten
        /// In the text without white space, because an encoder may have wrapped it.
        case unwrapped
    }

    /// One form of a value.
    struct Form {
        var name: String
        var bytes: [UInt8]
        var spelling = Spelling.asWritten
        /// Whether letter case does not matter in the form itself.
        var ignoresCase = false
        /// Whether the form consists of the value's characters, perhaps escaped, so that adjacent text matters.
        var isPlain = false
        /// The way in which the bytes encode the value if they are digits.
        var coding: DigitCoding?
    }

    /// Returns all distinct forms.
    static func forms(of value: [UInt8]) -> [Form] {
        var forms = [Form(name: "as it is", bytes: value, isPlain: true)]
        for escapingSlash in [false, true] {
            let bytes = json(value, escapingSlash: escapingSlash)
            forms.append(Form(name: "JSON-escaped", bytes: bytes, isPlain: true))
        }
        forms.append(Form(name: "JSON-escaped in ASCII", bytes: jsonASCII(value), ignoresCase: true))
        let twice = json(json(value, escapingSlash: false), escapingSlash: false)
        forms.append(Form(name: "JSON-escaped twice", bytes: twice, isPlain: true))
        forms.append(Form(name: "backslash-escaped", bytes: backslashed(value), isPlain: true))
        for count in 1...2 {
            let dots = escapedMarks(value, ".", count)
            forms.append(Form(name: "escaped as an expression", bytes: dots, isPlain: true))
            let marks = escapedMarks(value, ".-+*?()[]{}|^$&~#", count)
            forms.append(Form(name: "escaped as an expression", bytes: marks, isPlain: true))
        }
        forms.append(Form(name: "quote-doubled", bytes: doubled(value, UInt8(ascii: "'")), isPlain: true))
        forms.append(Form(name: "dollar-doubled", bytes: doubled(value, UInt8(ascii: "$")), isPlain: true))
        forms.append(Form(name: "XML-escaped", bytes: xml(value), isPlain: true))
        forms.append(Form(name: "percent-encoded", bytes: percent(value) { isUnreserved($0) }, ignoresCase: true))
        forms.append(Form(name: "percent-encoded", bytes: percent(value, isLetterOrDigit), ignoresCase: true))
        forms.append(Form(name: "percent-encoded", bytes: percent(value) { _ in false }, ignoresCase: true))
        forms.append(Form(name: "in hex", bytes: hex(value), ignoresCase: true, coding: .hexadecimal))
        forms.append(Form(name: "in UTF-16", bytes: value.flatMap { [$0, 0] }.dropLast()))
        forms += reversedNames(of: value)
        forms += Base32Digits.forms(of: value)
        let wide: [UInt8] = value.flatMap { [$0, UInt8(0)] }
        let isASCII = value.allSatisfy { $0 < 0x80 }
        for offset in 0..<3 {
            forms += base64Forms("in base64", of: value, at: offset, isWide: false)
            if isASCII { forms += base64Forms("in UTF-16 in base64", of: wide, at: offset, isWide: true) }
        }
        var seen: Set<[UInt8]> = []
        return forms.filter { seen.insert($0.bytes).inserted }
    }

    private static func base64Forms(_ name: String, of value: [UInt8], at offset: Int, isWide: Bool) -> [Form] {
        let text = base64(value, at: offset)
        // Fewer characters occur in unrelated base64 by chance.
        guard text.count >= 6 else { return [] }
        let coding = DigitCoding.base64(value: value, offset: offset, isWide: isWide)
        let urlSafe = text.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
        return [
            Form(name: name, bytes: text, spelling: .unwrapped, coding: coding),
            Form(name: name + "url", bytes: urlSafe, spelling: .unwrapped, coding: coding),
        ]
    }

    // MARK: - Escapes

    private static func json(_ value: [UInt8], escapingSlash: Bool) -> [UInt8] {
        value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""): Array("\\\"".utf8)
            case UInt8(ascii: "\\"): Array("\\\\".utf8)
            case UInt8(ascii: "/") where escapingSlash: Array("\\/".utf8)
            case 0x0A: Array("\\n".utf8)
            case 0x0D: Array("\\r".utf8)
            case 0x09: Array("\\t".utf8)
            case 0..<0x20: Array("\\u00".utf8) + hex([byte])
            default: [byte]
            }
        }
    }

    private static func jsonASCII(_ value: [UInt8]) -> [UInt8] {
        String(decoding: value, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            if unit < 0x80 { return json([UInt8(unit)], escapingSlash: false) }
            return Array("\\u".utf8) + hex([UInt8(unit >> 8), UInt8(unit & 0xFF)])
        }
    }

    private static func backslashed(_ value: [UInt8]) -> [UInt8] {
        value.flatMap { isUnreserved($0) || $0 >= 0x80 ? [$0] : [UInt8(ascii: "\\"), $0] }
    }

    /// Returns the value with backslashes before some characters, as in a regular expression; two of them as in a
    /// string that contains one.
    private static func escapedMarks(_ value: [UInt8], _ marks: String, _ count: Int) -> [UInt8] {
        value.flatMap { byte in
            marks.utf8.contains(byte) ? [UInt8](repeating: UInt8(ascii: "\\"), count: count) + [byte] : [byte]
        }
    }

    private static func doubled(_ value: [UInt8], _ character: UInt8) -> [UInt8] {
        value.flatMap { $0 == character ? [$0, $0] : [$0] }
    }

    private static func xml(_ value: [UInt8]) -> [UInt8] {
        value.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "<"): Array("&lt;".utf8)
            case UInt8(ascii: ">"): Array("&gt;".utf8)
            case UInt8(ascii: "\""): Array("&quot;".utf8)
            default: [byte]
            }
        }
    }

    private static func percent(_ value: [UInt8], _ isKept: (UInt8) -> Bool) -> [UInt8] {
        value.flatMap { isKept($0) ? [$0] : [UInt8(ascii: "%")] + hex([$0]) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// Unreserved characters (RFC 3986 section 2.3).
    private static func isUnreserved(_ byte: UInt8) -> Bool { isLetterOrDigit(byte) || "-._~".utf8.contains(byte) }

    // MARK: - Other spellings

    private static func hex(_ value: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return value.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// Returns the base64 characters that depend on `value` alone if it starts `offset` bytes after a group of three.
    static func base64(_ value: [UInt8], at offset: Int) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        // From the first bit of the value to its last, in groups of six, without the groups shared with other bytes.
        let firstGroup = (offset * 8 + 5) / 6
        let endGroup = (offset + value.count) * 8 / 6
        guard firstGroup < endGroup else { return [] }
        return (firstGroup..<endGroup).map { group in
            var index = 0
            for bit in group * 6..<group * 6 + 6 {
                let position = bit - offset * 8
                index = index << 1 | Int(value[position / 8] >> UInt8(7 - position % 8)) & 1
            }
            return alphabet[index]
        }
    }

    /// Returns an address's names under `in-addr.arpa` and `ip6.arpa`.
    private static func reversedNames(of value: [UInt8]) -> [Form] {
        if let bytes = AddressText.ipv4(value) {
            let counts = bytes[3] == 0 ? [4, 3] : [4]
            return counts.map { count in
                let name = bytes.prefix(count).reversed().map { String($0) }.joined(separator: ".") + ".in-addr.arpa"
                return Form(name: "as a reversed name", bytes: Array(name.utf8), ignoresCase: true)
            }
        }
        if let bytes = AddressText.ipv6(value) {
            let digits = hex(bytes)
            let used = 32 - digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count
            // The zone of a network may be named with any number of the zeros at its end.
            let counts = used > 16 ? [32] : Array(max(8, used)...16) + [32]
            return counts.map { count in
                let name = digits.prefix(count).reversed().flatMap { [$0, UInt8(ascii: ".")] }
                return Form(name: "as a reversed name", bytes: name + Array("ip6.arpa".utf8), ignoresCase: true)
            }
        }
        return []
    }
}
