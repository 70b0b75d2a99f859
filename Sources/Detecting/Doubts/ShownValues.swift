internal import Documents

/// Recognises values that a file shows without belonging to its owner: samples, examples, and values of others.
struct ShownValues {
    /// The purpose of the file.
    let traits: FileTraits
    private static let reserved = ReservedValues.builtIn

    /// Whether a value looks invented: a default from documentation, or a secret made of words that samples use.
    static func isInvented(_ value: [UInt8], kind: Kind) -> Bool {
        if reserved.isDocumentedDefault(value) || isDefaultLogin(value) { return true }
        return kind.severity == .secret
            && (isNamedAsMine(value) || WordLists.isSampleSecret(value)
                || WordLists.builtIn.isGenericName(String(decoding: value, as: UTF8.self)))
    }

    /// Whether a secret says whose it is and what, as samples do: `my-auk.net-password`.
    private static func isNamedAsMine(_ value: [UInt8]) -> Bool {
        let text = String(decoding: value, as: UTF8.self).lowercased()
        return (text.hasPrefix("my-") || text.hasPrefix("my_"))
            && ["password", "passwd", "passphrase", "secret", "token"].contains(where: text.hasSuffix)
    }

    /// Whether a value is a URL with a documented default login at a host that is not the owner's:
    /// `mongodb://root:root@db.meet.jitsi`.
    private static func isDefaultLogin(_ value: [UInt8]) -> Bool {
        guard let at = value.firstIndex(of: UInt8(ascii: "@")), value[..<at].contains(UInt8(ascii: "/")),
            let scheme = value[..<at].firstRange(of: "://".utf8),
            let colon = value[scheme.upperBound..<at].firstIndex(of: UInt8(ascii: ":"))
        else { return false }
        let host = value[(at + 1)...].prefix { ByteSet.hostName.contains($0) }
        return reserved.isDocumentedDefault(Array(value[(colon + 1)..<at]))
            && (reserved.isReservedDomain(String(decoding: host, as: UTF8.self)) || !host.contains(UInt8(ascii: ".")))
    }

    /// Whether values of a kind in such a file are probably not the owner's, so that they count only if they also occur
    /// elsewhere.
    ///
    /// - In an example file: a resource ID in a setting.
    /// - In a folder of examples: a machine, a login, a key, and a domain that no setting names.
    /// - In a lock file: everything uncertain, and the makers of the packages.
    /// - In third-party code: values without a distinctive format.
    func areShown(_ kind: Kind, by rule: Rule) -> Bool {
        if traits.isLock, rule.confidence < .high || kind.severity != .secret { return true }
        if traits.isVendored, rule.confidence < .high || kind.severity != .secret || !rule.keys.isEmpty { return true }
        if traits.isExample || traits.isDrawing, kind == .resourceID, rule.confidence < .high, !rule.keys.isEmpty {
            return true
        }
        guard traits.isInExamples else { return false }
        switch kind {
        case .publicKey, .certificate, .userName: return true
        case .domain: return rule.confidence < .high
        default: return kind.severity == .infrastructure
        }
    }

    /// Whether the surroundings of a value show that it belongs to someone else.
    func isOfOthers(_ span: Span, kind: Kind, in text: [UInt8]) -> Bool {
        switch kind {
        case .email: Self.isCopyright(span, in: text)
        case .personName:
            Self.isCopyright(span, in: text) || traits.isDocumentation && Self.isBesideSample(span, in: text)
        case .domain:
            Self.isCopyright(span, in: text) || Self.isBlockList(span, in: text)
                || Self.isApplication(span, in: text)
        case .ipv4, .ipv6: Self.isOfService(span, in: text)
        case .publicKey: Self.isOfServersOfService(span, in: text)
        default: false
        }
    }

    /// Whether a value is in a comment that is a copyright notice.
    private static func isCopyright(_ span: Span, in text: [UInt8]) -> Bool {
        guard CommentLine.isAround(span.start, in: text), let lead = CommentLine.lead(of: span.start, in: text)
        else { return false }
        let line = String(decoding: lead, as: UTF8.self).lowercased()
        return line.contains("copyright") || line.contains("(c)")
    }

    /// Whether a quoted name is in front of a quoted address that is only a sample, so that both are nobody's:
    /// `"name": "Ada", "email": "ada@email.com"`.
    private static func isBesideSample(_ name: Span, in text: [UInt8]) -> Bool {
        let rest = text[name.end...].prefix(farthestAddress).prefix { !ByteSet("{}\n").contains($0) }
        guard rest.first.map(quotes.contains) == true, let at = rest.firstIndex(of: UInt8(ascii: "@")) else {
            return false
        }
        let opening = rest[..<at].reversed().first { !ByteSet.hostName.contains($0) }
        let host = rest[(at + 1)...].prefix { ByteSet.hostName.contains($0) }
        return opening.map(quotes.contains) == true
            && reserved.isReservedDomain(String(decoding: host, as: UTF8.self))
    }

    private static let quotes = ByteSet("\"'")
    private static let farthestAddress = 96

    /// Whether a name with dots is that of an application in a store: `details?id=im.auk.app`.
    private static func isApplication(_ span: Span, in text: [UInt8]) -> Bool {
        let start = WordCharacter.runStart(of: .hostName, before: span.start, atMost: 128, in: text)
        let lead = text[max(0, start - 24)..<start]
        return stores.contains { lead.suffix($0.count).elementsEqual($0) }
    }

    private static let stores = ["/details?id=", "&id=", "?bundleId=", ";package="].map { Array($0.utf8) }

    /// Whether the domain is a block list that a mail server queries, as Postfix does with `reject_rbl_client`.
    private static func isBlockList(_ span: Span, in text: [UInt8]) -> Bool {
        var start = span.start
        while start > 0, ByteSet.hostName.contains(text[start - 1]) { start -= 1 }
        let limit = max(0, start - 80)
        while start > limit, wordEnds.contains(text[start - 1]) { start -= 1 }
        var word = start
        while word > limit, !wordEnds.contains(text[word - 1]) { word -= 1 }
        let setting = text[word..<start]
        // Words before a name rarely contain an underscore, but all these settings do.
        guard setting.count >= shortestBlockList, setting.contains(UInt8(ascii: "_")) else { return false }
        return blockLists.contains { setting.firstRange(of: $0) != nil }
    }

    private static let wordEnds = ByteSet(" =")
    private static let blockLists = [
        "reject_rbl_client", "reject_rhsbl_", "permit_dnswl_client", "permit_rhswl_client", "dnsbl_sites",
    ].map { Array($0.utf8) }
    private static let shortestBlockList = blockLists.map(\.count).min() ?? 0

    /// Whether a public service's name precedes an address in the same line or object, so that the address is the
    /// service's: `"HostName": "relay.github.com", "IPv4": "…"`.
    ///
    /// A name followed by a path is a URL or the name of a setting.
    private static func isOfService(_ span: Span, in text: [UInt8]) -> Bool {
        let before = text[max(0, span.start - 160)..<span.start]
        let start = before.lastIndex(where: ByteSet("{}\n").contains).map { $0 + 1 } ?? before.startIndex
        let names = before[start...].split { !ByteSet.hostName.contains($0) }
        return names.contains { name in
            name.contains(where: ByteSet.letters.contains) && name.contains(UInt8(ascii: "."))
                && text[name.endIndex] != UInt8(ascii: "/")
                && reserved.isPublicService(String(decoding: name, as: UTF8.self))
        }
    }

    /// Whether a line begins with the names of a public service's machines, whose keys are public: `github.com
    /// ssh-ed25519 AAAA…`.
    private static func isOfServersOfService(_ key: Span, in text: [UInt8]) -> Bool {
        guard let lead = CommentLine.lead(of: key.start, in: text) else { return false }
        return lead.prefix { !ByteSet.blank.contains($0) }.split(separator: UInt8(ascii: ",")).contains {
            reserved.isPublicService(String(decoding: $0, as: UTF8.self))
        }
    }

    /// Whether a password is one that pipelines give to their test databases.
    ///
    /// A deployment with such a password would be open to everyone; in a pipeline nothing else can reach the database.
    static func isOfTestDatabase(_ value: [UInt8]) -> Bool { testPasswords.contains { value.elementsEqual($0.utf8) } }

    private static let testPasswords = ["postgres", "mysql", "mariadb", "root", "test", "testing", "ci", "guest"]
}
