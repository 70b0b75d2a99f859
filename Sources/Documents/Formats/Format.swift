/// The formats in which a text can be read.
public enum Format: String, Hashable, Sendable, CaseIterable {
    /// Docker Compose's `.env`.
    case dotenv
    /// YAML, including streams of several documents.
    case yaml
    /// JSON (RFC 8259).
    case json
    /// Java properties.
    case properties
    /// INI: sections, and `key = value` or `key: value`.
    case ini
    /// TOML 1.0.
    case toml
    /// Lines of fields, or of a keyword and its arguments, with names defined by the format: `/etc/passwd`, CSV, zone
    /// files, `known_hosts`, `ssh_config`.
    case table
    /// Other formats with assignments: HCL, HOCON, Lua, shell, Python, nginx, coturn.
    case assignments
    /// Text without keys.
    case prose
    /// Binary data.
    case binary
}
