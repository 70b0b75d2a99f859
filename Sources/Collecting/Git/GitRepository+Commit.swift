/// Commits paths of a repository; all paths are relative to the folder by which the repository was found.
///
/// Hooks do not run, and other staged changes stay staged.
extension GitRepository {
    /// Whether the last commit contains a path.
    ///
    /// - Throws: ``GitError``.
    package func isCommitted(_ path: String) throws(GitError) -> Bool {
        guard try commit("HEAD") != nil else { return false }
        return try !read(["ls-tree", "-z", "--name-only", "HEAD", "--", path]).isEmpty
    }

    /// Whether paths differ from the last commit.
    ///
    /// - Throws: ``GitError``.
    package func hasChanges(in paths: [String]) throws(GitError) -> Bool {
        try !read(["--literal-pathspecs", "status", "--porcelain", "-z", "--untracked-files=all", "--"] + paths).isEmpty
    }

    /// Commits exactly the given paths, including those that git ignores.
    ///
    /// - Parameters:
    ///   - paths: existing files and folders.
    ///   - message: the commit's message.
    /// - Returns: the id of the commit; nil if nothing has changed.
    /// - Throws: ``GitError``.
    package func commit(_ paths: [String], message: String) throws(GitError) -> String? {
        _ = try read(["--literal-pathspecs", "add", "--all", "--force", "--"] + paths)
        let staged = ["--literal-pathspecs", "diff", "--cached", "--name-only", "-z", "--"]
        guard try !read(staged + paths).isEmpty else { return nil }
        let arguments = ["--literal-pathspecs", "commit", "--quiet", "--only", "--message", message, "--"]
        _ = try readCommitting(arguments + paths)
        return try commit("HEAD")
    }

    /// Checks that git has an identity for commits.
    ///
    /// - Throws: ``GitError`` `noIdentity` if it does not.
    package func requireIdentity() throws(GitError) {
        for name in ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"] {
            do throws(GitError) {
                _ = try readCommitting(["var", name])
            } catch {
                guard error.code == .failed else { throw error }
                throw GitError(.noIdentity, at: place, "git has no author name and email")
            }
        }
    }
}
