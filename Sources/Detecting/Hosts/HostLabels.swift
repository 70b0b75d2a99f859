internal import Documents

/// Divides a host name into the labels of the host and the domain behind them, and judges the labels.
///
/// Labels such as `meet`, `ns1` or `mail-relay` say what a machine does. Others are names: of a person, of the machine
/// itself, or the number of a customer, as in `v2027011098765.provider.test`.
public enum HostLabels {
    /// The part of a host name that identifies its owner without any label in front: its registrable domain, or the
    /// whole name if a hosted service gave it to a customer.
    ///
    /// Nil if the name is not under a public suffix.
    private static func identifyingDomain(of host: String) -> String? {
        TenantHosts.builtIn.contain(host) ? host : PublicSuffixList.registrableDomain(of: host)
    }

    /// The identifying domain of a value that is a domain with labels of a host in front; nil for any other value.
    public static func domain(behindHost value: [UInt8]) -> String? {
        identifyingDomain(of: String(decoding: value, as: UTF8.self)).flatMap {
            $0.utf8.count < value.count ? $0 : nil
        }
    }

    /// Whether a value is a domain with labels of a host in front.
    public static func isHostUnderDomain(_ value: [UInt8]) -> Bool { domain(behindHost: value) != nil }

    /// The suffixes of machines in private networks: RFC 6762 appendix G, RFC 8375, ICANN's `internal`, and router
    /// defaults.
    static let privateSuffixes = [
        "intern", "internal", "intranet", "private", "corp", "home", "lan", "local", "home.arpa", "fritz.box",
    ]

    /// The suffix of a host in a private network, with its dot; nil if the name has none or nothing in front.
    public static func privateSuffix(of host: String) -> Substring? {
        privateSuffixes.first { host.utf8.count > $0.utf8.count + 1 && host.hasSuffix("." + $0) }.map {
            host.suffix($0.utf8.count + 1)
        }
    }

    /// Whether a label is the name of somebody or something rather than a word for a service.
    public static func isName(_ label: String) -> Bool {
        let label = label.lowercased()
        guard label.utf8.count >= shortestName, !isService(label) else { return false }
        if label.hasPrefix("xn--") || isNumberOfCustomer(label) { return true }
        let words = label.split { $0 == "-" || $0.isNumber }
        return words.contains { $0.utf8.count >= shortestName && !isService(String($0)) }
    }

    /// Returns the name that starts with the first label that is a name, in front of the domain at `domain`; nil if no
    /// label is one.
    static func name(before domain: Span, in text: [UInt8]) -> Span? {
        var name: Span?
        var start = domain.start
        while start > 1, text[start - 1] == UInt8(ascii: ".") {
            let end = start - 1
            start = WordCharacter.runStart(of: characters, before: end, atMost: longestLabel, in: text)
            guard start < end, text[start] != UInt8(ascii: "-"), text[end - 1] != UInt8(ascii: "-"),
                start == 0 || !strangers.contains(text[start - 1])
            else { return name }
            if isName(String(decoding: text[start..<end], as: UTF8.self)) { name = Span(start, domain.end) }
        }
        return name
    }

    private static let characters = ByteSet.alphanumerics.union(ByteSet("-"))
    /// What belongs to a label that is not a plain name, such as `_dmarc`, `$host` or an escape.
    private static let strangers = ByteSet("_$%\\{}")
    private static let longestLabel = 63
    private static let shortestName = 4

    private static func isService(_ word: String) -> Bool {
        let words = WordLists.builtIn
        return words.isGenericName(word) || words.isCommonWord(word) || words.isRole(word)
            || words.isServiceLabel(word) || OwnDomain.isCited(word) || ReservedValues.builtIn.isProduct(word)
    }

    /// Whether a label holds a number that is too long for counting machines.
    private static func isNumberOfCustomer(_ label: String) -> Bool {
        let digits = label.utf8.count(where: ByteSet.digits.contains)
        return digits >= 6 || digits >= 4 && label.utf8.count >= 12
    }
}
