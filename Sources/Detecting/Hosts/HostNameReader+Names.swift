internal import Documents

// Names with dots that are not those of hosts, and hosts in unusual places.
extension HostNameReader {
    /// Whether the name is that of an XML element: `<system.net>` before `</system.net>`, `<puffin.rock x="y"`.
    func isTag(_ name: Span) -> Bool {
        guard text[name.start - 1] == UInt8(ascii: "<"), name.end < text.count else { return false }
        guard text[name.end] == UInt8(ascii: ">") else {
            return ByteSet.space.contains(text[name.end]) || text[name.end] == UInt8(ascii: "/")
        }
        let closing = Array("</".utf8) + text[name.range]
        return text[name.end..<min(text.count, name.end + Self.longestElement)].firstRange(of: closing) != nil
    }

    /// The maximum number of bytes after the start tag of an element within which its end tag is searched for.
    private static let longestElement = 1 << 16

    /// Whether the name is one that dnsmasq(8) answers itself: `address=/nas.wren.lan/192.0.2.7`.
    func isDomainOfDnsmasq(_ name: Span) -> Bool {
        name.start > 1 && text[name.start - 2] == UInt8(ascii: "=") && name.end < text.count
            && text[name.end] == UInt8(ascii: "/")
    }

    private static let marksBefore = ByteSet(" \t\"'-{")

    /// Whether the name is a Kubernetes interface, named after its makers' domain: an annotation, `otter.test/purpose:
    /// x`, or an API, `apiVersion: otter.test/v1`.
    func namesInterface(_ name: Span) -> Bool {
        guard name.end < text.count, text[name.end] == UInt8(ascii: "/") else { return false }
        var start = name.start
        while start > 0, text[start - 1] != UInt8(ascii: "\n"), name.start - start < 64 { start -= 1 }
        let before = text[start..<name.start].filter { !Self.marksBefore.contains($0) }
        if before.elementsEqual("apiVersion:".utf8) { return true }
        guard before.isEmpty else { return false }
        let behind = text[(name.end + 1)...].drop { ByteSet.hostName.contains($0) }.drop { Self.quotes.contains($0) }
        return behind.first == UInt8(ascii: ":") && behind.dropFirst().first.map(ByteSet.space.contains) ?? true
    }
}
