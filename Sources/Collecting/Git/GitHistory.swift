internal import SystemPackage

/// Lists every blob that refs lead to, each once, where the oldest commit has it.
///
/// Two programs beside this one: `git rev-list` walks the history, and `git cat-file --batch-check` says of each object that
/// it names what it is.
final class GitHistory {
    /// One thing of the history.
    enum Entry {
        /// A file's contents.
        case blob(GitBlob)
        /// An object that this clone has not, by its id.
        case missing(String)
    }

    private let repository: GitRepository
    private var walker: ChildProcess
    private var checker: ChildProcess
    private var reader: OutputReader
    /// The commit whose objects are being listed.
    private var commit: String?
    private var hasEnded = false

    /// Starts the walk.
    ///
    /// - Throws: ``GitError``: `unknownRevision`, `failed`, `notInstalled`.
    init(_ repository: GitRepository, since revision: String?) throws(GitError) {
        self.repository = repository
        var range = ["--all"]
        if let revision {
            guard let start = try repository.commit(revision) else {
                throw GitError(.unknownRevision, at: repository.place, "there is no commit '\(revision)' here")
            }
            guard let head = try repository.commit("HEAD") else {
                throw GitError(.unknownRevision, at: repository.place, "there is no commit yet")
            }
            range = [head, "^" + start]
        }
        walker = try repository.start(
            ["rev-list", "--objects", "--in-commit-order", "--date-order", "--reverse", "--missing=print"] + range
        )
        checker = try repository.start(
            ["cat-file", "--buffer", "--batch-check=%(objecttype) %(objectname) %(rest)"],
            input: .descriptor(walker.output)
        )
        walker.closeOutput()
        reader = OutputReader(checker.output)
    }

    /// The next blob; nil at the end.
    ///
    /// - Throws: ``GitError`` `failed`, also where git broke off.
    func next() throws(GitError) -> Entry? {
        while let line = try nextLine() {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
            guard words.count >= 2 else { throw repository.unexpected }
            let id = String(decoding: words[1], as: UTF8.self)
            switch String(decoding: words[0], as: UTF8.self) {
            case "commit": commit = id
            case "blob": return .blob(blob(id, path: words.count == 3 ? Array(words[2]) : []))
            case "tree", "tag": continue
            case let name where name.hasPrefix("?"): return .missing(String(name.dropFirst()))
            case let name where id == "missing": return .missing(name)
            default: throw repository.unexpected
            }
        }
        return nil
    }

    /// A blob without a path is one that a ref leads to itself, and is called by its id.
    private func blob(_ id: String, path: [UInt8]) -> GitBlob {
        path.isEmpty
            ? GitBlob(path: Array(id.utf8), origin: SourceFile.Origin(blob: id))
            : GitBlob(path: path, origin: SourceFile.Origin(blob: id, commit: commit))
    }

    private func nextLine() throws(GitError) -> [UInt8]? {
        guard !hasEnded else { return nil }
        let line: [UInt8]?
        do {
            line = try reader.line()
        } catch {
            throw repository.broken(error)
        }
        if line == nil {
            hasEnded = true
            // A walk that broke off has given only a part.
            try repository.finish(&walker)
            try repository.finish(&checker)
        }
        return line
    }
}
