/// The form of a value that may be shown to people.
///
/// For a secret: its character classes and length (only a range for short ones), and never a byte of it. For an
/// identifying value: enough for its owner to recognise it, and too little for anyone else to learn it.
package enum Mask {
    /// Returns the mask of `value`.
    ///
    /// - secrets: `32 hexadecimal digits`, `8 to 15 characters, letters and digits`;
    /// - private keys and certificates: `1704 characters of base64`;
    /// - domains, emails, host names, paths: the first character of each part, `w….test`, `a…@w….test`;
    /// - addresses: the first number or group, `34.…`, `2600:…`;
    /// - numbers and names: the first character and the length, `4…, 12 characters`.
    package static func mask(_ value: [UInt8], kind: Kind) -> String {
        switch kind {
        case .password, .secretKey, .token, .passwordHash, .salt: return secret(value)
        case .privateKey, .publicKey, .certificate: return "\(value.count) characters of base64"
        case .ipv4: return firstPart(value, separator: ".")
        case .ipv6, .mac: return firstPart(value, separator: ":")
        case .domain, .hostName: return labels(value)
        case .email:
            let parts = value.split(separator: UInt8(ascii: "@"), maxSplits: 1)
            guard parts.count == 2 else { return initial(value) }
            return "\(first(parts[0]))…@\(labels(Array(parts[1])))"
        case .homePath:
            guard let slash = value.lastIndex(of: UInt8(ascii: "/")) else { return initial(value) }
            return String(decoding: value[...slash], as: UTF8.self) + first(value[(slash + 1)...]) + "…"
        case .projectID, .projectNumber, .userName, .personName, .phone, .accountID, .resourceID, .networkName, .place,
            .timeZone:
            return initial(value)
        }
    }

    private static func secret(_ value: [UInt8]) -> String {
        let length =
            switch value.count {
            case ..<8: "fewer than 8 characters"
            case ..<16: "8 to 15 characters"
            default: "\(value.count) characters"
            }
        let isHex = value.count >= 16 && value.allSatisfy(ByteSet.hexDigits.contains)
        if isHex { return "\(value.count) hexadecimal digits" }
        var classes: [String] = []
        if value.contains(where: ByteSet.letters.contains) { classes.append("letters") }
        if value.contains(where: ByteSet.digits.contains) { classes.append("digits") }
        if !value.allSatisfy(ByteSet.alphanumerics.contains) { classes.append("symbols") }
        return classes.isEmpty ? length : "\(length), \(classes.joined(separator: " and "))"
    }

    private static func firstPart(_ value: [UInt8], separator: Character) -> String {
        let text = String(decoding: value, as: UTF8.self)
        guard let end = text.firstIndex(of: separator), end > text.startIndex else { return "…" }
        return text[...end] + "…"
    }

    private static func labels(_ value: [UInt8]) -> String {
        let parts = value.split(separator: UInt8(ascii: "."))
        guard parts.count > 1, let last = parts.last else { return initial(value) }
        return parts.dropLast().map { first($0) + "…" }.joined(separator: ".") + "."
            + String(decoding: last, as: UTF8.self)
    }

    private static func initial(_ value: [UInt8]) -> String { "\(first(value[...]))…, \(value.count) characters" }

    private static func first(_ value: ArraySlice<UInt8>) -> String {
        String(decoding: value, as: UTF8.self).first.map(String.init) ?? ""
    }
}
