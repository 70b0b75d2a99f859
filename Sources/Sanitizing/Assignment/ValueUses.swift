internal import Detecting
internal import Documents

/// What the places of a value reveal about its parameter: a name, a description, and the requirements on its stand-in.
enum ValueUses {
    /// Whether a parameter of this kind is better named after its kind than after a setting that holds it.
    static func namesItself(_ kind: Kind) -> Bool {
        switch kind {
        case .domain, .projectID, .projectNumber, .homePath, .personName, .phone, .mac, .userName, .privateKey,
            .publicKey,
            .certificate:
            true
        default: false
        }
    }

    /// Returns the innermost keys of the settings that hold a value, the most informative first.
    ///
    /// Names of environment variables come first, then keys that contain the kind, as `PUBLIC_URL` does for a public
    /// domain. Equal ones are ordered by frequency, then by position.
    static func tellingKeys(of uses: [Replacement], in scan: ScanResult) -> [String] {
        var counts: [String: Int] = [:]
        var order: [String] = []
        for use in uses {
            let keyPath = scan.findings[use.finding].keyPath
            guard let key = keyPath.last(where: { Int($0) == nil }), !vagueKeys.contains(key.lowercased()) else {
                continue
            }
            if counts[key] == nil { order.append(key) }
            counts[key, default: 0] += 1
        }
        let kind = uses.first.map { scan.findings[$0.finding].kind }
        func rank(_ key: String) -> (Int, Int, Int) {
            (isVariableName(key) ? 0 : 1, kind.map { says($0, key) } == true ? 0 : 1, -(counts[key] ?? 0))
        }
        return order.enumerated().sorted { left, right in
            let ranks = (rank(left.element), rank(right.element))
            return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
        }.map(\.element)
    }

    /// Whether a key contains the first word of the kind; false for kinds whose parameters are named after the key.
    private static func says(_ kind: Kind, _ key: String) -> Bool {
        guard namesItself(kind) else { return false }
        let word = ParameterNames.words(for: kind, isPrivate: false).prefix { $0 != " " }
        return key.lowercased().split(separator: "_").contains(word)
    }

    /// Keys that say nothing about what they hold.
    private static let vagueKeys: Set<String> = [
        "value", "values", "data", "content", "contents", "text", "key", "name", "id", "default", "env", "args",
        "command",
        "address", "server", "host", "user", "url", "password", "passwd", "passwort", "passphrase", "pass", "pw", "pwd",
        "secret", "token",
    ]

    /// Returns names for a secret that no setting names: after the setting around it, as in `smtp: {password: …}`,
    /// after the service whose tokens the rule recognises, or after a word on its line.
    static func hints(of uses: [Replacement], kind: Kind, in scan: ScanResult) -> [String] {
        guard kind.severity == .secret, !namesItself(kind) else { return [] }
        let word = ParameterNames.words(for: kind, isPrivate: false)
        return uses.flatMap { use -> [String] in
            let finding = scan.findings[use.finding]
            var hints: [String] = []
            let keys = finding.keyPath.filter { Int($0) == nil && !vagueKeys.contains($0.lowercased()) }
            if !finding.keyPath.isEmpty, let key = keys.last { hints.append("\(key) \(word)") }
            let id = finding.rule.split(separator: "-")
            if kind == .token, id.count > 1, let last = id.last, serviceWords.contains(String(last)) {
                hints.append(finding.rule)
            }
            if let topic = use.topic { hints.append("\(topic) \(word)") }
            return hints
        }
    }

    /// The last words of the ids of rules that recognise the tokens of a single service.
    private static let serviceWords: Set<String> = ["token", "webhook", "hook", "key"]

    private static func isVariableName(_ key: String) -> Bool {
        key.contains("_") && !key.utf8.contains { $0 != $0.uppercasedASCII }
    }

    static func summary(of kind: Kind, key: String?, isPrivate: Bool) -> String {
        let what = ParameterNames.words(for: kind, isPrivate: isPrivate)
        guard let key, isVariableName(key) else { return what }
        return "\(what), set as \(key)"
    }

    /// Whether the value must be filled in: secrets, environment variables, and what the deployment is reached by.
    ///
    /// Only places that a program reads count; a value that occurs only in sentences and comments may stay.
    static func isRequired(_ kind: Kind, key: String?, uses: [Replacement], in scan: ScanResult) -> Bool {
        let read = uses.filter { !$0.isProse }
        guard !read.isEmpty || uses.isEmpty else { return false }
        switch kind {
        case .domain, .projectID, .projectNumber: return true
        case .ipv4, .ipv6:
            if read.contains(where: \.isListened) { return true }
        case .resourceID:
            // A bucket's name always belongs to somebody.
            if read.contains(where: { scan.findings[$0.finding].rule.contains("bucket") }) { return true }
        case .publicKey:
            // SSH keys in wire format begin with the length of the algorithm's name. Without their own key, users
            // cannot log in.
            if read.contains(where: { $0.bytes.starts(with: "AAAA".utf8) }) { return true }
        default: break
        }
        return kind.severity == .secret || key.map(isVariableName) ?? false
    }

    /// Returns the form that the programs that read the value require.
    ///
    /// In Terraform, scanners report quoted texts of 8 to 20 characters as passwords unless they contain a dot.
    static func form(of value: [UInt8], uses: [Replacement], in scan: ScanResult) -> ValueForm? {
        for use in uses {
            let setting = scan.findings[use.finding].keyPath.last { Int($0) == nil }
            if let form = setting.flatMap({ ValueForm.wanted(of: $0, for: value) }) { return form }
        }
        return uses.contains { scan.findings[$0.finding].path.hasSuffix(".tf") } ? .atLeast(21) : nil
    }

    static func mustBeNumber(_ use: Replacement) -> Bool {
        let digits = use.bytes.first == UInt8(ascii: "-") ? use.bytes.dropFirst() : use.bytes[...]
        guard digits.allSatisfy(\.isDigit) else { return false }
        switch use.location?.steps.last?.encodings.last {
        case .bare, .literal, .yamlPlain, .yamlFlowPlain: return true
        default: return false
        }
    }
}
