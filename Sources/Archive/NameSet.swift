/// The names in one archive, as seen by systems that fold letter case or equate two spellings of an accent.
struct NameSet {
    /// The folded names of files.
    private var files: Set<String> = []
    /// The folded names of folders.
    private var folders: Set<String> = []
    /// The spellings of names that differ from their folded form; they are few among up to 100,000 names.
    private var spellings: [String: String] = [:]

    /// Adds a file, with the folders of its path.
    ///
    /// - Throws: ``ArchiveError`` with code `nameCollision` if some system equates it with another name, or another has
    ///   a folder there.
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

    /// The case-folded name; sets of strings compare by canonical equivalence, which normalises the rest.
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
