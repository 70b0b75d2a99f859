internal import Documents

extension CertificateNames {
    /// The values that the names prove to be the owner's: domains, email addresses, addresses and names of persons.
    ///
    /// - Parameters:
    ///   - rule: The rule that is named as their finder; the domains are of its kind.
    /// - Returns: The values in the order of the names.
    func evidence(by rule: Rule) -> [KnownValue] {
        names.compactMap { name in
            let bytes = Array(name.text.utf8)
            guard let (kind, span) = Self.claim(of: name, bytes, domain: rule.kind) else { return nil }
            return KnownValue(Array(bytes[span.range]), kind: kind, rule: rule.id, confidence: rule.confidence)
        }
    }

    /// The part of a name that is a value, and what it is; nil where it tells nothing of an owner.
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
            return ReservedValues.builtIn.contains(bytes[...], kind: kind) ? nil : (kind, whole)
        case .commonName:
            let words = name.text.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init)
            guard !words.contains(where: technicalWords.contains) else { return nil }
            return ValueReader().values(in: bytes, at: whole, kind: .personName).first
                .map { (.personName, $0) }
        case .organization:
            return nil
        }
    }

    /// Words in the names of authorities, servers and devices, which no person's name has.
    private static let technicalWords: Set<String> = [
        "ca", "root", "authority", "certificate", "certification", "intermediate", "issuing", "server", "client",
        "internal", "signing", "encryption", "vpn", "tls", "ssl", "test", "local", "localhost", "domain", "validation",
        "service", "default", "fake", "snakeoil", "self", "signed", "cluster", "kubernetes", "proxy", "gateway",
        "trust",
    ]
}
