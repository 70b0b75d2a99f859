internal import Documents

// Host names in running text, and the words joined by dots that only look like them.
extension HostNameReader {
    /// The registrable domain of the host after the `://` that ends at `end`; nil if it is a public service, reserved,
    /// or the home of well-known software.
    func domain(ofURLWithHostAt end: Int) -> Span? {
        guard !isURLOfFile(withHostAt: end), !isHostOfSchema(from: end) else { return nil }
        var start = end
        var stop = end
        while stop < text.count, stop - end < 320, Self.authority.contains(text[stop]) {
            if text[stop] == UInt8(ascii: "@") { start = stop + 1 }
            stop += 1
        }
        let hostEnd = WordCharacter.runEnd(of: .hostName, from: start, atMost: 254, in: text)
        guard !isContinuedByExpression(hostEnd) else { return nil }
        return hostName(at: Span(start, hostEnd)).flatMap(unknownDomain)
    }

    /// The registrable domain of the host name in running text whose last label ends at `end`; nil if the words are not
    /// a host name.
    ///
    /// In a program, where dots join field names, a host name must be quoted.
    func domain(ofHostEndingAt end: Int, inProgram: Bool) -> Span? {
        if let host = host(namingFileFrom: end) { return unknownDomain(of: host) }
        guard let name = name(endingAt: end), !inProgram || isQuoted(name), !isPartOfPath(name),
            !isFieldOfProgram(name), !isShortenedName(name), !isBeforeLines(name),
            !namesInterface(name), !isInListOfServers(name), !isInExpression(name),
            !(isInURL(name) && isHostOfSchema(from: name.start))
        else { return nil }
        return hostName(at: name).flatMap(unknownDomain).flatMap { isMemberNamedAsHost($0) ? nil : $0 }
    }

    /// The host name under a private network's top-level domain whose last label ends at `end`.
    func privateHost(endingAt end: Int, inProgram: Bool) -> Span? {
        guard let name = name(endingAt: end), !isPartOfPath(name), !isFieldOfProgram(name),
            !inProgram || isQuoted(name) || isInURL(name),
            let host = hostName(at: name), !Self.isPackageName(String(decoding: text[host.range], as: UTF8.self)),
            !Self.reserved.contains(text[host.range], kind: .hostName), !isOfAnyHome(host)
        else { return nil }
        return host
    }

    /// Whether a private host name may occur in any home: `nas.local`, `home.lan`.
    private func isOfAnyHome(_ host: Span) -> Bool {
        let labels = text[host.range].split(separator: UInt8(ascii: "."))
        guard labels.count == 2, let name = labels.first, let last = labels.last else { return false }
        let stem = String(decoding: name, as: UTF8.self)
        // Also the name of a file: `credentials.private`.
        if last.elementsEqual("private".utf8) {
            return WordLists.builtIn.isGenericName(stem) || WordLists.builtIn.isCommonWord(stem)
        }
        return Self.topLevelsOfHomes.contains(String(decoding: last, as: UTF8.self).lowercased())
            && WordLists.builtIn.isGenericName(stem)
    }

    private static let topLevelsOfHomes: Set<String> = ["home", "lan", "local"]

    /// The private network's domain of a host under its own top-level domain: the last two labels of `nas.wren.lan`,
    /// and both of `.wren.lan`; nil for `nas.lan`, which is only a host name.
    func privateDomain(of host: Span) -> Span? {
        let labels = text[host.range].split(separator: UInt8(ascii: "."))
        let last = labels.suffix(2).map { String(decoding: $0, as: UTF8.self).lowercased() }
        let suffix = last == ["home", "arpa"] ? 2 : 1
        let isSuffix = host.start > 0 && text[host.start - 1] == UInt8(ascii: ".")
        guard labels.count > suffix + 1 || labels.count == suffix + 1 && isSuffix else { return nil }
        return Span(labels[labels.count - suffix - 1].startIndex, host.end)
    }

    private func unknownDomain(of host: Span) -> Span? {
        guard let memory, !isAuthorityNamedAsFile(host) else { return askForUnknownDomain(of: host) }
        return memory.unknownDomain(of: text[host.range], endingAt: host.end) { askForUnknownDomain(of: host) }
    }

    private func askForUnknownDomain(of host: Span) -> Span? {
        guard isUnderKnownTopLevel(host),
            let domain = registrableDomain(at: host),
            !Self.reserved.isHomeOfSoftware(String(decoding: text[domain.range], as: UTF8.self))
        else { return nil }
        return domain
    }

    /// Whether the last label of `host` is a top-level domain, or the one that RFC 2606 reserves for tests.
    static func isUnderKnownTopLevel(_ host: String) -> Bool {
        PublicSuffixList.knowsTopLevel(of: host) || host.lowercased().hasSuffix(".test")
    }

    /// The run of host name bytes that ends at `end`; nil if a longer word continues there.
    func name(endingAt end: Int) -> Span? {
        if end < text.count {
            if ByteSet.alphanumerics.contains(text[end]) || text[end] == UInt8(ascii: "_") { return nil }
            if WordCharacter.starts(at: end, in: text) || Self.joinersBehind.contains(text[end]) { return nil }
            let goesOn = text[end] == UInt8(ascii: ".") && WordCharacter.starts(at: end + 1, in: text)
            if goesOn || text[end] == UInt8(ascii: ".") && isContinuedByExpression(end + 1) { return nil }
        }
        return run(endingAt: end)
    }

    /// The run of host name bytes before `end`, without a leading escape; nil if there is none.
    func run(endingAt end: Int) -> Span? {
        var start = end
        start = WordCharacter.runStart(of: .hostName, before: end, atMost: 254, in: text)
        start = Surroundings(text: text).afterEscape(start)
        return start < end ? Span(start, end) : nil
    }

    /// Whether a slash that does not begin a URL's authority precedes the name: a file, an image, a branch.
    private func isPartOfPath(_ name: Span) -> Bool {
        guard name.start > 0, text[name.start - 1] == UInt8(ascii: "/") else { return false }
        return !isInURL(name) && !isDomainOfDnsmasq(name)
    }

    func isInURL(_ name: Span) -> Bool {
        name.start > 1 && text[name.start - 1] == UInt8(ascii: "/") && text[name.start - 2] == UInt8(ascii: "/")
    }

    /// Whether the surroundings show that the name is an expression: a call, a subscript, a variable, an assignment.
    private func isFieldOfProgram(_ name: Span) -> Bool {
        if name.end < text.count, Self.openersBehind.contains(text[name.end]) { return true }
        if name.end + 1 < text.count, text[name.end] == UInt8(ascii: " "), text[name.end + 1] == UInt8(ascii: "=") {
            return true
        }
        guard name.start > 0 else { return false }
        if isTag(name) || isBetweenDoubledBrackets(name) || isInReference(name) || isLoginOfWindows(name) {
            return true
        }
        return Self.expressionsBefore.contains(text[name.start - 1]) && text[name.start] != UInt8(ascii: ".")
    }

    /// Whether the name is what a tool that shortens programs makes of a member, between two signs: `!w.ca&&`.
    private func isShortenedName(_ name: Span) -> Bool {
        guard name.start > 0, name.end < text.count, Self.signsBeforeMembers.contains(text[name.start - 1]),
            Self.signsBehindMembers.contains(text[name.end])
        else { return false }
        return text[name.range].split(separator: UInt8(ascii: ".")).allSatisfy { $0.count <= 2 }
    }

    /// Whether the name is that of a program, and a range of its lines follows: `update-users.pl:235-239`.
    private func isBeforeLines(_ name: Span) -> Bool {
        let ending = text[name.range].reversed().prefix { $0 != UInt8(ascii: ".") }.reversed()
        guard Self.endingsOfPrograms.contains(String(decoding: Array(ending), as: UTF8.self)),
            text[name.end...].first == UInt8(ascii: ":")
        else { return false }
        let numbers = text[(name.end + 1)...].prefix(12)
        let first = numbers.prefix(while: ByteSet.digits.contains)
        let rest = numbers.dropFirst(first.count)
        return (1...4).contains(first.count) && rest.first == UInt8(ascii: "-")
            && (1...4).contains(rest.dropFirst().prefix(while: ByteSet.digits.contains).count)
    }

    /// Whether the name is that of a user in a Windows domain, `ROCKS\\lia.murre`, rather than a host.
    private func isLoginOfWindows(_ name: Span) -> Bool {
        name.start > 1 && text[name.start - 1] == UInt8(ascii: "\\") && text[name.start] != UInt8(ascii: ".")
            && ByteSet.alphanumerics.contains(text[name.start - 2])
            && !text[max(0, name.start - 64)..<name.start - 1].contains(UInt8(ascii: "."))
    }

    /// Whether the name is that of a TOML table: `[[inputs.net]]`.
    private func isBetweenDoubledBrackets(_ name: Span) -> Bool {
        name.start > 1 && name.end + 1 < text.count && text[(name.start - 2)..<name.start].elementsEqual("[[".utf8)
            && text[name.end...(name.end + 1)].elementsEqual("]]".utf8)
    }

    /// Whether the name is a reference in a template: `${module.web.labels.app}`.
    private func isInReference(_ name: Span) -> Bool {
        name.start > 1 && text[name.start - 1] == UInt8(ascii: "{")
            && ByteSet("$#%").contains(text[name.start - 2])
    }

    private func isQuoted(_ name: Span) -> Bool {
        guard name.start > 0, name.end < text.count else { return false }
        let isFilledIn =
            name.start > 2 && text[name.start - 2] == UInt8(ascii: "%") && text[name.start] == UInt8(ascii: ".")
        let before = text[name.start - (isFilledIn ? 3 : 1)]
        return Self.quotesBefore.contains(before) && Self.quotesBehind.contains(text[name.end])
    }

    /// The endings of programs that are also top-level domains.
    private static let endingsOfPrograms: Set<String> = ["cc", "md", "pl", "pm", "ps", "py", "rs", "sh"]
    private static let signsBeforeMembers = ByteSet("(!&|?:=,[{};+-*/")
    private static let signsBehindMembers = ByteSet("(!&|?:=,]{};+-*/)")
    private static let authority = ByteSet.hostName.union(ByteSet(":@%~!$&'*+,;=[]"))
}
