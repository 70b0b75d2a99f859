internal import Detecting
internal import Documents

/// The form of values by kind, so that a mistyped value is noticed before it is written to twenty files.
enum ValueGrammar {
    /// Returns the problem of a value for a parameter with a stand-in, in a sentence without the value; nil if there is
    /// none.
    ///
    /// The grammar of the kind applies only if the stand-in follows it. A stand-in that does not, such as a network in
    /// place of an address, shows that the parameter is something else.
    static func complaint(about value: [UInt8], for kind: Kind, standIn: String) -> String? {
        guard !value.isEmpty else { return "the value is empty" }
        guard let text = String(validating: value, as: UTF8.self) else { return "the value is not UTF-8" }
        if text.unicodeScalars.contains(where: { isControl($0) && !(isMultiline(kind) && $0 == "\n") }) {
            return "the value has a control character, such as a line end"
        }
        guard !matches(text, kind), matches(standIn, kind) else { return nil }
        return expectation(of: kind)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    private static func isMultiline(_ kind: Kind) -> Bool {
        kind == .privateKey || kind == .certificate
    }

    private static func expectation(of kind: Kind) -> String? {
        switch kind {
        case .domain: "the value is not a domain: labels of letters, digits and hyphens joined by dots, as example.org"
        case .hostName: "the value is not a host name: labels of letters, digits and hyphens, joined by dots"
        case .ipv4: "the value is not an IPv4 address, such as 192.0.2.1"
        case .ipv6: "the value is not an IPv6 address, such as 2001:db8::1"
        case .mac: "the value is not a hardware address: six pairs of hexadecimal digits, joined by colons"
        case .email: "the value is not an email address, such as name@example.org"
        case .projectID:
            "the value is not a project ID: 6 to 30 lower-case letters, digits and hyphens; a letter first, no hyphen last"
        case .projectNumber: "the value is not a project number, which is digits only"
        case .phone: "the value is not a phone number: digits, and blanks, hyphens and parentheses between them"
        case .homePath: "the value is not a path that starts with a slash"
        default: nil
        }
    }

    private static func matches(_ text: String, _ kind: Kind) -> Bool {
        switch kind {
        case .domain: isHostName(text, labels: 2)
        case .hostName: isHostName(text, labels: 1)
        case .ipv4: isIPv4(text)
        case .ipv6: isIPv6(text)
        case .mac: isHardwareAddress(text)
        case .email: isEmail(text)
        case .projectID: isProjectID(text)
        case .projectNumber: text.utf8.allSatisfy(\.isDigit)
        case .phone: isPhone(text)
        case .homePath: text.hasPrefix("/")
        default: true
        }
    }
}

// MARK: - Names

extension ValueGrammar {
    /// Whether a text is a host name (RFC 1123 section 2.1), with the underscores that service labels have; the last
    /// label is not a number.
    private static func isHostName(_ text: String, labels count: Int) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= count, text.utf8.count <= 253, let last = labels.last else { return false }
        return labels.allSatisfy(isLabel) && !last.utf8.allSatisfy(\.isDigit)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { $0.isAlphanumeric || "-_".utf8.contains($0) }
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(" ") else { return false }
        return isHostName(String(parts[1]), labels: 1)
    }

    /// Whether a text matches Google Cloud's grammar for project IDs: `[a-z][a-z0-9-]{4,28}[a-z0-9]`.
    private static func isProjectID(_ text: String) -> Bool {
        let isWord = { (byte: UInt8) in byte.isLowercaseLetter || byte.isDigit }
        guard (6...30).contains(text.utf8.count), let first = text.utf8.first, let last = text.utf8.last else {
            return false
        }
        return isWord(first) && !first.isDigit && isWord(last)
            && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.filter(\.isDigit).count
        return (3...20).contains(digits) && text.utf8.allSatisfy { $0.isDigit || "+-(). /".utf8.contains($0) }
    }
}

// MARK: - Addresses

extension ValueGrammar {
    /// Whether a text is four decimal numbers up to 255 without leading zeros, which some programs read as octal.
    private static func isIPv4(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy(\.isDigit) && (part.utf8.count == 1 || part.first != "0") && UInt8(part) != nil
            }
    }

    /// Whether a text is in a form of RFC 4291 section 2.2.
    private static func isIPv6(_ text: String) -> Bool {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        switch halves.count {
        case 1: return groups(in: halves[0]) == 8
        case 2:
            guard let left = groups(in: halves[0]), let right = groups(in: halves[1]) else { return false }
            // The embedded IPv4 address can only be at the very end.
            return left + right <= 7 && !halves[0].contains(".")
        default: return false
        }
    }

    /// Returns the number of 16-bit groups in a part of an IPv6 address; nil if it is malformed.
    private static func groups(in text: Substring) -> Int? {
        if text.isEmpty { return 0 }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        if let last = parts.last, last.contains(".") {
            guard isIPv4(last) else { return nil }
            parts.removeLast()
            count = 2
        }
        let areGroups = parts.allSatisfy { (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isHexDigit) }
        return areGroups ? count + parts.count : nil
    }

    private static func isHardwareAddress(_ text: String) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "-" }
        return parts.count == 6 && parts.allSatisfy { $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isHexDigit) }
    }
}
