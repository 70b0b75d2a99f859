/// The names in one archive, as systems see them that fold letter case or take two spellings of an accent for the same.
struct NameSet {
    /// What was first seen under a folded name.
    private struct Seen {
        var path: String
        var isFolder: Bool
    }

    private var seen: [String: Seen] = [:]

    /// Adds a file, with the folders that its path names.
    ///
    /// - Throws: ``ArchiveError`` with code `nameCollision` where it is the same as another for some system, or stands
    ///   where another has a folder.
    mutating func add(_ path: String) throws(ArchiveError) {
        for folder in Self.folders(of: path) {
            let key = Self.folded(folder)
            if let other = seen[key] {
                guard other.isFolder, other.path.utf8.elementsEqual(folder.utf8) else {
                    throw Self.collision(path, other.path)
                }
            } else {
                seen[key] = Seen(path: folder, isFolder: true)
            }
        }
        if let other = seen.updateValue(Seen(path: path, isFolder: false), forKey: Self.folded(path)) {
            throw Self.collision(path, other.path)
        }
    }

    /// The name without letter case; strings compare by canonical equivalence, so that a dictionary normalizes the rest.
    private static func folded(_ path: String) -> String {
        path.utf8.allSatisfy { $0 < 0x80 } ? path.lowercased() : path.uppercased().lowercased()
    }

    private static func collision(_ path: String, _ other: String) -> ArchiveError {
        ArchiveError(
            .nameCollision,
            at: path,
            "the name collides with '\(escaped(other.utf8))', at least where upper and lower case are the same"
        )
    }

    private static func folders(of path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
    }
}
