/// A file that nothing reads and that remembers what another one held.
///
/// A rotation leaves such files alone: what they say about the past would be made up otherwise.
public enum StrayCopy: String, Hashable, Sendable {
    /// A copy that an editor or a script made before a change: `.env.bak`, `notes.orig`, `turnserver.conf~`.
    case backup
    /// What somebody typed into a shell or a console.
    case history

    /// What the file at `path` is by its name; nil where it is neither.
    public init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        if name.hasSuffix("_history") || Self.historyNames.contains(String(name)) {
            self = .history
        } else if name.hasSuffix("~") || name.contains(".bak.") || name.contains(".bak-")
            || Self.backupSuffixes.contains(where: { name.hasSuffix($0) && name != $0 })
        {
            self = .backup
        } else {
            return nil
        }
    }

    private static let historyNames: Set<String> = [".lesshst", ".viminfo", ".history"]
    private static let backupSuffixes = [
        ".bak", ".orig", ".old", ".save", ".backup", ".swp", ".swo", ".dpkg-old", ".rpmsave",
    ]
}
