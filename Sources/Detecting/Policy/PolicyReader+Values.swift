internal import Collecting
internal import Documents

extension PolicyReader {
    mutating func selection(_ node: YAMLNode, _ what: String) -> PolicyFile.Selection {
        var selection = PolicyFile.Selection()
        for member in members(of: node, what, known: ["domains", "values"]) ?? [] {
            let name = "'\(member.name)' of \(what)"
            if member.name == "domains" {
                for element in list(member.value, name, of: "names") {
                    guard let domain = domain(element, what) else { continue }
                    if selection.domains.contains(domain) {
                        fail(element.offset, "'\(domain)' is given twice")
                    } else {
                        selection.domains.append(domain)
                    }
                }
            } else {
                for element in list(member.value, name, of: "values") {
                    guard let value = value(element, name) else { continue }
                    if selection.values.contains(where: { $0.fingerprint == value.fingerprint }) {
                        fail(element.offset, "the fingerprint '\(value.fingerprint)' is given twice")
                    } else {
                        selection.values.append(value)
                    }
                }
            }
        }
        return selection
    }

    private mutating func domain(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = text(node, "a domain of \(what)") else { return nil }
        let domain = text.lowercased()
        guard PolicyFile.isHostName(domain) else {
            fail(
                node.offset,
                "a domain of \(what) is not a domain of an owner: labels of letters, digits and hyphens, joined by dots, and not a public suffix such as com"
            )
            return nil
        }
        guard PolicyFile.isOwnedDomain(domain) else {
            fail(node.offset, "anyone can have names under this domain of \(what); list the domains that you mean")
            return nil
        }
        return domain
    }

    private mutating func value(_ node: YAMLNode, _ what: String) -> PolicyFile.Selection.Value? {
        guard let members = members(of: node, "an entry of \(what)", known: ["fingerprint", "reason"]) else {
            return nil
        }
        var value = PolicyFile.Selection.Value(fingerprint: "")
        var isMalformed = false
        for member in members {
            if member.name == "fingerprint" {
                let digits = hexDigits(member.value, "a fingerprint", count: 32)
                value.fingerprint = digits ?? ""
                isMalformed = digits == nil
                fingerprintOffset = fingerprintOffset ?? member.value.offset
            } else {
                value.reason = text(member.value, "a reason")
            }
        }
        if value.fingerprint.isEmpty, !isMalformed { fail(node.offset, "an entry of \(what) has no fingerprint") }
        return value.fingerprint.isEmpty ? nil : value
    }

    mutating func words(_ node: YAMLNode) -> [PolicyFile.SensitiveWord] {
        var words: [PolicyFile.SensitiveWord] = []
        for element in list(node, "'sensitive'", of: "words") {
            var kind: Kind? = .userName
            var entry: YAMLNode? = element
            if element.members != nil {
                let members = members(of: element, "an entry of 'sensitive'", known: ["word", "kind"]) ?? []
                entry = members.first { $0.name == "word" }?.value
                if let node = members.first(where: { $0.name == "kind" })?.value { kind = choice(node, "a kind") }
                if entry == nil { fail(element.offset, "an entry of 'sensitive' has no word") }
            }
            guard let entry, let word = text(entry, "an entry of 'sensitive'"), let kind else { continue }
            guard word.utf8.count >= Self.shortestWord, !word.contains(where: \.isNewline) else {
                fail(
                    entry.offset,
                    "a sensitive word has \(Self.shortestWord) bytes or more, in one line: shorter ones stand everywhere by chance"
                )
                continue
            }
            if words.contains(where: { $0.word.lowercased() == word.lowercased() }) {
                fail(entry.offset, "a word is given twice")
            } else {
                words.append(PolicyFile.SensitiveWord(word: word, kind: kind))
            }
        }
        return words
    }

    private static let shortestWord = 3
}
