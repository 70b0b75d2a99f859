/// The rules for a member's path, in writing and reading.
public enum MemberPath {
    /// Checks one path.
    ///
    /// - Throws: ``ArchiveError`` with code `unsafeName` or `tooLarge`.
    public static func check(_ path: String, limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        guard !path.isEmpty else { throw ArchiveError(.unsafeName, "a member has no name") }
        if let scalar = path.unicodeScalars.first(where: { !EscapedText.canBeSeen($0) }) {
            let code = String(scalar.value, radix: 16, uppercase: true)
            throw ArchiveError(
                .unsafeName,
                at: path,
                "the name contains U+\(code), which is invisible or a control character"
            )
        }
        guard !path.utf8.contains(UInt8(ascii: "\\")) else {
            throw ArchiveError(.unsafeName, at: path, "the name contains a backslash, which is a separator on Windows")
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
            try check(component: String(Substring(component)), of: path, limits: limits)
        }
        guard UnicodeForm.isComposed(path) else {
            throw ArchiveError(
                .unsafeName,
                at: path,
                "the name is not in Unicode's composed form (NFC), so that macOS and Linux would see two names: rename it"
            )
        }
    }

    private static func check(
        component: String,
        of path: String,
        limits: ArchiveLimits
    ) throws(ArchiveError) {
        switch component {
        case "": throw ArchiveError(.unsafeName, at: path, "the name has an empty component")
        case ".", "..":
            throw ArchiveError(.unsafeName, at: path, "the name has a component '.' or '..'")
        default:
            guard component.utf8.count <= limits.componentBytes else {
                throw ArchiveError(.tooLarge, at: path, "a component has more than \(limits.componentBytes) bytes")
            }
            if let complaint = PortableName.complaint(about: component) {
                throw ArchiveError(.unsafeName, at: path, complaint)
            }
        }
    }

    /// Checks that all paths are distinct, and that none is a file where another has a folder, even on a system that
    /// folds case or equates two spellings of an accent.
    ///
    /// - Throws: ``ArchiveError`` with code `nameCollision`.
    public static func checkCollisions(among paths: [String]) throws(ArchiveError) {
        var names = NameSet()
        for path in paths { try names.add(path) }
    }

    /// Whether a path comes before another in an archive, by their bytes.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// Resolves the target of a symbolic link, without following other links.
    ///
    /// - Parameters:
    ///   - target: the target, as the link states it.
    ///   - link: the path of the link, relative to the root.
    /// - Returns: the components of the target's path below the root, none for the root itself; nil if the target is
    ///   empty, absolute or outside the root.
    public static func components(ofTarget target: String, ofLinkAt link: String) -> [String]? {
        guard !target.isEmpty, !target.hasPrefix("/") else { return nil }
        var components = link.split(separator: "/").dropLast().map(String.init)
        for component in target.split(separator: "/") where component != "." {
            if component != ".." {
                components.append(String(component))
            } else if components.popLast() == nil {
                return nil
            }
        }
        return components
    }
}
