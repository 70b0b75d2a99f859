/// The members of a mapping such as `{name: X, value: Y}` that together are one setting X with the value Y.
///
/// Kubernetes and Compute Engine's container declarations list environment variables with `name`; Compute Engine's
/// metadata items use `key`; CloudFormation uses `ParameterKey` and `ParameterValue`; cloud-init's files have `path`
/// and `content`; Portainer's templates and Ansible's prompts have a `default`; an output in Terraform's state is a
/// `value` under its own name.
struct NamePair {
    /// The value of the setting and its address under the setting's own name.
    struct Alias {
        var address: Address
        var range: Range<Int>
        var encoding: Encoding
    }

    /// The text of the member that names the setting.
    private(set) var name: String?
    private var value: Alias?

    /// Records a scalar member of the mapping.
    mutating func note(_ address: Address, _ range: Range<Int>, _ encoding: Encoding, name decoded: () -> String) {
        if Self.nameKeys.contains(address.key) {
            name = name ?? decoded()
        } else if value == nil || !Self.defaultKeys.contains(address.key) {
            value = Alias(address: address, range: range, encoding: encoding)
        }
    }

    private static let nameKeys: Set<String> = [
        "name", "key", "Name", "Key", "path", "dest", "ParameterKey", "option_name", "OptionName",
    ]
    private static let valueKeys: Set<String> = ["value", "Value", "content", "contents", "ParameterValue"]
    private static let defaultKeys: Set<String> = ["default", "Default", "defaultValue"]

    /// Whether a member with this key belongs to a pair.
    static func isMember(_ key: String) -> Bool {
        // Hardly any key qualifies, so the length is checked first.
        guard (3...14).contains(key.utf8.count) else { return false }
        return nameKeys.contains(key) || valueKeys.contains(key) || defaultKeys.contains(key)
    }

    /// The value under its setting's name, in addition to the mapping's own keys; nil if the mapping is not such a
    /// pair.
    var alias: Alias? {
        guard let name, !name.isEmpty, var alias = value else { return nil }
        let isValue = alias.address.key.lowercased() == "value"
        alias.address = Address(alias.address.outer, isValue ? Self.target(of: name) : name)
        return alias
    }

    /// Returns the last name of a pointer into a document, as in JSON Patch (RFC 6902): `/spec/password`; any other
    /// name unchanged.
    private static func target(of name: String) -> String {
        guard name.first == "/", let slash = name.utf8.lastIndex(of: .slash) else { return name }
        let last = name[name.utf8.index(after: slash)...]
        return last.isEmpty ? name : String(last)
    }

    /// The value under the key of the mapping itself, if no member names the value: `{db_password: {value: X}}`.
    var aliasOfMapping: Alias? {
        guard name == nil, var alias = value, alias.address.key.lowercased() == "value",
            let mapping = alias.address.outer
        else { return nil }
        alias.address = mapping
        return alias
    }
}
