/// What the index of a repository adds to the commit that its work tree is of.
enum GitIndex {
    /// The staged files, and what is staged and no file.
    struct Staged {
        var blobs: [GitBlob] = []
        var skipped: [Deployment.Skipped] = []
        var failures: [CollectingError] = []
    }

    /// Lists what differs from HEAD, or everything where there is no commit yet.
    ///
    /// A renamed file is one that was added, with all that is in it; a file that is only intended to be added is not staged.
    static func staged(in repository: GitRepository) throws(GitError) -> Staged {
        guard repository.workTree != nil else {
            throw GitError(.bare, at: repository.place, "there is no work tree here, and so nothing is staged")
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
            [
                "diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--ita-invisible-in-index",
                "--ignore-submodules=none", "--no-ext-diff", "--no-textconv", base,
            ]
        )
        var staged = Staged()
        var fields = list.split(separator: 0, omittingEmptySubsequences: false).dropLast()[...]
        while let entry = fields.popFirst() {
            guard let path = fields.popFirst() else { throw repository.unexpected }
            try staged.add(entry, path: Array(path), of: repository)
        }
        return staged
    }
}

extension GitIndex.Staged {
    /// Takes in one entry: `:100644 100755 ID ID M`, as in gitformat "RAW OUTPUT FORMAT" of git-diff-index(1).
    fileprivate mutating func add(
        _ entry: ArraySlice<UInt8>,
        path: [UInt8],
        of repository: GitRepository
    ) throws(GitError) {
        let words = entry.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard words.count == 5 else { throw repository.unexpected }
        let (mode, id, change) = (words[1], words[3], words[4])
        var blob = GitBlob(path: path, origin: SourceFile.Origin(blob: id))
        switch (change, mode) {
        case ("D", _): return
        case ("U", _):
            failures.append(CollectingError(.changed, at: blob.name, "it is not merged yet: resolve the conflict"))
        case (_, "160000"):
            skipped.append(Deployment.Skipped(path: blob.name, reason: "a submodule, which is a repository of its own"))
        case (_, "120000"):
            blob.isLink = true
            blobs.append(blob)
        default: blobs.append(blob)
        }
    }
}
