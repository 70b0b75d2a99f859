internal import Collecting
internal import Documents

extension PolicyReader {
    mutating func action(_ node: YAMLNode) -> PolicyFile.Action? {
        guard let members = members(of: node, "an action", known: ["do", "kinds", "paths"]) else { return nil }
        let count = found.count
        var action = PolicyFile.Action(.replace)
        var isSaid = false
        for member in members {
            switch member.name {
            case "do":
                action.deed = choice(member.value, "what an action does") ?? .replace
                isSaid = true
            case "paths":
                action.paths = patterns(member.value, "'paths'")
                if action.paths.isEmpty {
                    fail(member.offset, "'paths' of an action is empty; leave it out for all files")
                }
            default:
                for element in list(member.value, "'kinds'", of: "kinds") {
                    if let kind: Kind = choice(element, "a kind") { action.kinds.insert(kind) }
                }
                if action.kinds.isEmpty { fail(member.offset, "'kinds' of an action is empty") }
            }
        }
        if !isSaid { fail(node.offset, "an action does not say what it does: do: replace, keep or omit") }
        guard found.count == count else { return nil }
        check(action, at: node.offset)
        return found.count == count ? action : nil
    }

    private mutating func check(_ action: PolicyFile.Action, at offset: Int) {
        switch action.deed {
        case .keep where action.kinds.isEmpty:
            fail(offset, "an action that keeps names the kinds that it keeps; a whole file is never kept as it is")
        case .keep:
            guard let kind = action.kinds.filter({ $0.severity == .secret }).map(\.rawValue).min() else { return }
            fail(
                offset,
                "values of the kind '\(kind)' are secrets; keep them one by one under 'keep', each with a reason"
            )
        case .omit where !action.kinds.isEmpty || action.paths.isEmpty:
            fail(offset, "an action that omits leaves out files: it has 'paths', and no 'kinds'")
        case .replace where action.kinds.isEmpty && action.paths.isEmpty:
            fail(offset, "an action that replaces says what: it has 'kinds' or 'paths'")
        case .omit, .replace: return
        }
    }

    mutating func parameters(_ node: YAMLNode) -> [PolicyFile.ParameterText] {
        var names: Set<String> = []
        return (members(of: node, "'parameters'", known: nil) ?? []).compactMap { entry in
            if Self.isFingerprint(entry.name) {
                fingerprintOffset = fingerprintOffset ?? entry.offset
            } else if !Self.isParameterName(entry.name) {
                fail(entry.offset, "'\(entry.name)' is neither the name of a parameter nor a fingerprint")
            }
            var text = PolicyFile.ParameterText(key: entry.name)
            let what = "the parameter '\(entry.name)'"
            for member in members(of: entry.value, what, known: ["name", "description"]) ?? [] {
                guard let value = self.text(member.value, "the \(member.name) of \(what)") else { continue }
                if member.name == "description" {
                    text.summary = value
                } else if !Self.isParameterName(value) {
                    fail(
                        member.value.offset,
                        "'\(value)' is not a valid parameter name: lower-case letters, digits and underscores, starting with a letter"
                    )
                } else if !names.insert(value).inserted {
                    fail(member.value.offset, "two parameters get the name '\(value)'")
                } else {
                    text.name = value
                }
            }
            return text
        }
    }

    private static func isParameterName(_ text: String) -> Bool {
        let letters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
        let allowed = letters.union(.digits).union(ByteSet("_"))
        return (1...64).contains(text.utf8.count) && text.utf8.first.map(letters.contains) == true
            && text.utf8.allSatisfy(allowed.contains)
    }
}
