internal import Documents

/// Determines which part of the text that a rule points at is a value of its kind, if any.
struct ValueReader {
    /// The known facts about a value's place.
    struct Place: Sendable {
        /// Whether the text is unquoted, so that it may be a program's expression.
        var isBare = false
        /// Whether the text is shell code, in which a dollar sign outside single quotes starts a variable.
        var isShell = false
        /// Whether a rule's pattern matched the text.
        var isShaped = false
        /// Whether it is the value of a variable in a file of variables, so that it is not the name of a secret
        /// elsewhere.
        var isVariable = false
        /// Whether it is the value of the exact setting that a rule names.
        var isExact = false
        /// Whether dots in unquoted text are not operators, as in HOCON.
        var mayHoldDots = false
    }

    /// Backticks quote in dotenv and INI files.
    private static let quotes = ByteSet("\"'`")
    private let reserved = ReservedValues.builtIn
    /// The cache of earlier answers about hosts and values; nil for none.
    private let memory: HostMemory?

    init(memory: HostMemory? = nil) { self.memory = memory }

    /// The spans inside `span` of `text` that are values of `kind`.
    func values(in text: [UInt8], at span: Span, kind: Kind, place: Place = Place()) -> [Span] {
        var span = trimmed(span, in: text)
        if kind.severity == .secret { span = withoutLineEnd(span, in: text) }
        if kind.severity == .secret, span.count > 2, let quote = text[span.range].first, Self.quotes.contains(quote),
            text[span.end - 1] == quote
        {
            span = Span(span.start + 1, span.end - 1)
        }
        if kind.severity == .secret, !place.isVariable, isCommand(span, in: text) { return [] }
        if kind.severity == .secret { span = withoutScheme(span, in: text) }
        guard !span.isEmpty else { return [] }
        let value = Array(text[span.range])
        if kind == .domain {
            return HostNameReader(text: text, memory: memory).domains(
                in: span,
                underAnyTopLevel: place.isExact
            )
        }
        if kind == .homePath { return homeFolder(in: text, at: span).map { [$0] } ?? [] }
        guard isRaw(span, in: text) || !isReference(value, bare: place.isBare, mayHoldDots: place.mayHoldDots),
            !isTaggedReference(span, in: text),
            !isReserved(value, kind: kind)
        else { return [] }
        if place.isShell, Self.expandsVariable(value), !isInSingleQuotes(span, in: text) { return [] }
        if kind.severity == .secret,
            namesSomething(value, isInLogin: isInLogin(span, in: text))
                && !(kind == .password && isTwoWords(value))
                || kind != .password && !place.isVariable && namesSecret(value)
        {
            return []
        }
        let isName = kind == .hostName && value.contains(where: ByteSet.letters.contains)
        if place.isShaped, kind == .accountID || isName { return [span] }
        if kind == .personName, place.isShaped { return namesNobody(value) ? [] : [span] }
        return accepts(value, kind: kind) ? [span] : []
    }

    /// The addresses of `kind` in a setting that is known to hold them, such as `JVB_ADVERTISE_IPS`; nil for other
    /// kinds.
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
                !isReserved(Array(text[found.range]), kind: kind)
            {
                spans.append(found)
                position = max(position + 1, found.end)
            } else {
                position += 1
            }
        }
        return spans
    }

    private func isReserved(_ value: [UInt8], kind: Kind) -> Bool {
        memory?.isReserved(value, kind: kind) ?? reserved.contains(value, kind: kind)
    }

    private func trimmed(_ span: Span, in text: [UInt8]) -> Span {
        var start = span.start
        var end = span.end
        while start < end, ByteSet.space.contains(text[start]) { start += 1 }
        while end > start, ByteSet.space.contains(text[end - 1]) { end -= 1 }
        return Span(start, end)
    }

    /// Removes an escaped line end from the end of a string, as in `send "password\r"`.
    private func withoutLineEnd(_ span: Span, in text: [UInt8]) -> Span {
        var end = span.end
        while end - span.start > 5, text[end - 2] == UInt8(ascii: "\\"), Self.lineEndLetters.contains(text[end - 1]) {
            end -= 2
        }
        return Span(span.start, end)
    }

    /// Removes the prefix that shows how a password is written: `{noop}x` in Spring, `pass:x` in OpenSSL.
    private func withoutScheme(_ span: Span, in text: [UInt8]) -> Span {
        let scheme = Self.schemes.first { scheme in
            span.count > scheme.utf8.count
                && text[span.start..<(span.start + scheme.utf8.count)].elementsEqual(scheme.utf8) {
                    $0.lowered == $1.lowered
                }
        }
        return Span(span.start + (scheme?.utf8.count ?? 0), span.end)
    }

    private static let schemes = ["{noop}", "{plain}", "{clear}", "{cleartext}", "pass:"]
    private static let lineEndLetters = ByteSet("rn")

    /// Whether a shell takes a part of a line literally, as between single quotes.
    private func isInSingleQuotes(_ span: Span, in text: [UInt8]) -> Bool {
        if span.start > 0, text[span.start - 1] == UInt8(ascii: "'") { return true }
        guard span.end < text.count, text[span.end] == UInt8(ascii: "'") else { return false }
        let line = text[..<span.start].suffix(256)
        let start = line.lastIndex(where: ByteSet.lineEnd.contains).map { $0 + 1 } ?? line.startIndex
        return !line[start...].count(where: { $0 == UInt8(ascii: "'") }).isMultiple(of: 2)
    }

    /// Whether a value is the password in a URL's login, where a slash does not separate a path.
    private func isInLogin(_ span: Span, in text: [UInt8]) -> Bool {
        span.start > 0 && text[span.start - 1] == UInt8(ascii: ":") && span.end < text.count
            && text[span.end] == UInt8(ascii: "@")
    }

    // MARK: - Kinds

    private func accepts(_ value: [UInt8], kind: Kind) -> Bool {
        switch kind {
        case .password:
            value.count <= 512 && !isPlainURL(value)
                && (value.count > 3 || value.contains(where: ByteSet.word.contains))
        case .token, .secretKey:
            value.count >= 4 && value.count <= 4096 && !isPlainURL(value) && value.count(where: isDrawable) > 1
        case .salt: value.count >= 8
        case .passwordHash: value.count >= 12
        case .userName:
            Self.userName.matchesWhole(value) && !Self.constant.matchesWhole(value)
                && !value.allSatisfy(ByteSet.digits.contains)
                && !HostNameReader.isFileName(String(decoding: value, as: UTF8.self))
        case .personName: isName(value)
        case .projectID: Self.projectID.matchesWhole(value)
        case .projectNumber: Self.projectNumber.matchesWhole(value)
        case .hostName: value.allSatisfy(ByteSet.hostName.contains) && value.contains(where: ByteSet.letters.contains)
        case .accountID:
            !WordLists.builtIn.isGenericName(String(decoding: value, as: UTF8.self)) && value.count >= 4
                && !value.contains(where: ByteSet.space.contains) && !isPlainURL(value)
        case .networkName:
            // Text that begins with a bracket is an object or a list of a schema.
            value.count <= 32 && value.contains { $0 >= 0x80 || ByteSet.alphanumerics.contains($0) }
                && value.first.map { !Self.brackets.contains($0) } ?? false
        case .resourceID: value.count >= 8 && !value.contains(where: ByteSet.space.contains)
        case .homePath, .ipv4, .ipv6, .mac, .email, .domain, .phone, .privateKey, .publicKey, .certificate, .place,
            .timeZone:
            true
        }
    }

    /// Whether a byte may be part of a token, unlike the marks of an expression.
    private func isDrawable(_ byte: UInt8) -> Bool { byte >= 0x80 || ByteSet.alphanumerics.contains(byte) }

    private static let brackets = ByteSet("{[")

    private func isName(_ value: [UInt8]) -> Bool { Self.personName.matchesWhole(value) && !namesNobody(value) }

    /// Whether a value with the form of a name is that of a company or a program, or a task: `Create Rooms`.
    private func namesNobody(_ value: [UInt8]) -> Bool {
        let first = String(decoding: value.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        return namesOrganization(value)
            || first.utf8.count < value.count && Plausibility.verbs.contains(first.lowercased())
    }

    /// Whether a word of a name marks a company, a team or a program.
    private func namesOrganization(_ value: [UInt8]) -> Bool {
        String(decoding: value, as: UTF8.self).split { " .,-".contains($0) }.contains {
            Self.organizationWords.contains($0.lowercased())
        }
    }

    private static let organizationWords: Set<String> = [
        "account", "actions", "admin", "alerts", "aws", "backup", "batch", "cd", "ci", "cluster", "database", "gateway",
        "gcp", "gke", "iam", "instance", "managed", "monitoring", "notifications", "pipeline", "processor", "proxy",
        "registry",
        "sa", "storage", "terraform", "vm", "vpn", "administrator", "ag", "agent", "ai", "api", "app", "association",
        "authority", "access", "accelerator", "amazon", "azure", "cloudflare", "command", "developers", "elastic",
        "google",
        "identity", "include", "management", "microsoft", "preprocessor",
        "authors",
        "bot", "ca", "center", "cloud", "co", "community", "company", "contributors", "copyright", "corp", "count",
        "corporation", "daemon", "default", "department", "desktop", "developer", "developers", "encrypt", "engine",
        "foundation", "gmbh", "group", "guest", "homelab", "inc", "incorporated", "institute", "international", "jitsi",
        "key",
        "keys", "labs", "library", "limited", "linux", "llc", "login", "ltd", "mailer", "maintainer", "maintainers",
        "author", "mail", "manager", "meeting", "network", "activation", "aggregator", "builder", "configuration",
        "controller", "daily", "deactivation", "endpoint", "forwarding", "function", "generator", "handler", "hourly",
        "installation", "integration", "listener", "method", "monthly", "nightly", "parser", "profiler", "scheduler",
        "validator", "verification", "weekly", "worker", "wrapper",
        "name", "notices", "object", "office", "open", "organization", "phone", "program", "project", "public",
        "reader", "release", "research",
        "code", "copilot", "demo", "digital", "example", "lab", "redis", "sample", "room", "root", "security", "server",
        "service", "services", "settings", "smith", "society",
        "some", "software",
        "solutions",
        "state", "studio", "support", "system", "systems", "team", "technologies", "technology", "test", "the",
        "university", "user", "users", "version", "web",
    ]

    /// Whether a value is a URL without a secret of its own; a URL with a login is read separately.
    private func isPlainURL(_ value: [UInt8]) -> Bool {
        Self.plainURL.matchesWhole(value) || Self.loginURL.matchesWhole(value)
    }

    /// The home folder at the start of a path; nil if there is none or it is a common one.
    private func homeFolder(in text: [UInt8], at span: Span) -> Span? {
        guard let match = Self.homeFolder.match(text, at: span.start, limit: span.end) else { return nil }
        let name = String(decoding: text[match.value.range], as: UTF8.self)
        let folder = Span(match.whole.start, match.value.end)
        guard !WordLists.builtIn.isGenericName(name), !HostNameReader.isFileName(name),
            !isReserved(Array(text[folder.range]), kind: .homePath)
        else { return nil }
        return folder
    }

    private static let homeFolder = pattern(#"/(?:home|Users)/(?<value>[A-Za-z_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)"#)
    /// The name of a variable, such as `HEADSCALE_USERS`.
    private static let constant = pattern(#"[A-Z0-9]+(?:_[A-Z0-9]+)+"#)
    private static let userName = pattern(#"[A-Za-z_][A-Za-z0-9._-]{0,62}"#)
    private static let personName = pattern(
        #"[A-Z\x80-\xff][^\s\d<>@:;,"'()/\\=]*[a-z\x80-\xff][^\s\d<>@:;,"()/\\=]*(?: [A-Za-z\x80-\xff][^\s\d<>@:;,"()/\\=]*){0,3} [A-Z\x80-\xff][^\s\d<>@:;,"()/\\=]+"#
    )
    private static let projectID = pattern(#"(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]"#)
    private static let projectNumber = pattern(#"\d{6,15}"#)
    private static let loginURL = pattern(
        #"[A-Za-z][A-Za-z0-9+.-]*://[^\s:@/?#"'`<>]{0,128}:[^\s@/"'`<>]{1,256}@[A-Za-z0-9.-]+(?::\d+)?(?:/[A-Za-z0-9._-]{0,32})?"#
    )
    private static let plainURL = pattern(#"[A-Za-z][A-Za-z0-9+.-]*://[^\s@]*"#)

    /// Compiles a pattern of this file; a test runs each of them.
    static func pattern(_ source: String) -> Pattern {
        do {
            return try Pattern(source)
        } catch {
            preconditionFailure("a pattern of the value reader is malformed: \(error.message)")
        }
    }
}
