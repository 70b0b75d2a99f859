internal import Documents

extension HostNameReader {
    /// The number of different domains at which a list counts as one of public servers.
    private static let manyDomains = 5
    /// The maximum distance in bytes between the members of a list.
    private static let reach = 512

    /// Whether a quoted name is in a list of hosts under many domains, which is a client's list of public servers and
    /// rarely the owner's.
    func isInListOfServers(_ name: Span) -> Bool {
        guard let quote = quote(before: name.start), name.end < text.count, text[name.end] == quote else {
            return false
        }
        var domains: Set<String> = []
        var end = name.end + 1
        add(name, to: &domains)
        while let member = member(behind: end, in: quote), member.end - name.end < Self.reach {
            add(member, to: &domains)
            end = member.end + 1
        }
        var start = name.start - 1
        while let member = member(before: start, in: quote), name.start - member.start < Self.reach {
            add(member, to: &domains)
            start = member.start - 1
        }
        return domains.count >= Self.manyDomains
    }

    private func quote(before start: Int) -> UInt8? {
        guard start > 0, Self.quotes.contains(text[start - 1]) else { return nil }
        return text[start - 1]
    }

    private func add(_ member: Span, to domains: inout Set<String>) {
        guard let host = hostName(at: member), host == member else { return }
        let name = String(decoding: text[host.range], as: UTF8.self)
        if let domain = PublicSuffixList.registrableDomain(of: name) { domains.insert(domain) }
    }

    /// The quoted text after a comma that follows `offset`.
    private func member(behind offset: Int, in quote: UInt8) -> Span? {
        var position = offset
        while position < text.count, ByteSet.space.contains(text[position]) { position += 1 }
        guard position < text.count, text[position] == UInt8(ascii: ",") else { return nil }
        position += 1
        while position < text.count, ByteSet.space.contains(text[position]) { position += 1 }
        guard position < text.count, text[position] == quote else { return nil }
        let start = position + 1
        let end = text[start..<min(text.count, start + 256)].firstIndex { $0 == quote || ByteSet.lineEnd.contains($0) }
        return end.flatMap { text[$0] == quote ? Span(start, $0) : nil }
    }

    /// The quoted text before a comma that precedes `offset`.
    private func member(before offset: Int, in quote: UInt8) -> Span? {
        var position = offset
        while position > 0, ByteSet.space.contains(text[position - 1]) { position -= 1 }
        guard position > 0, text[position - 1] == UInt8(ascii: ",") else { return nil }
        position -= 1
        while position > 0, ByteSet.space.contains(text[position - 1]) { position -= 1 }
        guard position > 1, text[position - 1] == quote else { return nil }
        let end = position - 1
        let start = text[max(0, end - 256)..<end].lastIndex { $0 == quote || ByteSet.lineEnd.contains($0) }
        return start.flatMap { text[$0] == quote ? Span($0 + 1, end) : nil }
    }
}
