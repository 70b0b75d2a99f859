internal import Documents

extension CertificateNames {
    /// The values that the names prove to belong to the owner, in order: domains (with the kind of `rule`), email
    /// addresses, IP addresses and names of people.
    func evidence(by rule: Rule) -> [KnownValue] {
        names.compactMap { name in
            let bytes = Array(name.text.utf8)
            guard let (kind, span) = Self.claim(of: name, bytes, domain: rule.kind) else { return nil }
            return KnownValue(Array(bytes[span.range]), kind: kind, rule: rule.id, confidence: rule.confidence)
        }
    }

    /// Whether a certificate identifies no owner: all its names are those of public authorities.
    var namesNobody: Bool { names.isEmpty && namesPublicAuthority }

    /// The sensitive part of a name, and its kind; nil if it identifies no owner.
    private static func claim(of name: Name, _ bytes: [UInt8], domain: Kind) -> (Kind, Span)? {
        let whole = Span(0, bytes.count)
        switch name.sort {
        case .host:
            return HostNameReader(text: bytes).registrableDomain(at: whole).map { (domain, $0) }
        case .email:
            guard let at = bytes.firstIndex(of: UInt8(ascii: "@")),
                let span = EmailReader(text: bytes).email(around: at),
                !ReservedValues.builtIn.contains(bytes[span.range], kind: .email)
            else { return nil }
            return (.email, span)
        case .address:
            let kind: Kind = bytes.contains(UInt8(ascii: ":")) ? .ipv6 : .ipv4
            let reader = AddressReader(text: bytes)
            let address = kind == .ipv4 ? reader.ipv4(around: 0) : reader.ipv6(around: 0)
            guard address == whole, !ReservedValues.builtIn.contains(bytes, kind: kind) else { return nil }
            return (kind, whole)
        case .commonName:
            return isPerson(name.text) ? (.personName, whole) : nil
        case .organization:
            return nil
        }
    }

    /// Whether a common name is a person's: two to four capitalised words consisting of letters.
    private static func isPerson(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        return (2...4).contains(words.count)
            && words.allSatisfy { word in
                word.first?.isUppercase == true && word.allSatisfy { $0.isLetter || "'.-".contains($0) }
                    && word.contains(where: \.isLowercase) && !technicalWords.contains(word.lowercased())
            }
    }

    /// Words in the names of authorities, servers and devices that do not occur in a person's name.
    private static let technicalWords: Set<String> = [
        "ca", "root", "authority", "certificate", "certification", "intermediate", "issuing", "server", "client",
        "internal", "signing", "encryption", "vpn", "tls", "ssl", "test", "local", "localhost", "domain", "validation",
        "service", "default", "fake", "snakeoil", "self", "signed", "cluster", "kubernetes", "proxy", "gateway",
        "trust",
    ]
}
