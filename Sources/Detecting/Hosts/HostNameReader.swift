internal import Documents

/// Reads host names, and determines their registrable parts.
struct HostNameReader {
    let text: [UInt8]
    /// The cache of earlier answers about names; nil for none.
    var memory: HostMemory?

    static let reserved = ReservedValues.builtIn

    private static let edges = ByteSet(".-_")
    static let joinersBehind = ByteSet("-@")
    static let openersBehind = ByteSet("([=")
    static let expressionsBefore = ByteSet("$.)]")
    static let quotesBefore = ByteSet("\"'`/@,")
    static let quotesBehind = ByteSet("\"'`/:,")
    static let quotes = ByteSet("\"'")

    /// Whether a host name contains a domain, rather than being a single label known only within a network.
    static func isQualified(_ host: ArraySlice<UInt8>) -> Bool { host.contains(UInt8(ascii: ".")) }

    /// Whether a name ends with the root's full stop, as in a zone; its top-level domain may then be any.
    static func isAbsolute(_ name: ArraySlice<UInt8>) -> Bool {
        name.last == UInt8(ascii: ".") && name.dropLast().contains(UInt8(ascii: "."))
            && name.allSatisfy(ByteSet.hostName.contains)
    }

    /// Whether the last label of a host name is the owner's own, as in `sw1.aukrock`, rather than a top-level domain,
    /// that of a private network, or the ending of a file.
    static func isUnderOwnTopLevel(_ host: ArraySlice<UInt8>) -> Bool {
        let name = String(decoding: host, as: UTF8.self)
        return !isUnderKnownTopLevel(name) && HostLabels.privateSuffix(of: name) == nil && !isFileName(name)
            && !reserved.contains(host, kind: .domain)
    }

    /// The registrable domains of all host names in `span`, except well-known and reserved ones.
    ///
    /// With `underAnyTopLevel`, which is for a setting that is known to hold a domain, the top-level domain may be the
    /// owner's own.
    func domains(in span: Span, underAnyTopLevel: Bool) -> [Span] {
        hostNames(in: span).filter { underAnyTopLevel || isUnderKnownTopLevel($0) }.compactMap(registrableDomain)
    }

    func isUnderKnownTopLevel(_ host: Span) -> Bool {
        memory?.isUnderKnownTopLevel(text[host.range])
            ?? Self.isUnderKnownTopLevel(String(decoding: text[host.range], as: UTF8.self))
    }

    /// The registrable part of the host name at `span`; nil if it is a public service or reserved.
    func registrableDomain(at span: Span) -> Span? {
        guard let memory, !isAuthorityNamedAsFile(span) else { return askForRegistrableDomain(at: span) }
        return memory.domain(of: text[span.range], endingAt: span.end) { askForRegistrableDomain(at: span) }
    }

    private func askForRegistrableDomain(at span: Span) -> Span? {
        let host = String(decoding: text[span.range], as: UTF8.self)
        guard !Self.reserved.contains(host.utf8, kind: .domain),
            !Self.isFileName(host) || isAuthorityNamedAsFile(span), !Self.isPackageName(host)
        else { return nil }
        // Any label of a customer's host may name the customer.
        if TenantHosts.builtIn.contain(host) { return span }
        guard let domain = PublicSuffixList.registrableDomain(of: host),
            !Self.reserved.contains(domain.utf8, kind: .domain)
        else { return nil }
        return Span(span.end - domain.utf8.count, span.end)
    }

    private func hostNames(in span: Span) -> [Span] {
        var spans: [Span] = []
        var position = span.start
        while position < span.end {
            let start = position
            position = min(span.end, WordCharacter.runEnd(of: .hostName, from: start, atMost: span.count, in: text))
            guard position > start else {
                position += 1
                continue
            }
            let isBehindPercent = start > span.start && text[start - 1] == UInt8(ascii: "%")
            let first = isBehindPercent ? min(Surroundings(text: text).afterEscape(start), position) : start
            let name = Span(first, position)
            // The path of a URL contains no host; only the authority does.
            let isPath =
                start > span.start && text[start - 1] == UInt8(ascii: "/")
                && !(start - span.start >= 2 && text[start - 2] == UInt8(ascii: "/"))
            // In `name@host`, the part before the @ is not a host.
            let isName = position < text.count && text[position] == UInt8(ascii: "@")
            let isPart = isInExpression(name, from: span.start) || isOperand(name) || isContinuedByExpression(position)
            if !isPath, !isName, !isPart, let host = hostName(at: name) {
                spans.append(host)
            }
        }
        return spans
    }

    /// The maximum lengths in bytes of a template expression before a name, in running text and in a setting.
    private static let longestLead = 64
    private static let longestExpression = 512

    /// Whether the name is in the `{{ … }}` of a template.
    func isInExpression(_ name: Span, from first: Int? = nil) -> Bool {
        let start = max(first ?? 0, name.start - (first == nil ? Self.longestLead : Self.longestExpression))
        var position = name.start
        while position > start + 1 {
            position -= 1
            if text[position] == UInt8(ascii: "}"), text[position - 1] == UInt8(ascii: "}") { return false }
            if text[position] == UInt8(ascii: "{"), text[position - 1] == UInt8(ascii: "{") { return true }
        }
        return false
    }

    /// The host name at `span` without surrounding dots; nil if it has only one label, ends with a number, or is
    /// malformed.
    func hostName(at span: Span) -> Span? {
        var start = span.start
        var end = span.end
        while start < end, Self.edges.contains(text[start]) { start += 1 }
        while end > start, Self.edges.contains(text[end - 1]) { end -= 1 }
        guard end - start <= 253 else { return nil }
        return isMadeOfLabels(from: start, to: end) ? Span(start, end) : nil
    }

    /// Whether the text between two places consists of at least two labels, each of up to 63 bytes without a dash at
    /// either end, the last one containing a letter.
    private func isMadeOfLabels(from first: Int, to end: Int) -> Bool {
        var start = first
        var count = 0
        var hasUnderscore = false
        while true {
            let hadUnderscore = hasUnderscore
            hasUnderscore = false
            var hasLetter = false
            var stop = start
            while stop < end, text[stop] != UInt8(ascii: ".") {
                if ByteSet.letters.contains(text[stop]) { hasLetter = true }
                if text[stop] == UInt8(ascii: "_") { hasUnderscore = true }
                stop += 1
            }
            guard (1...63).contains(stop - start), text[start] != UInt8(ascii: "-"),
                text[stop - 1] != UInt8(ascii: "-")
            else { return false }
            count += 1
            guard stop == end else {
                start = stop + 1
                continue
            }
            // The names of services start with underscores, but the domain that contains them does not.
            return count >= 2 && stop - start >= 2 && hasLetter && !hasUnderscore && !hadUnderscore
        }
    }

    /// Whether a name starts with a top-level domain: `org.jitsi.jicofo` is a Java package.
    static func isPackageName(_ name: String) -> Bool {
        guard let first = name.lowercased().split(separator: ".").first, !PublicSuffixList.knowsTopLevel(of: name)
        else {
            return false
        }
        return ["com", "org", "net", "io", "de", "edu", "java", "javax"].contains(first)
    }
}
