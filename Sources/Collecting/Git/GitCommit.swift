/// Paths of a repository that are written and committed; all are relative to the folder that the repository was found by.
///
/// Hooks do not run, and what else is staged stays staged.
extension GitRepository {
    /// Whether the last commit has a file or folder at a path.
    ///
    /// - Throws: ``GitError``.
    package func isCommitted(_ path: String) throws(GitError) -> Bool {
        guard try commit("HEAD") != nil else { return false }
        return try !read(["ls-tree", "-z", "--name-only", "HEAD", "--", path]).isEmpty
    }

    /// Whether what lies at paths is not what the last commit has there.
    ///
    /// - Throws: ``GitError``.
    package func hasChanges(in paths: [String]) throws(GitError) -> Bool {
        try !read(["--literal-pathspecs", "status", "--porcelain", "-z", "--untracked-files=all", "--"] + paths).isEmpty
    }

    /// Commits what lies at paths, also where git is told to ignore it, and nothing else.
    ///
    /// - Parameters:
    ///   - paths: files and folders that are there.
    ///   - message: the commit's message.
    /// - Returns: the id of the commit; nil where nothing has changed.
    /// - Throws: ``GitError``.
    package func commit(_ paths: [String], message: String) throws(GitError) -> String? {
        _ = try read(["--literal-pathspecs", "add", "--all", "--force", "--"] + paths)
        let staged = ["--literal-pathspecs", "diff", "--cached", "--name-only", "-z", "--"]
        guard try !read(staged + paths).isEmpty else { return nil }
        _ = try read(["--literal-pathspecs", "commit", "--quiet", "--only", "--message", message, "--"] + paths)
        return try commit("HEAD")
    }

    /// Makes sure that git knows in whose name to commit.
    ///
    /// - Throws: ``GitError`` `noIdentity` where it does not.
    package func requireIdentity() throws(GitError) {
        for name in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
            do throws(GitError) {
                _ = try read(["var", name])
            } catch {
                guard error.code == .failed else { throw error }
                throw GitError(.noIdentity, at: place, "git does not know in whose name to commit")
            }
        }
    }
}
