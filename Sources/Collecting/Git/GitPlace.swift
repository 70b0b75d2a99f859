public import SystemPackage

/// Whether git would take what is written at a place.
public enum GitPlace {
    /// Refuses a place inside of a work tree, unless git ignores it there: what is collected is as secret as what runs.
    ///
    /// - Parameters:
    ///   - place: where a folder is going to be made; its parent must exist.
    ///   - environment: the variables of this process.
    /// - Throws: ``CollectingError`` `insideWorkTree`; ``GitError`` where git is there and fails.
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
        // A file in it: a pattern such as `collected/` names folders alone, and the folder is not there yet.
        let probe = name.string + "/" + Collection.recordName
        guard try repository.ignored(among: [probe]).isEmpty else { return }
        throw CollectingError(
            .insideWorkTree,
            at: place.string,
            "it would lie in a git work tree, and what is collected holds every secret"
        )
    }
}
