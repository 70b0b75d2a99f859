internal import SystemPackage

/// Lists the contents of files that are reachable from refs, at the commit that first has them, the oldest commit
/// first.
///
/// It runs two programs: `git rev-list` walks the history, and `git diff-tree` lists how each commit differs from all
/// of its parents. The same contents are listed again if they appear at another path.
final class GitHistory {
    /// The listed objects that are not in this clone, as ``GitBlob/key(_:)``.
    let absent: Set<Int>
    private let repository: GitRepository
    private var walker: ChildProcess
    private var differ: ChildProcess
    private var reader: OutputReader
    /// The commit whose changes are being listed.
    private var commit: String?
    /// The blobs that are reachable from refs without a commit; they are listed last.
    private var loose: ArraySlice<GitBlob> = []
    private var hasEnded = false

    /// Starts the walk.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - revision: nil for everything reachable from any ref; otherwise the commits reachable from HEAD and not from
    ///     this revision.
    /// - Throws: ``GitError``: `unknownRevision`, `failed`, `notInstalled`.
    init(_ repository: GitRepository, since revision: String?) throws(GitError) {
        self.repository = repository
        let range: [String]
        if let revision {
            range = try Self.range(since: revision, in: repository)
        } else {
            range = ["--all"]
        }
        absent = try repository.absentBlobs(of: range)
        walker = try repository.start(["rev-list", "--date-order", "--reverse"] + range)
        differ = try repository.start(
            ["diff-tree", "--stdin", "--root", "-r", "-c"] + GitRepository.rawFormat,
            input: .descriptor(walker.output)
        )
        walker.closeOutput()
        reader = OutputReader(differ.output)
        if revision == nil { loose = try repository.looseBlobs()[...] }
    }

    static func range(since revision: String, in repository: GitRepository) throws(GitError) -> [String] {
        guard let start = try repository.commit(revision) else {
            throw GitError(.unknownRevision, at: repository.place, "there is no commit '\(revision)' here")
        }
        guard let head = try repository.commit("HEAD") else {
            throw GitError(.unknownRevision, at: repository.place, "there is no commit yet")
        }
        return [head, "^" + start]
    }

    /// Returns the next file; nil at the end.
    ///
    /// - Throws: ``GitError`` `failed`, including when git stopped early.
    func next() throws(GitError) -> GitBlob? {
        while let field = try nextField() {
            guard field.first == UInt8(ascii: ":") else {
                commit = String(decoding: field, as: UTF8.self)
                continue
            }
            guard let path = try nextField(), let change = GitChange(field[...], path: path) else {
                throw repository.unexpected
            }
            if change.status != "D", change.mode != GitChange.submoduleMode { return GitBlob(change, commit: commit) }
        }
        return loose.popFirst()
    }

    private func nextField() throws(GitError) -> [UInt8]? {
        guard !hasEnded else { return nil }
        let field: [UInt8]?
        do {
            field = try reader.line(endingWith: 0)
        } catch {
            throw repository.broken(error)
        }
        if field == nil {
            hasEnded = true
            // A walk that stopped early has listed only a part of the history.
            try repository.finish(&walker)
            try repository.finish(&differ)
        }
        return field
    }
}

extension GitRepository {
    /// Returns the earlier files at the paths that the commits of HEAD since a revision change: those of the revision,
    /// and those of the commits that the changes build on.
    ///
    /// - Parameter revision: a commit that is older, or on another branch.
    /// - Returns: the files, each with every path that it has.
    /// - Throws: ``GitError``: `unknownRevision`, `failed`, `notInstalled`.
    func blobs(changedSince revision: String) throws(GitError) -> [GitBlob] {
        let range = try GitHistory.range(since: revision, in: self)
        let options = ["--format=", "--name-only", "-z", "-m", "--no-renames", "--no-ext-diff", "--no-textconv"]
        let changed = Set(try read(["log"] + options + range).split(separator: 0).map { Array($0) })
        let walk = try read(["rev-list", "--boundary"] + range).split(separator: UInt8(ascii: "\n"))
        let ends = walk.filter { $0.first == UInt8(ascii: "-") }.map {
            String(decoding: $0.dropFirst(), as: UTF8.self)
        }
        var seen: Set<String> = []
        var blobs: [GitBlob] = []
        for commit in Set(ends + range.dropFirst().map { String($0.dropFirst()) }).sorted() {
            for blob in try self.blobs(ofTree: commit)
            where changed.contains(blob.path) && seen.insert(blob.origin.blob + blob.name).inserted {
                blobs.append(blob)
            }
        }
        return blobs
    }

    /// The options for listing changes: all of them, unfiltered, without programs that the repository configures.
    static let rawFormat = [
        "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none", "--no-ext-diff", "--no-textconv",
    ]

    /// Returns the files that are reachable from a ref without a commit: tagged blobs or trees.
    fileprivate func looseBlobs() throws(GitError) -> [GitBlob] {
        var namer = try start(["for-each-ref", "--format=%(objectname)^{}"])
        var checker = try start(
            ["cat-file", "--buffer", "--batch-check=%(objecttype) %(objectname)"],
            input: .descriptor(namer.output)
        )
        namer.closeOutput()
        var reader = OutputReader(checker.output)
        var blobs: [GitBlob] = []
        while true {
            let line: [UInt8]?
            do {
                line = try reader.line()
            } catch {
                throw broken(error)
            }
            guard let line else { break }
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            switch (words.first, words.last) {
            case ("blob", let id?): blobs.append(GitBlob(path: Array(id.utf8), origin: SourceFile.Origin(blob: id)))
            case ("tree", let id?): blobs += try self.blobs(ofTree: id)
            default: continue
            }
        }
        try finish(&namer)
        try finish(&checker)
        return blobs
    }

    private func blobs(ofTree id: String) throws(GitError) -> [GitBlob] {
        let list = try read(["ls-tree", "-r", "-z", "--full-tree", id])
        var blobs: [GitBlob] = []
        for entry in list.split(separator: 0) {
            // `100644 blob ID`, a tab, and the path.
            let parts = entry.split(separator: UInt8(ascii: "\t"), maxSplits: 1)
            let words = parts[0].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 2, words.count == 3 else { throw unexpected }
            guard words[1] == "blob" else { continue }
            let origin = SourceFile.Origin(blob: words[2])
            blobs.append(GitBlob(path: Array(parts[1]), origin: origin, isLink: words[0] == GitChange.linkMode))
        }
        return blobs
    }
}
