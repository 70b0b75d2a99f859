internal import Detecting

/// Which files a sanitized tree leaves out, because they are made afresh by whoever starts the deployment, hold what is
/// past, or cannot be read as text.
public enum OmissionRules {
    /// Says why a file is left out.
    ///
    /// - Parameters:
    ///   - path: the path relative to the root of the deployment.
    ///   - isText: whether the contents are a text.
    ///   - keyMaterial: what the whole file is, where it is nothing but a private key or a certificate.
    /// - Returns: the reason, in one lower-case phrase; nil where the file stays.
    public static func reason(path: String, isText: Bool, keyMaterial: KeyMaterial?) -> String? {
        let components = path.split(separator: "/").map(String.init)
        let name = components.last ?? path
        if path == PolicyFile.name { return "the owner's decisions, which say what is worth hiding" }
        if path == "deployment.json" { return "it says where the private original was collected from" }
        if name.hasPrefix(".scrubjay-") { return "what a rotation left for the next one" }
        if components.dropLast().contains(where: versionControlFolders.contains) {
            return "version control keeps what was removed"
        }
        if shellHistories.contains(name) { return "a shell history" }
        if backupSuffixes.contains(where: { name.hasSuffix($0) }) {
            return "a stray copy, which keeps what has changed since"
        }
        if name.hasPrefix("."), name.hasSuffix(".swp") || name.hasSuffix(".swo") { return "an editor's swap file" }
        if name.hasSuffix(".tfstate") { return "a state file, written anew by the first run" }
        if name.hasSuffix(".dat"), components.dropLast().last == "accounts" {
            return "an account store, written anew when the accounts are made"
        }
        switch keyMaterial {
        case .privateKey: return "a private key, to be made afresh"
        case .certificate: return "a certificate, to be made afresh"
        case nil: break
        }
        return isText ? nil : "a binary file, which cannot be sanitized"
    }

    /// What a file is that holds nothing but keys or certificates.
    public enum KeyMaterial: Hashable, Sendable {
        /// At least one private key.
        case privateKey
        /// Certificates, and no private key.
        case certificate
    }

    private static let versionControlFolders: Set<String> = [".git", ".hg", ".svn", ".bzr"]
    private static let shellHistories: Set<String> = [
        ".bash_history", ".zsh_history", ".sh_history", ".history", ".python_history", ".mysql_history",
        ".psql_history", ".sqlite_history", ".lesshst", ".viminfo",
    ]
    private static let backupSuffixes = [".bak", ".backup", ".orig", ".old", "~", ".tfstate.backup", ".rej"]
}
