internal import Collecting
internal import Documents

/// Reads a policy strictly, and collects all problems.
struct PolicyReader {
    private let bytes: [UInt8]
    private let path: String
    private let lines: LineIndex
    private(set) var found: [Problem] = []
    /// The place of the first fingerprint.
    var fingerprintOffset: Int?

    struct Problem {
        var offset: Int
        var rule: String?
        var message: String
    }

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        lines = LineIndex(bytes)
    }

    /// The problems, in order of the text.
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

    /// Reads everything that is valid.
    mutating func read() -> PolicyFile {
        var policy = PolicyFile()
        let root: YAMLNode?
        do {
            root = try YAMLNode.read(bytes)
        } catch {
            fail(error.offset, "it is not valid YAML: \(error.message)")
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

    /// Returns the known members of a mapping, each once; nil if the node is not a mapping.
    mutating func members(of node: YAMLNode, _ what: String, known: [String]?) -> [YAMLNode.Member]? {
        guard let members = node.members else {
            let fields = known.map { "; known are \($0.joined(separator: ", "))" } ?? ""
            fail(node.offset, "\(what) is not a mapping of names to values" + fields)
            return nil
        }
        var names: Set<String> = []
        return members.filter { member in
            if let known, !known.contains(member.name) {
                let advice = Self.advice(about: member.name, among: known)
                fail(member.offset, "\(what) has a field '\(member.name)', which is not known; \(advice)")
                return false
            }
            guard names.insert(member.name).inserted else {
                fail(member.offset, "'\(member.name)' is given twice")
                return false
            }
            if member.value.content == .alias {
                fail(
                    member.offset,
                    "'\(member.name)' is an alias, which is not supported; write out its value"
                )
                return false
            }
            return true
        }
    }

    /// Returns the name that may have been meant, or all known ones.
    private static func advice(about name: String, among known: [String]) -> String {
        NearestNames.question(about: name, among: known) ?? "known are \(known.joined(separator: ", "))"
    }

    /// Returns the elements of a list; empty if the node is not a list.
    mutating func list(_ node: YAMLNode, _ what: String, of things: String) -> [YAMLNode] {
        if node.content == .empty { return [] }
        guard let elements = node.elements else {
            fail(node.offset, "\(what) is not a list of \(things)")
            return []
        }
        return elements
    }

    /// Returns the text of a scalar; nil if the node is something else.
    mutating func text(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = node.text, !text.isEmpty else {
            fail(node.offset, "\(what) is not a text")
            return nil
        }
        return text
    }

    /// Returns one of the values of an enumeration.
    mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ node: YAMLNode,
        _ what: String
    ) -> Choice? {
        guard let text = text(node, what) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let advice = Self.advice(about: text, among: Choice.allCases.map(\.rawValue))
            fail(node.offset, "\(what) is '\(text)', which is unknown; \(advice)")
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

    mutating func hexDigits(_ node: YAMLNode, _ what: String, count: Int) -> String? {
        guard let text = text(node, what) else { return nil }
        guard Self.isHex(text, count: count) else {
            fail(node.offset, "\(what) is not \(count) lower-case hexadecimal digits")
            return nil
        }
        return text
    }

    /// Whether a word has the form of a fingerprint.
    static func isFingerprint(_ word: String) -> Bool { isHex(word, count: 32) }

    static func isHex(_ text: String, count: Int) -> Bool {
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

    /// Refuses rules that vectorscan cannot compile, one by one, so that the error can name the rule.
    private static func check(_ rule: Rule) throws(RuleLoader.LoadError) {
        do throws(PatternDatabase.CompileError) {
            _ = try RuleIndex(RuleSet([rule]))
        } catch {
            throw RuleLoader.LoadError(
                rule: rule.id,
                message: "one of its anchors or expressions cannot be used: \(error.message)"
            )
        }
    }

    // MARK: - Contradictions

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
