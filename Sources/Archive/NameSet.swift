/// The names in one archive, as systems see them that fold letter case or take two spellings of an accent for the same.
struct NameSet {
    /// The folded names of files.
    private var files: Set<String> = []
    /// The folded names of folders.
    private var folders: Set<String> = []
    /// How names were spelled that are not as their folded form is; there are few, and there may be 100,000 names.
    private var spellings: [String: String] = [:]

    /// Adds a file, with the folders that its path names.
    ///
    /// - Throws: ``ArchiveError`` with code `nameCollision` where it is the same as another for some system, or stands
    ///   where another has a folder.
    mutating func add(_ path: String) throws(ArchiveError) {
        for folder in Self.folders(of: path) {
            let key = Self.folded(folder)
            guard !files.contains(key) else { throw collision(of: path, with: key) }
            if folders.insert(key).inserted {
                keep(folder, key)
            } else if !(spellings[key] ?? key).utf8.elementsEqual(folder.utf8) {
                throw collision(of: path, with: key)
            }
        }
        let key = Self.folded(path)
        guard !folders.contains(key), files.insert(key).inserted else { throw collision(of: path, with: key) }
        keep(path, key)
    }

    private mutating func keep(_ name: String, _ key: String) {
        if !name.utf8.elementsEqual(key.utf8) { spellings[key] = name }
    }

    /// The name without letter case; strings compare by canonical equivalence, so that a set normalizes the rest.
    private static func folded(_ path: String) -> String {
        guard path.utf8.allSatisfy({ $0 < 0x80 }) else { return path.uppercased().lowercased() }
        let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
        return path.utf8.contains(where: capitals.contains) ? path.lowercased() : path
    }

    private func collision(of path: String, with key: String) -> ArchiveError {
        ArchiveError(
            .nameCollision,
            at: path,
            "the name collides with '\(escaped((spellings[key] ?? key).utf8))', at least where upper and lower case are the "
                + "same"
        )
    }

    private static func folders(of path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
    }
}
