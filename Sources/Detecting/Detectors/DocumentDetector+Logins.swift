internal import Documents

// Reads the passwords of tables of logins.
extension DocumentDetector {
    /// Emits the values of a table whose name ends at `end`, and the names of its users.
    mutating func readLogins(endingAt end: Int, layer number: Int, rule: Int) {
        let text = document.layers[number].text
        guard let table = LoginTable(endingAt: end, in: text), !table.entries.isEmpty,
            !table.entries.contains(where: { namesSetting(text[$0.name.range]) })
        else { return }
        for entry in table.entries where entry.isQuoted || !traits.quotesTexts {
            guard Self.mayBePassword(text[entry.value.range], of: table.sort, isQuoted: entry.isQuoted) else {
                continue
            }
            var claim = Claim(rule: rule, layer: number, text: text, span: entry.value)
            claim.keyPath = [String(decoding: text[entry.name.range], as: UTF8.self)]
            emit(claim)
            guard table.sort != .passwords, let rule = index.rule(for: .loginTableName) else { continue }
            emit(Claim(rule: rule, layer: number, text: text, span: entry.name))
        }
    }

    /// Whether a rule finds the entries of tables of logins.
    static func readsTables(_ rule: Rule) -> Bool { rule.shape == .loginTable || rule.shape == .loginTableName }

    /// Whether a name is that of a setting rather than of a login.
    private func namesSetting(_ name: ArraySlice<UInt8>) -> Bool {
        let key = String(decoding: name, as: UTF8.self)
        if Self.commonLogins.contains(key.lowercased()) { return false }
        if isConfiguration(key) || !names.rules(for: [key]).isEmpty { return true }
        return KeyName(key).words.last.map(Self.settingsOfTables.contains) ?? true
    }

    /// Logins that are also the names of settings.
    private static let commonLogins: Set<String> = ["admin", "administrator", "root"]
    private static let settingsOfTables: Set<String> = [
        "algorithm", "auth", "comment", "credentials", "default", "description", "dir", "enable", "enabled", "expire",
        "file", "format", "group", "groups", "hash", "helper", "home", "id", "image", "key", "length", "mail", "max",
        "method",
        "min", "passwords", "path", "policy", "realm", "ref", "role", "roles", "scope", "scopes", "secret", "service",
        "shape", "shell", "state", "status", "store", "tag", "title", "uid", "url", "users",
    ]

    /// Whether the value of a login may be its password.
    private static func mayBePassword(_ value: ArraySlice<UInt8>, of sort: LoginTable.Sort, isQuoted: Bool) -> Bool {
        guard (4...128).contains(value.count), !isSwitch(value), let first = value.first, !notPasswords.contains(first),
            isQuoted || !value.contains(where: ByteSet.blank.contains),
            !value.contains(UInt8(ascii: "@")) || sort != .users
        else { return false }
        let value = Array(value)
        guard sort == .users else { return Validator.notNumber.accepts(value) && !namesStore(value) }
        return value.count >= 8 && Validator.letterAndDigit.accepts(value) && !value.contains(UInt8(ascii: "/"))
            && value.contains { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || drawnMarks.contains($0) }
    }

    /// The first characters of hashes, references and expressions.
    private static let notPasswords = ByteSet("${[(<|>&*%")
    private static let drawnMarks = ByteSet("!#%+?^~")

    /// The last words in the names of types.
    private static let types: Set<String> = [
        "arn", "boolean", "credentials", "definitions", "input", "integer", "list", "output", "string", "summaries",
        "type",
    ]

    /// Whether a value names a type, or the place where the password is stored, such as `github-credentials`.
    private static func namesStore(_ value: [UInt8]) -> Bool {
        let words = KeyName(String(decoding: value, as: UTF8.self)).words
        if let last = words.last, types.contains(last) { return true }
        guard words.count > 1, let last = words.last else { return false }
        return ["credential", "credentials", "creds", "key", "password", "secret", "token"].contains(last)
    }
}
