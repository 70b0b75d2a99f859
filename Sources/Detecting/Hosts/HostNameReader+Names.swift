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
    /// x`, an API, `apiVersion: otter.test/v1`, a group of APIs, `apiGroups: [otter.test]`, or a definition of one,
    /// `kubectl get crd puffins.otter.test`.
    func namesInterface(_ name: Span) -> Bool {
        var start = name.start
        while start > 0, text[start - 1] != UInt8(ascii: "\n"), name.start - start < Self.longestLine { start -= 1 }
        let line = text[start..<name.start]
        let before = line.filter { !Self.marksBefore.contains($0) }
        if Self.isGroup(behind: before) || isInListOfGroups(before, from: start) || Self.isDefinition(behind: line) {
            return true
        }
        guard name.end < text.count, text[name.end] == UInt8(ascii: "/") else { return false }
        if before.elementsEqual("apiVersion:".utf8) { return true }
        guard before.isEmpty else { return false }
        let behind = text[(name.end + 1)...].drop { ByteSet.hostName.contains($0) }.drop { Self.quotes.contains($0) }
        return behind.first == UInt8(ascii: ":") && behind.dropFirst().first.map(ByteSet.space.contains) ?? true
    }

    /// The maximum number of bytes that are read of a line before a name.
    private static let longestLine = 256

    /// Whether a key for groups of APIs precedes: `apiGroup:`, `apiGroups: [`.
    private static func isGroup(behind before: [UInt8]) -> Bool {
        groupKeys.contains { key in before.starts(with: key.utf8) && before.dropFirst(key.utf8.count).first == .colon }
    }

    /// Whether the name is an item of a list, one a line, under a key for groups of APIs.
    private func isInListOfGroups(_ before: [UInt8], from start: Int) -> Bool {
        guard before.isEmpty, start > 0, text[start...].first(where: { !ByteSet.space.contains($0) }) == .dash else {
            return false
        }
        let lines = text[max(0, start - Self.longestLine)..<(start - 1)].split(separator: UInt8(ascii: "\n")).reversed()
        let key = lines.first { line in line.first { !ByteSet.space.contains($0) } != .dash || line.last == .colon }
        return key.map { Self.isGroup(behind: $0.filter { !Self.marksBefore.contains($0) }) } ?? false
    }

    /// Whether only names, separated by blanks, are between a word for definitions of APIs and the name.
    private static func isDefinition(behind line: ArraySlice<UInt8>) -> Bool {
        let names = line.reversed().prefix { ByteSet.hostName.contains($0) || marksBetween.contains($0) }
        let words = Array(names.reversed()).split { !ByteSet.hostName.contains($0) }
        return words.contains { word in definitions.contains { word.elementsEqual($0.utf8) } }
    }

    private static let marksBetween = ByteSet(" /,\"'")
    private static let groupKeys = ["apiGroup", "apiGroups"]
    private static let definitions = ["crd", "crds", "customresourcedefinition", "customresourcedefinitions"]

    /// Whether the host that begins at `start`, after the scheme of a URL, has the schema of a file:
    /// `# yaml-language-server: $schema=https://otter.test/x.json`, `"$schema": "https://otter.test/x.json"`.
    func isHostOfSchema(from start: Int) -> Bool {
        let lead = text[max(0, start - Self.longestSchema)..<start]
        guard let dollar = lead.lastIndex(of: UInt8(ascii: "$")) else { return false }
        let words = lead[(dollar + 1)...].split { !ByteSet.letters.contains($0) }
        return words.count == 2 && words[0].elementsEqual("schema".utf8) && words[1].starts(with: "http".utf8)
    }

    private static let longestSchema = 32
}

extension UInt8 {
    fileprivate static let colon = UInt8(ascii: ":")
    fileprivate static let dash = UInt8(ascii: "-")
}
