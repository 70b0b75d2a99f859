/// The hosts of hosted services that contain the name of a customer: `auk.eu.auth0.com`.
///
/// The service's own hosts, such as `docs.auth0.com`, say nothing about an owner.
struct TenantHosts: Sendable {
    /// The hosts that come with Scrubjay.
    static let builtIn = TenantHosts()

    /// The labels of the suffixes, the last label first, indexed by their last two labels.
    private let suffixes: [Substring: [[Substring]]]

    private init() {
        var suffixes: [Substring: [[Substring]]] = [:]
        for line in EmbeddedData.lines(EmbeddedData.tenantSuffixes) {
            let labels = Array(line.split(separator: ".").dropFirst().reversed())
            guard let key = Self.key(labels) else { continue }
            suffixes[key, default: []].append(labels)
        }
        self.suffixes = suffixes
    }

    /// Whether `host` contains the name of a customer.
    func contain(_ host: String) -> Bool {
        let labels = Array(host.lowercased().split(separator: ".").reversed())
        guard labels.count > 2, let key = Self.key(labels), let suffixes = suffixes[key] else { return false }
        return suffixes.contains { suffix in
            labels.count > suffix.count && zip(labels, suffix).allSatisfy { $1 == "*" || $0 == $1 }
                && labels[suffix.count...].contains { !Self.isOfService($0) }
                && !labels[suffix.count...].contains(where: Self.isSample)
        }
    }

    /// Whether the first label of a host names a customer and no program: `auk-cellar` of `auk-cellar.grafana.net`.
    ///
    /// Such a label also stands alone, as the argument of a service's command.
    func begins(with host: [UInt8]) -> Bool {
        let first = host.prefix { $0 != UInt8(ascii: ".") }
        let label = String(decoding: first, as: UTF8.self).lowercased()
        return first.count >= Self.shortestTellingLabel && first.count < host.count && !Self.isOfService(label[...])
            && !ReservedValues.builtIn.isProduct(label) && contain(String(decoding: host, as: UTF8.self))
    }

    private static let shortestTellingLabel = 6

    private static func key(_ labels: [Substring]) -> Substring? {
        labels.count > 1 ? "\(labels[1]).\(labels[0])"[...] : nil
    }

    /// Whether a label belongs to the service itself, or is a region.
    private static func isOfService(_ label: Substring) -> Bool {
        let word = String(label)
        return own.contains(word) || WordLists.builtIn.isGenericName(word) || isRegion(label)
    }

    /// Whether a label is a region, such as `eu-central-1`.
    private static func isRegion(_ label: Substring) -> Bool {
        let parts = label.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count > 2, let first = parts.first, let last = parts.last else { return false }
        return first.utf8.count == 2 && last.utf8.count == 1 && last.allSatisfy(\.isNumber)
    }

    /// Whether a label is a sample's placeholder for a customer.
    private static func isSample(_ label: Substring) -> Bool { samples.contains { label.hasPrefix($0) } }

    private static let own: Set<String> = [
        "abc", "academy", "account", "account-id", "accounts", "acme", "analytics", "answers", "api", "app",
        "assets", "auth", "aws", "azure", "bar", "blob", "blog", "brand", "browser", "cdn", "community", "company",
        "compute", "console", "core", "dashboard", "demo", "dev", "developer", "developers", "dfs", "dl", "docs",
        "domain", "download", "downloads", "edge", "email", "engineering", "es", "eu", "events", "feedback", "file",
        "files", "foo", "gcp", "go", "help", "hooks", "id", "images", "img", "info", "ingest", "instance",
        "integrations", "join", "js", "learn", "login", "manage", "marketplace", "media", "myapp", "org",
        "organization", "packages", "partners", "plugins", "prod", "project", "queue", "rds", "releases", "remote",
        "s3", "s4s", "saas", "sandbox", "sdk", "shop", "sso", "staging", "static", "status", "store", "subdomain",
        "support", "table", "team", "tenant", "trust", "tunnel", "update", "updates", "us", "web", "wiki",
        "workspace", "wss", "www", "x", "xx", "xxx", "xxxx", "xxxxx",
    ]
    private static let samples = [
        "abc123", "environment", "example", "foobar", "my-", "sample", "some-", "xxxx", "your",
    ]
}
