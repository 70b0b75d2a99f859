/// The changes in a repository's index relative to the checked-out commit.
enum GitIndex {
    /// The staged files, and staged entries that are not files.
    struct Staged {
        var blobs: [GitBlob] = []
        /// The committed contents at the paths of changed files.
        var replaced: [GitBlob] = []
        var skipped: [Deployment.Skipped] = []
        var failures: [CollectingError] = []
    }

    /// Lists what differs from HEAD, or everything if there is no commit yet.
    ///
    /// A renamed file counts as added, with all of its contents; a file with intent-to-add is not staged.
    static func staged(in repository: GitRepository) throws(GitError) -> Staged {
        guard repository.workTree != nil else {
            throw GitError(.bare, at: repository.place, "there is no work tree, so nothing is staged")
        }
        let base: String
        if let head = try repository.commit("HEAD") {
            base = head
        } else {
            // The empty tree, whose id depends on the repository's hash function.
            let id = try repository.read(["hash-object", "-t", "tree", "/dev/null"])
            base = String(decoding: id.dropLast(), as: UTF8.self)
        }
        let list = try repository.read(
            ["diff-index", "--cached", "--ita-invisible-in-index"] + GitRepository.rawFormat + [base]
        )
        var staged = Staged()
        var fields = list.split(separator: 0, omittingEmptySubsequences: false).dropLast()[...]
        while let entry = fields.popFirst() {
            guard let path = fields.popFirst(), let change = GitChange(entry, path: Array(path)) else {
                throw repository.unexpected
            }
            staged.add(change)
        }
        return staged
    }
}

extension GitIndex.Staged {
    fileprivate mutating func add(_ change: GitChange) {
        let blob = GitBlob(change)
        switch (change.status, change.mode) {
        case ("D", _): return
        case ("U", _):
            failures.append(CollectingError(.changed, at: blob.name, "it has a merge conflict: resolve it first"))
        case (_, GitChange.submoduleMode):
            skipped.append(Deployment.Skipped(path: blob.name, reason: .submodule))
        default:
            blobs.append(blob)
            guard let before = change.blobBefore else { return }
            replaced.append(GitBlob(path: change.path, origin: SourceFile.Origin(blob: before)))
        }
    }
}
