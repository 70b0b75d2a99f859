/// A file with a copy of an earlier state, which no service reads.
///
/// A rotation does not change such files, because that would falsify what they record.
public enum StrayCopy: String, Hashable, Sendable {
    /// A copy that an editor or a script made before a change: `.env.bak`, `notes.orig`, `turnserver.conf~`.
    case backup
    /// The history of a shell or a console.
    case history
    /// Terraform's record of its last run: it compares that with the templates, and rewrites it itself.
    case state

    /// Classifies the file at `path` by its name; nil if it is none of them.
    public init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        if name.hasSuffix(".tfstate") {
            self = .state
        } else if name.hasSuffix("_history") || Self.historyNames.contains(String(name)) {
            self = .history
        } else if Self.backupSuffixes.contains(where: { name.hasSuffix($0) && name != $0 })
            || Self.backupParts.contains(where: { name.contains($0) }) || Self.endsInDate(name)
        {
            self = .backup
        } else {
            return nil
        }
    }

    private static let historyNames: Set<String> = [".lesshst", ".viminfo", ".history"]
    private static let backupSuffixes = [
        "~", ".bak", ".orig", ".old", ".save", ".backup", "-backup", "_backup", ".swp", ".swo", ".dpkg-old", ".rpmsave",
    ]
    private static let backupParts = [".bak.", ".bak-", ".backup.", ".backup-", ".orig.", ".old."]

    /// Whether a name ends in a date, as in `.env.20260131`, `.env-2026-01-31`.
    private static func endsInDate(_ name: Substring) -> Bool {
        let digits = name.reversed().prefix { $0.isNumber || $0 == "-" }.filter(\.isNumber)
        let day = String(digits.reversed())
        guard day.count == 8, day.hasPrefix("19") || day.hasPrefix("20") else { return false }
        let tail = [day, "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"].first { name.hasSuffix($0) }
        guard let tail, let mark = name.dropLast(tail.count).last else { return false }
        return ".-_".contains(mark) && name.count > tail.count + 1
    }
}
