internal import Collecting
internal import Documents

/// Reads a policy strictly, and collects all that is wrong with it.
struct PolicyReader {
    private let bytes: [UInt8]
    private let path: String
    private let lines: LineIndex
    private var found: [Problem] = []
    /// Where the first fingerprint stands.
    private var fingerprintOffset: Int?

    private struct Problem {
        var offset: Int
        var rule: String?
        var message: String
    }

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        lines = LineIndex(bytes)
    }

    /// What is wrong, in the order of the text.
    var problems: [PolicyError] {
        let ordered = found.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
        return ordered.map { _, problem in
            let place = lines.position(of: problem.offset)
            return PolicyError(
                at: path,
                line: place.line,
                column: place.column,
                rule: problem.rule,
                problem.message
            )
        }
    }

    private static let fields = [
        "rules", "exclude", "include", "fingerprintKeyID", "keep", "replace", "sensitive", "actions", "parameters",
        "timezone",
    ]

    /// Reads what can be read.
    mutating func read() -> PolicyFile {
        var policy = PolicyFile()
        let root: YAMLNode?
        do {
            root = try YAMLNode.read(bytes)
        } catch {
            fail(error.offset, "it is not YAML that can be read: \(error.message)")
            return policy
        }
        guard let root, root.content != .empty else { return policy }
        guard let members = self.members(of: root, "the file", known: Self.fields) else { return policy }
        for member in members where member.value.content != .empty {
            read(member, into: &policy)
        }
        if policy.fingerprintKeyID == nil, let offset = fingerprintOffset {
            fail(
                offset,
                "a fingerprint depends on the key that it is made with, and 'fingerprintKeyID' does not say which that is"
            )
        }
        checkContradictions(policy, members)
        return policy
    }

    private mutating func read(_ member: YAMLNode.Member, into policy: inout PolicyFile) {
        let node = member.value
        switch member.name {
        case "rules": policy.rules = rules(node, at: member.offset)
        case "exclude": policy.exclude = PathExclusion(patterns(node, "'exclude'"))
        case "include": policy.include = PathExclusion(patterns(node, "'include'"))
        case "fingerprintKeyID": policy.fingerprintKeyID = hexDigits(node, "'fingerprintKeyID'", count: 16)
        case "keep": policy.keep = selection(node, "'keep'")
        case "replace": policy.replace = selection(node, "'replace'")
        case "sensitive": policy.sensitive = words(node)
        case "actions": policy.actions = list(node, "'actions'", of: "actions").compactMap { action($0) }
        case "parameters": policy.parameters = parameters(node)
        default: policy.timeZone = choice(node, "'timezone'") ?? .keep
        }
    }

    // MARK: - Nodes

    mutating func fail(_ offset: Int, rule: String? = nil, _ message: String) {
        found.append(Problem(offset: offset, rule: rule, message: message))
    }

    /// The members of a mapping that are known, each once; nil where it is no mapping.
    mutating func members(of node: YAMLNode, _ what: String, known: [String]?) -> [YAMLNode.Member]? {
        guard let members = node.members else {
            let fields = known.map { "; known are \($0.joined(separator: ", "))" } ?? ""
            fail(node.offset, "\(what) is no mapping of names to values" + fields)
            return nil
        }
        var names: Set<String> = []
        return members.filter { member in
            if let known, !known.contains(member.name) {
                let list = known.joined(separator: ", ")
                fail(member.offset, "\(what) has a field '\(member.name)', which is not known; known are \(list)")
                return false
            }
            guard names.insert(member.name).inserted else {
                fail(member.offset, "'\(member.name)' is given twice")
                return false
            }
            if member.value.content == .alias {
                fail(
                    member.offset,
                    "'\(member.name)' is an alias, which is not looked up; write out what it stands for"
                )
                return false
            }
            return true
        }
    }

    /// The elements of a list; none where it is no list.
    mutating func list(_ node: YAMLNode, _ what: String, of things: String) -> [YAMLNode] {
        if node.content == .empty { return [] }
        guard let elements = node.elements else {
            fail(node.offset, "\(what) is no list of \(things)")
            return []
        }
        return elements
    }

    /// The text of a scalar; nil where it is something else.
    mutating func text(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = node.text, !text.isEmpty else {
            fail(node.offset, "\(what) is no text")
            return nil
        }
        return text
    }

    /// One of the names that a type has.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode,
        _ what: String
    ) -> Choice? {
        guard let text = text(node, what) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            fail(node.offset, "\(what) is '\(text)', which is not known; known are \(known)")
            return nil
        }
        return choice
    }

    mutating func patterns(_ node: YAMLNode, _ what: String) -> [PathPattern] {
        list(node, what, of: "patterns").compactMap { element in
            guard let text = text(element, "a pattern of \(what)") else { return nil }
            do throws(PathPattern.SyntaxError) {
                return try PathPattern(text)
            } catch {
                fail(element.offset, "\(what): \(error.message)")
                return nil
            }
        }
    }

    private mutating func hexDigits(_ node: YAMLNode, _ what: String, count: Int) -> String? {
        guard let text = text(node, what) else { return nil }
        guard Self.isHex(text, count: count) else {
            fail(node.offset, "\(what) is not \(count) lower-case hexadecimal digits")
            return nil
        }
        return text
    }

    private static func isHex(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { ByteSet.hexDigits.contains($0) && $0 == $0.lowered }
    }

    // MARK: - Rules

    private mutating func rules(_ node: YAMLNode, at offset: Int) -> [Rule] {
        guard let elements = node.elements else {
            fail(node.offset, "its rules are not a list")
            return []
        }
        var rules: [Rule] = []
        var ids: Set<String> = []
        for (index, element) in elements.enumerated() {
            do throws(RuleLoader.LoadError) {
                let rule = try RuleLoader.rule(in: SettingTree(element), number: index + 1)
                guard ids.insert(rule.id).inserted else {
                    throw RuleLoader.LoadError(rule: rule.id, message: "two rules have this id")
                }
                try Self.check(rule)
                rules.append(rule)
            } catch {
                fail(error.offset ?? element.offset, rule: error.rule, error.message)
            }
        }
        return rules
    }

    /// Refuses what vectorscan will not search for, rule by rule, so that the error can name it.
    private static func check(_ rule: Rule) throws(RuleLoader.LoadError) {
        do throws(PatternDatabase.CompileError) {
            _ = try RuleIndex(RuleSet([rule]))
        } catch {
            throw RuleLoader.LoadError(
                rule: rule.id,
                message: "an anchor or expression of it cannot be searched for: \(error.message)"
            )
        }
    }

    // MARK: - Values

    private mutating func selection(_ node: YAMLNode, _ what: String) -> PolicyFile.Selection {
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
                "a domain of \(what) is no name of a host: labels of letters, digits and dashes with dots between them"
            )
            return nil
        }
        guard PolicyFile.isOwnedDomain(domain) else {
            fail(node.offset, "everybody has names under this domain of \(what); name the domains that are meant")
            return nil
        }
        return domain
    }

    private mutating func value(_ node: YAMLNode, _ what: String) -> PolicyFile.Selection.Value? {
        guard let members = members(of: node, "an entry of \(what)", known: ["fingerprint", "reason"]) else {
            return nil
        }
        var value = PolicyFile.Selection.Value(fingerprint: "")
        for member in members {
            if member.name == "fingerprint" {
                value.fingerprint = hexDigits(member.value, "a fingerprint", count: 32) ?? "malformed"
                fingerprintOffset = fingerprintOffset ?? member.value.offset
            } else {
                value.reason = text(member.value, "a reason")
            }
        }
        if value.fingerprint.isEmpty { fail(node.offset, "an entry of \(what) has no fingerprint") }
        return value.fingerprint.isEmpty || value.fingerprint == "malformed" ? nil : value
    }

    private mutating func words(_ node: YAMLNode) -> [PolicyFile.SensitiveWord] {
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

    // MARK: - Actions and parameters

    private mutating func action(_ node: YAMLNode) -> PolicyFile.Action? {
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
                "values of the kind '\(kind)' are secrets, which are kept one by one: by 'keep', with a reason for each"
            )
        case .omit where !action.kinds.isEmpty || action.paths.isEmpty:
            fail(offset, "an action that omits leaves out files: it has 'paths', and no 'kinds'")
        case .replace where action.kinds.isEmpty && action.paths.isEmpty:
            fail(offset, "an action that replaces says what: it has 'kinds' or 'paths'")
        case .omit, .replace: return
        }
    }

    /// Whether a word has the form of a fingerprint.
    static func isFingerprint(_ word: String) -> Bool { isHex(word, count: 32) }

    private mutating func parameters(_ node: YAMLNode) -> [PolicyFile.ParameterText] {
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
                        "'\(value)' is no name for a parameter: lower-case letters, digits and underscores, a letter first"
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

    // MARK: - What does not go together

    /// Refuses values that are both kept and replaced.
    private mutating func checkContradictions(_ policy: PolicyFile, _ members: [YAMLNode.Member]) {
        guard let place = members.first(where: { $0.name == "replace" })?.offset else { return }
        for domain in policy.replace.domains where policy.keep.domains.contains(domain) {
            fail(place, "'\(domain)' is both kept and replaced")
        }
        let kept = Set(policy.keep.values.map(\.fingerprint))
        for value in policy.replace.values where kept.contains(value.fingerprint) {
            fail(place, "the value '\(value.fingerprint)' is both kept and replaced")
        }
    }
}
