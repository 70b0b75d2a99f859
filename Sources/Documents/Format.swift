/// The formats in which a text can be read.
public enum Format: String, Hashable, Sendable, CaseIterable {
    /// Docker Compose's `.env`.
    case dotenv
    /// YAML, several documents in a stream allowed.
    case yaml
    /// JSON, RFC 8259.
    case json
    /// Java properties.
    case properties
    /// INI: sections and `key = value` or `key: value`.
    case ini
    /// TOML 1.0.
    case toml
    /// Lines of fields, or of a keyword and its arguments, whose names their format knows: `/etc/passwd`, CSV, zone
    /// files, `known_hosts`, `ssh_config`.
    case table
    /// Anything else that assigns: HCL, HOCON, Lua, shell, Python, nginx, coturn.
    case assignments
    /// A text without keys.
    case prose
    /// Bytes that are no text.
    case binary
}
