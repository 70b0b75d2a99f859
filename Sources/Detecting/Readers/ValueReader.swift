internal import Documents

/// Reads what a rule points at as a value of its kind: the part of it that is the value, or that it is none.
struct ValueReader: Sendable {
    private let reserved = ReservedValues.builtIn

    /// The spans inside `span` of `text` that are values of `kind`; empty where there are none.
    ///
    /// A `bare` text has no quotes around it, and may as well be an expression of a program.
    func values(in text: [UInt8], at span: Span, kind: Kind, bare: Bool) -> [Span] {
        var span = trimmed(span, in: text)
        if kind.severity == .secret, span.count > 2, let quote = text[span.range].first, ByteSet("\"'").contains(quote),
            text[span.end - 1] == quote
        {
            span = Span(span.start + 1, span.end - 1)
        }
        guard !span.isEmpty else { return [] }
        let value = Array(text[span.range])
        if kind == .domain { return domains(in: text, at: span) }
        if kind == .homePath { return homeFolder(in: text, at: span).map { [$0] } ?? [] }
        guard !isReference(value, bare: bare), !reserved.contains(value, kind: kind) else { return [] }
        if kind.severity == .secret, namesSomething(value) { return [] }
        return accepts(value, kind: kind) ? [span] : []
    }

    /// The addresses of `kind` in a setting that is known to hold one, as `JVB_ADVERTISE_IPS`; nil for other kinds.
    func addresses(in text: [UInt8], at span: Span, kind: Kind) -> [Span]? {
        let find: (Int) -> Span?
        switch kind {
        case .email:
            let reader = EmailReader(text: text)
            find = { text[$0] == UInt8(ascii: "@") ? reader.email(around: $0) : nil }
        case .ipv4:
            let reader = AddressReader(text: text)
            find = { ByteSet.digits.contains(text[$0]) ? reader.ipv4(around: $0) : nil }
        case .ipv6:
            let reader = AddressReader(text: text)
            find = { ByteSet.hexDigits.contains(text[$0]) ? reader.ipv6(around: $0) : nil }
        default: return nil
        }
        var spans: [Span] = []
        var position = span.start
        while position < span.end {
            if let found = find(position), span.contains(found),
                !reserved.contains(text[found.range], kind: kind)
            {
                spans.append(found)
                position = max(position + 1, found.end)
            } else {
                position += 1
            }
        }
        return spans
    }

    /// Whether a host name has a domain in it, rather than being one label that a network knows.
    func isQualified(_ host: ArraySlice<UInt8>) -> Bool { host.contains(UInt8(ascii: ".")) }

    /// The registrable domains that are nobody's well-known or reserved ones, of all host names in `span`.
    func domains(in text: [UInt8], at span: Span) -> [Span] {
        hostNames(in: text, at: span).compactMap { registrableDomain(of: text, at: $0) }
    }

    /// The part of the host name at `span` that somebody has registered; nil where that is a public service or
    /// reserved.
    func registrableDomain(of text: [UInt8], at span: Span) -> Span? {
        let host = String(decoding: text[span.range], as: UTF8.self)
        guard !reserved.contains(host.utf8, kind: .domain), !Self.isFileName(host), !Self.isPackageName(host),
            let domain = PublicSuffixList.registrableDomain(of: host), !reserved.contains(domain.utf8, kind: .domain)
        else { return nil }
        return Span(span.end - domain.utf8.count, span.end)
    }

    private func hostNames(in text: [UInt8], at span: Span) -> [Span] {
        var spans: [Span] = []
        var position = span.start
        while position < span.end {
            guard ByteSet.hostName.contains(text[position]) else {
                position += 1
                continue
            }
            let start = position
            while position < span.end, ByteSet.hostName.contains(text[position]) { position += 1 }
            let name = Span(start, position)
            // The path behind a host is no host: of a URL only the authority counts.
            let isPath =
                start > span.start && text[start - 1] == UInt8(ascii: "/")
                && !(start - span.start >= 2 && text[start - 2] == UInt8(ascii: "/"))
            // `name@host`: what stands before the @ is no host.
            let isName = position < text.count && text[position] == UInt8(ascii: "@")
            if !isPath, !isName, let host = Self.hostName(in: text, at: name) { spans.append(host) }
        }
        return spans
    }

    /// The host name at `span` without dots around it; nil where it has one label, a number for its last, or is
    /// malformed.
    static func hostName(in text: [UInt8], at span: Span) -> Span? {
        var start = span.start
        var end = span.end
        let edge = ByteSet(".-_")
        while start < end, edge.contains(text[start]) { start += 1 }
        while end > start, edge.contains(text[end - 1]) { end -= 1 }
        guard end - start <= 253 else { return nil }
        let labels = text[start..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        // Names of services start with underscores; the domain that they are under has none.
        guard labels.count >= 2, let last = labels.last, last.count >= 2,
            last.contains(where: ByteSet.letters.contains),
            !labels.suffix(2).contains(where: { $0.contains(UInt8(ascii: "_")) }),
            labels.allSatisfy({
                (1...63).contains($0.count) && $0.first != UInt8(ascii: "-") && $0.last != UInt8(ascii: "-")
            })
        else { return nil }
        return Span(start, end)
    }

    /// Whether a name starts with what domains end with: `org.jitsi.jicofo` is a package of Java.
    private static func isPackageName(_ name: String) -> Bool {
        guard let first = name.lowercased().split(separator: ".").first, !PublicSuffixList.knowsTopLevel(of: name)
        else {
            return false
        }
        return ["com", "org", "net", "io", "de", "edu", "java", "javax"].contains(first)
    }

    /// Whether a name with dots is a file's: `config.js`, `docker-compose.yml`.
    private static func isFileName(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return fileExtensions.contains(name[name.index(after: dot)...].lowercased())
    }

    /// Extensions of files that are no top-level domains, or hardly are in a deployment.
    private static let fileExtensions: Set<String> = [
        "bak", "bin", "c", "cer", "cfg", "cnf", "conf", "config", "cpp", "crt", "css", "csr", "csv", "d", "dat", "db",
        "deb",
        "der", "env", "exe", "gif", "git", "go", "gz", "h", "hcl", "hpp", "htm", "html", "ico", "ini", "j2", "jar",
        "java",
        "jinja", "jks", "jpeg", "jpg", "js", "json", "jsonl", "key", "lib", "lock", "log", "lua", "map", "md", "mjs",
        "old",
        "orig", "out", "p12", "pem", "pfx", "pid", "png", "properties", "pub", "py", "rb", "sample", "schema",
        "service",
        "sh", "sock", "sql", "svg", "swift", "tar", "tf", "tfstate", "tfvars", "tgz", "tmp", "toml", "tpl", "ts", "txt",
        "vars", "war", "wav", "xml", "xz", "yaml", "yml", "zst",
    ]

    private func trimmed(_ span: Span, in text: [UInt8]) -> Span {
        var start = span.start
        var end = span.end
        while start < end, ByteSet.space.contains(text[start]) { start += 1 }
        while end > start, ByteSet.space.contains(text[end - 1]) { end -= 1 }
        return Span(start, end)
    }

    // MARK: - References

    /// Whether a value only names another: a variable, a template's expression, a file.
    func isReference(_ value: [UInt8], bare: Bool) -> Bool {
        if Self.referenceMarks.contains(where: { Self.contains(value, $0) }) { return true }
        if Self.templateField.matchesWhole(value) { return true }
        if value.first == UInt8(ascii: "$"),
            value.dropFirst().allSatisfy({ ByteSet.alphanumerics.contains($0) || $0 == UInt8(ascii: "_") }),
            value.dropFirst().contains(where: ByteSet.letters.contains)
        {
            // `$NAME` is a variable; `$ecret9x` hardly is.
            if value.dropFirst().allSatisfy({ !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) || bare {
                return true
            }
        }
        guard bare else { return false }
        // A call, a subscript, an attribute, a declaration.
        if value.last == UInt8(ascii: ")") && value.contains(UInt8(ascii: "(")) { return true }
        if value.last == UInt8(ascii: "(") || value.last == UInt8(ascii: "[") { return true }
        return Self.attribute.matchesWhole(value)
    }

    /// Whether a value is the name of a file, of a variable or of a header, and no secret.
    private func namesSomething(_ value: [UInt8]) -> Bool {
        let text = String(decoding: value, as: UTF8.self)
        if Self.pathStarts.contains(where: text.hasPrefix), !text.contains(where: { " \t\n,;=+".contains($0) }) {
            return true
        }
        if Self.isFileName(text) && value.allSatisfy(ByteSet.hostName.contains) { return true }
        return Self.variable.matchesWhole(value) || Self.header.matchesWhole(value) || Self.filePath.matchesWhole(value)
    }

    private static let variable = pattern(
        #"[A-Z0-9]+(?:_[A-Z0-9]+)*_(?:PASSWORD|PASSWD|PASS|PASSPHRASE|SECRET|TOKEN|KEY|AUTH|CREDENTIALS?|PW|ID|DSN)"#
    )
    private static let filePath = pattern(#"/(?:[\w.-]+/)+[\w.-]+\.[A-Za-z]\w{0,9}"#)
    private static let header = pattern(#"X(?:-[A-Z][a-z]+)+"#)
    private static let referenceMarks = ["${", "{{", "$(", "<%", "#{", "{%", "ENC[", "%(", "!Ref"].map {
        Array($0.utf8)
    }
    private static let pathStarts = [
        "/run/", "/etc/", "/var/", "/home/", "/config", "/usr/", "/opt/", "/tmp/", "/root/", "/data/", "/mnt/", "/srv/",
        "/secrets/",
        "./", "../", "~/", "file:", "/Users/", "/certs/", "/keys/", "vault:", "arn:", "projects/",
    ]
    /// A field in an expression of a Go template, as `.Env.TURN_HOST | default "x"`.
    private static let templateField = pattern(#"\.(?:Env|Values|Release|Chart|Files|Data)\.\w[^\n]*"#)
    private static let attribute = pattern(#"[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*|\[[^\]]*\])+(?:\([^)]*\)?)?"#)

    private static func contains(_ value: [UInt8], _ mark: [UInt8]) -> Bool {
        guard value.count >= mark.count else { return false }
        return (0...(value.count - mark.count)).contains { value[$0...].starts(with: mark) }
    }

    // MARK: - Kinds

    private func accepts(_ value: [UInt8], kind: Kind) -> Bool {
        switch kind {
        case .password: value.count <= 512 && !isPlainURL(value)
        case .token, .secretKey: value.count >= 4 && value.count <= 4096 && !isPlainURL(value)
        case .salt: value.count >= 8
        case .passwordHash: value.count >= 12
        case .userName: Self.userName.matchesWhole(value) && !value.allSatisfy(ByteSet.digits.contains)
        case .personName: Self.personName.matchesWhole(value)
        case .projectID: Self.projectID.matchesWhole(value)
        case .projectNumber: Self.projectNumber.matchesWhole(value)
        case .hostName: value.allSatisfy(ByteSet.hostName.contains) && value.contains(where: ByteSet.letters.contains)
        case .accountID: value.count >= 4 && !value.contains(where: ByteSet.space.contains) && !isPlainURL(value)
        case .resourceID: value.count >= 8 && !value.contains(where: ByteSet.space.contains)
        case .homePath, .ipv4, .ipv6, .mac, .email, .domain, .phone, .privateKey, .publicKey, .certificate: true
        }
    }

    private func isPlainURL(_ value: [UInt8]) -> Bool { Self.plainURL.matchesWhole(value) }

    /// The home folder that a path starts with; nil where it starts elsewhere, or the folder is everybody's.
    private func homeFolder(in text: [UInt8], at span: Span) -> Span? {
        guard let match = Self.homeFolder.match(text, at: span.start, limit: span.end) else { return nil }
        let name = String(decoding: text[match.value.range], as: UTF8.self)
        let folder = Span(match.whole.start, match.value.end)
        guard !reserved.isGenericName(name), !reserved.contains(text[folder.range], kind: .homePath) else { return nil }
        return folder
    }

    private static let homeFolder = pattern(#"/(?:home|Users)/(?<value>[A-Za-z_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)"#)
    private static let userName = pattern(#"[A-Za-z_][A-Za-z0-9._-]{0,62}"#)
    private static let personName = pattern(
        #"[A-Z\x80-\xff][^\s\d<>@:;,"'()/\\=]*[a-z\x80-\xff][^\s\d<>@:;,"()/\\=]*(?: [A-Za-z\x80-\xff][^\s\d<>@:;,"()/\\=]*){0,3} [A-Z\x80-\xff][^\s\d<>@:;,"()/\\=]+"#
    )
    private static let projectID = pattern(#"(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]"#)
    private static let projectNumber = pattern(#"\d{6,15}"#)
    private static let plainURL = pattern(#"[A-Za-z][A-Za-z0-9+.-]*://[^\s@]*"#)

    /// A pattern of this file; a test runs each.
    private static func pattern(_ source: String) -> Pattern {
        do {
            return try Pattern(source)
        } catch {
            preconditionFailure("a pattern of the value reader is malformed: \(error.message)")
        }
    }
}
