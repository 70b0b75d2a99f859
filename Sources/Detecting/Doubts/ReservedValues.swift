/// The values that are never findings: those reserved for documentation, Scrubjay's own stand-ins, and public
/// knowledge.
///
/// They are data: `reserved.txt` (shapes), `public-values.txt`, `public-services.txt`, `software-domains.txt`,
/// `mail-providers.txt` and `documented-defaults.txt`; generic names come from ``WordLists``. All stand-ins that
/// Sanitizing writes must be included, so that a scan of its output finds nothing.
public struct ReservedValues: Sendable {
    /// The values that come with Scrubjay.
    public static let builtIn = ReservedValues()

    /// The prefix of every placeholder for a secret: `REPLACE-jvb-auth-password`.
    public static let placeholderPrefix = "REPLACE-"

    private let shapes: [Kind: [Pattern]]
    private let values: [Kind: Set<String>]
    private let publicIPv6: Set<[UInt16]>
    private let services: Set<String>
    private let softwareDomains = SortedLines(EmbeddedData.softwareDomains)
    private let mailProviders: Set<String>
    private let documentedDefaults: Set<String>

    private init() {
        var shapes: [Kind: [Pattern]] = [:]
        for (scope, source) in EmbeddedData.pairs(EmbeddedData.reserved) {
            // The file is compiled in, and a test reads every line of it.
            let pattern = Pattern(known: source, ignoringCase: true)
            for kind in Kind.allCases
            where scope == "*" || scope == kind.rawValue || scope == (kind.severity == .secret ? "secret" : "identity")
            {
                shapes[kind, default: []].append(pattern)
            }
        }
        var values: [Kind: Set<String>] = [:]
        for (scope, value) in EmbeddedData.pairs(EmbeddedData.publicValues) {
            guard let kind = Kind(rawValue: scope) else { continue }
            values[kind, default: []].insert(value)
        }
        self.shapes = shapes
        self.values = values
        publicIPv6 = Set((values[.ipv6] ?? []).compactMap { IPv6Address(Array($0.utf8))?.groups })
        services = Set(EmbeddedData.lines(EmbeddedData.publicServices))
        mailProviders = Set(EmbeddedData.lines(EmbeddedData.mailProviders))
        documentedDefaults = Set(EmbeddedData.lines(EmbeddedData.documentedDefaults).map { $0.lowercased() })
    }

    /// Whether `value` is public knowledge: reserved, documented or a well-known service's, so that it identifies no
    /// owner.
    public func contains(_ value: some Sequence<UInt8>, kind: Kind) -> Bool {
        let bytes = Array(value)
        if shapes[kind]?.contains(where: { $0.matchesWhole(bytes) }) == true { return true }
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        if values[kind]?.contains(text) == true { return true }
        if kind == .ipv6, let address = IPv6Address(bytes), publicIPv6.contains(address.groups) { return true }
        return switch kind {
        case .domain: isPublicService(text) && !isOfCustomer(text)
        case .userName, .hostName, .networkName, .projectID: WordLists.builtIn.isGenericName(text)
        default: false
        }
    }

    /// Whether `domain` is reserved for documentation or commonly used in place of a reserved one.
    func isReservedDomain(_ domain: String) -> Bool {
        let bytes = Array(domain.utf8)
        return shapes[.domain]?.contains { $0.matchesWhole(bytes) } ?? false
    }

    /// Whether `host` is a well-known public service, or a name under one.
    public func isPublicService(_ host: String) -> Bool {
        var rest = Substring(host.lowercased())
        while true {
            if services.contains(String(rest)) || isService(rest) { return true }
            guard let dot = rest.firstIndex(of: ".") else { return false }
            rest = rest[rest.index(after: dot)...]
        }
    }

    /// Whether `domain` is that of a service in one of its countries: `amazon.co.uk` for `amazon.*`.
    private func isService(_ domain: Substring) -> Bool {
        guard let dot = domain.firstIndex(of: "."), services.contains(domain[..<dot] + ".*") else { return false }
        return PublicSuffixList.registrableDomain(of: String(domain)).map { $0 == domain } ?? false
    }

    /// Whether `domain` itself, rather than a name under it, is the domain of a public service or of a program's home
    /// page.
    public func isWellKnown(_ domain: String) -> Bool {
        let domain = domain.lowercased()
        return services.contains(domain) || isService(Substring(domain)) || isHomeOfSoftware(domain)
    }

    /// Whether `host` is a name that a platform has assigned to a customer, such as `auk.herokuapp.com`.
    ///
    /// Platforms that host pages and packages are excluded, because their customers are mostly software projects.
    private func isOfCustomer(_ host: String) -> Bool {
        TenantHosts.builtIn.contain(host) && !services.contains(host)
            || Self.platforms.contains { host.hasSuffix($0) }
                && PublicSuffixList.registrableDomain(of: host).map { !services.contains($0) } ?? false
    }

    private static let platforms = [
        ".amazonaws.com", ".appspot.com", ".mongodb.net", ".onmicrosoft.com", ".azurewebsites.net", ".herokuapp.com",
        ".windows.net",
    ]

    /// Whether `domain` is the registrable domain of a well-known program's home page, and therefore rarely the
    /// owner's.
    func isHomeOfSoftware(_ domain: String) -> Bool { softwareDomains.contains(domain.lowercased().utf8) }

    /// Whether `name` is that of a program or a public service, judging by known home pages: `telegram`.
    func isProduct(_ name: String) -> Bool {
        let name = name.lowercased()
        return Self.productSuffixes.contains { services.contains(name + $0) || isHomeOfSoftware(name + $0) }
    }

    /// Whether `name` is that of a public service, with or without a number: `hetzner-2`.
    func isNameOfService(_ name: String) -> Bool {
        let word = name.lowercased().prefix { $0.isLetter }
        guard name.dropFirst(word.count).allSatisfy({ $0 == "-" || $0.isNumber }) else { return false }
        return Self.productSuffixes.contains { services.contains(word + $0) }
    }

    private static let productSuffixes = [".com", ".org", ".net", ".io", ".dev", ".app", ".sh", ".im", ".cloud", ".ai"]

    /// Whether a bucket name is well known, contains a word for public access, or is a sample from documentation.
    func isPublicBucket(_ name: String) -> Bool {
        let words = name.split { "-_.".contains($0) }
        return values[.resourceID]?.contains(name) == true || words.contains { Self.publicWords.contains($0) }
    }

    /// The words in names of public download buckets.
    private static let publicWords: Set<Substring> = [
        "public", "release", "releases", "download", "downloads", "mirror",
    ]

    /// Whether `domain` is that of a mail provider.
    func isMailProvider(_ domain: String) -> Bool { mailProviders.contains(domain.lowercased()) }

    /// Whether the value is a default shown in a program's documentation.
    func isDocumentedDefault(_ value: [UInt8]) -> Bool {
        documentedDefaults.contains(String(decoding: value, as: UTF8.self).lowercased())
    }
}
