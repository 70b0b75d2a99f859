internal import SystemPackage

extension Deployment {
    /// Returns the paths of untracked files that git ignores because of a `.gitignore`, `.git/info/exclude` or the
    /// user's own list, as reported by `git check-ignore`.
    ///
    /// A repository inside the folder, such as a submodule, has its own rules.
    ///
    /// - Parameter environment: the variables of this process.
    /// - Returns: the paths, relative to the root.
    /// - Throws: ``GitError``: `notARepository`, `failed`, `notInstalled`, …; ``CollectingError``.
    public func pathsIgnoredByGit(environment: [String: String]) throws -> Set<String> {
        var byRepository: [String: [String]] = [:]
        let nested = Set(repositories)
        for entry in entries {
            byRepository[Self.repository(of: entry.path, among: nested), default: []].append(entry.path)
        }
        var ignored: Set<String> = []
        for (folder, paths) in byRepository {
            let place = folder.isEmpty ? root : root.appending(folder)
            let repository = try GitRepository(containing: place, environment: environment)
            let prefix = folder.isEmpty ? "" : folder + "/"
            let inside = paths.map { String($0.dropFirst(prefix.count)) }
            for path in try repository.ignored(among: inside) { ignored.insert(prefix + path) }
        }
        return ignored
    }

    /// The folders with a repository of their own: they contain a `.git` folder or, as a submodule or additional work
    /// tree, a `.git` file.
    private var repositories: [String] {
        (skipped.map(\.path) + entries.map(\.path)).compactMap { path in
            path.hasSuffix("/.git") ? String(path.dropLast("/.git".count)) : nil
        }
    }

    /// Returns the innermost of the folders that contains a path; empty for the root.
    private static func repository(of path: String, among folders: Set<String>) -> String {
        guard !folders.isEmpty else { return "" }
        var folder = path[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            if folders.contains(String(folder)) { return String(folder) }
        }
        return ""
    }
}
