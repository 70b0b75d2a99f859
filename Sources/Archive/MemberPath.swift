/// The rules that a member's path keeps, when it is written and when it is read.
public enum MemberPath {
    /// Checks one path.
    ///
    /// - Throws: ``ArchiveError`` with code `unsafeName` or `tooLarge`.
    public static func check(_ path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        guard !path.isEmpty else { throw ArchiveError(.unsafeName, "a member has no name") }
        if let scalar = path.unicodeScalars.first(where: isUnprintable) {
            let code = String(scalar.value, radix: 16, uppercase: true)
            throw ArchiveError(.unsafeName, at: path, "the name holds the control character U+\(code)")
        }
        guard !path.utf8.contains(UInt8(ascii: "\\")) else {
            throw ArchiveError(.unsafeName, at: path, "the name holds a backslash, which is a separator on Windows")
        }
        guard !path.hasPrefix("/") else { throw ArchiveError(.unsafeName, at: path, "the name is an absolute path") }
        guard path.utf8.count <= limits.pathBytes else {
            throw ArchiveError(.tooLarge, at: path, "the name has more than \(limits.pathBytes) bytes")
        }
        let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard components.count <= limits.depth else {
            throw ArchiveError(.tooLarge, at: path, "the name has more than \(limits.depth) components")
        }
        for component in components {
            try check(component: Array(component), of: path, limits: limits)
        }
    }

    private static func check(
        component: [UInt8],
        of path: String,
        limits: ArchiveLimits
    ) throws(ArchiveError) {
        switch component {
        case []: throw ArchiveError(.unsafeName, at: path, "the name has an empty component")
        case Array(".".utf8), Array("..".utf8):
            throw ArchiveError(.unsafeName, at: path, "the name has a component that is a dot or two")
        default:
            guard component.count <= limits.componentBytes else {
                throw ArchiveError(.tooLarge, at: path, "a component has more than \(limits.componentBytes) bytes")
            }
        }
    }

    /// Checks that all paths are different, and that no file stands where another path wants a folder, also on a system
    /// that folds case or takes two spellings of an accent for the same.
    ///
    /// - Throws: ``ArchiveError`` with code `nameCollision`.
    public static func checkCollisions(among paths: [String]) throws(ArchiveError) {
        /// What was first seen under a folded name.
        struct Seen {
            var path: String
            var isFolder: Bool
        }
        // Strings compare by canonical equivalence, so that the dictionary normalizes what `lowercased` does not.
        var seen: [String: Seen] = [:]
        for path in paths {
            for folder in folders(of: path) {
                guard let other = seen.updateValue(Seen(path: folder, isFolder: true), forKey: folder.lowercased())
                else { continue }
                guard other.isFolder, other.path.utf8.elementsEqual(folder.utf8) else {
                    throw collision(path, other.path)
                }
            }
            if let other = seen.updateValue(Seen(path: path, isFolder: false), forKey: path.lowercased()) {
                throw collision(path, other.path)
            }
        }
    }

    private static func collision(_ path: String, _ other: String) -> ArchiveError {
        ArchiveError(
            .nameCollision,
            at: path,
            "the name collides with '\(escaped(other.utf8))', at least where upper and lower case are the same"
        )
    }

    private static func folders(of path: String) -> [String] {
        path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) }
    }

    /// Whether a path stands before another in an archive: by their bytes.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
