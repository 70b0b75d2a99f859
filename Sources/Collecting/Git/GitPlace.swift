public import SystemPackage

/// Determines whether git would track files that are written at a path.
public enum GitPlace {
    /// Refuses a path in a work tree unless git ignores it: a collection is as secret as the running deployment.
    ///
    /// - Parameters:
    ///   - place: the path of the folder to create; its parent must exist.
    ///   - environment: the variables of this process.
    /// - Throws: ``CollectingError`` `insideWorkTree`; ``GitError`` if git is installed and fails.
    public static func check(_ place: FilePath, environment: [String: String]) throws {
        let normal = place.lexicallyNormalized()
        guard let name = normal.lastComponent else { return }
        let parent = normal.removingLastComponent()
        let repository: GitRepository
        do {
            repository = try GitRepository(containing: parent.isEmpty ? "." : parent, environment: environment)
        } catch let error as GitError where error.code == .notARepository || error.code == .notInstalled {
            return
        }
        guard repository.workTree != nil else { return }
        // A file inside is checked, because a pattern such as `collected/` matches folders only, and the folder does
        // not exist yet.
        let probe = name.string + "/" + CollectionPlan.recordName
        guard try repository.ignored(among: [probe]).isEmpty else { return }
        throw CollectingError(
            .insideWorkTree,
            at: place.string,
            "it would be in a git work tree, and a collected deployment contains every secret"
        )
    }
}
