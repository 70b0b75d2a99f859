internal import Documents

/// Distinguishes domains under which someone in the deployment has machines or mailboxes from those that are only
/// cited.
///
/// A text that names `meet.wrenfield.test` is about a machine, whereas `docs.wrenfield.test` may be the manual of a
/// program called Wrenfield, whose name is all over its settings.
enum OwnDomain {
    /// Whether the name that ends with the domain at `span` shows that the domain belongs to someone in the deployment.
    static func isNamed(at span: Span, in text: [UInt8]) -> Bool {
        guard span.start > 1 else { return false }
        let start = WordCharacter.runStart(of: names, before: span.start - 1, atMost: longestName, in: text)
        let name = String(decoding: text[start..<(span.start - 1)], as: UTF8.self).lowercased()
        if isLinked(at: start, in: text) { return false }
        switch text[span.start - 1] {
        case UInt8(ascii: "."): return name.isEmpty ? text[span.start - 2] == UInt8(ascii: "*") : !cited.contains(name)
        case UInt8(ascii: "@"): return !name.isEmpty && !offices.contains(name)
        default: return false
        }
    }

    /// Whether a label is one under which projects and providers publish.
    static func isCited(_ label: String) -> Bool { cited.contains(label) }

    /// Whether the name that begins at `start` is the host of a URL that is called a link: `"link": "https://x"`.
    private static func isLinked(at start: Int, in text: [UInt8]) -> Bool {
        let lead = text[max(0, start - 32)..<start].map(\.lowered)
        guard lead.suffix(3).elementsEqual("://".utf8) else { return false }
        let words = lead.dropLast(3).split { !ByteSet.letters.contains($0) }
        return words.dropLast().last.map { linkNames.contains(String(decoding: $0, as: UTF8.self)) } ?? false
    }

    private static let linkNames: Set<String> = ["href", "homepage", "link"]
    private static let names = ByteSet.alphanumerics.union(ByteSet("-_"))
    private static let longestName = 63

    /// The host labels under which projects and providers publish what others read and download.
    private static let cited: Set<String> = [
        "www", "www1", "www2", "doc", "docs", "documentation", "manual", "man", "wiki", "help", "support", "faq", "kb",
        "learn", "academy", "blog", "news", "forum", "forums", "community", "discuss", "discourse", "answers", "status",
        "download", "downloads", "dl", "get", "install", "installer", "release", "releases", "dist", "update",
        "updates",
        "upgrade", "repo", "repos", "repository", "apt", "deb", "debian", "ubuntu", "rpm", "yum", "dnf", "packages",
        "package", "pkg", "pkgs", "archive", "archives", "mirror", "mirrors", "ftp", "registry", "hub", "docker",
        "images",
        "image", "img", "cr", "ghcr", "charts", "helm", "artifacts", "maven", "npm", "pypi", "cdn", "static", "assets",
        "media", "raw", "git", "gitlab", "github", "code", "source", "sources", "src", "bugs", "issues", "tracker",
        "lists",
        "api", "app", "apps", "console", "dashboard", "portal", "login", "account", "accounts", "my", "go", "developer",
        "developers", "dev", "demo", "try", "play", "playground", "beta", "schemas", "schema", "schemastore",
        "json-schema",
        "telemetry", "stats", "pool", "time", "ntp", "ns", "dns", "whois", "search", "translate", "hosted", "weblate",
    ]
    /// The mailboxes of a project or a provider.
    private static let offices: Set<String> = [
        "support", "help", "info", "contact", "hello", "sales", "security", "abuse", "legal", "privacy", "press",
        "team",
        "bugs", "dev", "devel", "noreply", "no-reply", "community", "license", "licensing", "opensource", "users",
        "demo", "ejemplo", "email", "example", "foo", "mail", "me", "name", "prueba", "test", "tester", "testing",
        "tests",
        "user", "username", "usuario", "you", "your",
    ]
}
