internal import Documents

/// A file that contains a copy of an earlier state and that no service reads.
///
/// A rotation does not change such files, because that would falsify what they record. A sanitized tree omits them.
public enum StrayCopy: String, Hashable, Sendable {
    /// A copy that an editor, a script or an update made before a change: `.env.bak`, `notes.orig`, `turnserver.conf~`,
    /// `.env.20260131`.
    case backup
    /// The history of a shell or a console.
    case history
    /// Terraform's record of its last run, which it compares with the templates and rewrites itself.
    case state

    /// Classifies the file at `path` by its name; nil if it is not a stray copy.
    public init?(path: String) {
        let name = path.split(separator: "/").last ?? ""
        if name.hasSuffix(".tfstate") {
            self = .state
        } else if name.hasSuffix("_history") || Self.historyNames.contains(String(name)) {
            self = .history
        } else if CopySuffix.isBackup(Array(name.utf8))
            || Self.backupSuffixes.contains(where: { name.hasSuffix($0) && name != $0 })
            || Self.backupParts.contains(where: { name.contains($0) }) || Self.endsInDate(name)
        {
            self = .backup
        } else {
            return nil
        }
    }

    private static let historyNames: Set<String> = [".lesshst", ".viminfo", ".history"]
    /// The endings of files that an editor, a patch or Scrubjay leaves behind, in addition to the suffixes of copies.
    private static let backupSuffixes = [".swp", ".swo", ".rej", ".scrubjay-new"]
    private static let backupParts = [".bak.", ".bak-", ".backup.", ".backup-", ".orig.", ".old."]

    /// The possible numbers of digits of a date, alone or followed by a time in minutes or seconds.
    private static let digitCounts: Set<Int> = [8, 12, 14]

    /// Whether a name ends in a date, with or without a time, as in `.env.20260131` and `.env-2026-01-31_2359`.
    private static func endsInDate(_ name: Substring) -> Bool {
        let tail = String(name.reversed().prefix { $0.isNumber || "-_:T".contains($0) }.reversed())
        let date = tail.drop { !$0.isNumber }
        let digits = date.filter { $0.isASCII && $0.isNumber }
        guard digitCounts.contains(digits.count), digits.hasPrefix("19") || digits.hasPrefix("20"),
            let month = Int(digits.dropFirst(4).prefix(2)), (1...12).contains(month),
            let day = Int(digits.dropFirst(6).prefix(2)), (1...31).contains(day),
            let mark = name.dropLast(date.count).last
        else { return false }
        return ".-_".contains(mark) && name.count > date.count + 1
    }
}
