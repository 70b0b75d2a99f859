/// The notation of a file, as far as it decides whether words joined by dots are a host name.
enum DottedNotation: Sendable {
    /// Sentences, in which dots join the labels of hosts.
    case prose
    /// TOML: dots in an unquoted name join keys.
    case toml
    /// SQL: dots join the names of a table and a column.
    case sql
    /// Terraform's language: dots join the parts of a reference in an expression.
    case terraform
    /// Nix: dots join the names of attributes.
    case nix
    /// Any other.
    case other

    /// Determines the notation of a file that is not prose by its extension, in lower case.
    init(fileExtension: String) {
        switch fileExtension {
        case "toml": self = .toml
        case "sql", "psql", "pgsql", "mysql", "ddl": self = .sql
        case "tf", "tfvars", "hcl", "nomad", "tofu": self = .terraform
        case "nix": self = .nix
        default: self = .other
        }
    }
}
