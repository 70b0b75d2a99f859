/// Recognises the key of the value itself in a mapping that describes a setting: `{db_password: {type: string, default:
/// X}}`.
///
/// Terraform's JSON, actions and the templates of many programs use `default`, CloudFormation `Default`, Azure's
/// templates `defaultValue`, and Heroku `value`.
enum DefaultValue {
    /// Whether the value under `key` belongs to the name of the mapping.
    static func isKey(_ key: String) -> Bool { isKey(key.utf8) }

    /// Whether the value under the key with these bytes belongs to the name of the mapping.
    static func isKey(_ key: some Collection<UInt8>) -> Bool {
        // Hardly any key is one of these, so the length is checked first.
        guard let length = keys[key.count] else { return false }
        return length.contains { key.elementsEqual($0) }
    }

    private static let keys: [Int: [[UInt8]]] = Dictionary(
        grouping: ["value", "Value", "default", "Default", "defaultValue", "DefaultValue"].map { Array($0.utf8) },
        by: \.count
    )
}
