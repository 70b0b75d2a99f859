internal import SystemPackage

/// Says what commits have at paths, through one `git cat-file --batch-check`, which stays open.
struct OriginCheck: ~Copyable {
    private let repository: GitRepository
    private let process: ChildProcess
    private var reader: OutputReader

    /// Starts the program.
    init(_ repository: GitRepository) throws(GitError) {
        self.repository = repository
        process = try repository.start(["cat-file", "--batch-check=%(objectname)"], input: .sent)
        reader = OutputReader(process.output)
    }

    /// The id of what lies at a path in a commit; nil where there is nothing.
    mutating func blob(at path: String, of commit: String) throws(GitError) -> String? {
        do {
            try process.send(Array("\(commit):\(path)\n".utf8))
            guard let line = try reader.line() else { throw repository.unexpected }
            let answer = String(decoding: line, as: UTF8.self)
            return answer.hasSuffix(" missing") ? nil : answer
        } catch let error as GitError {
            throw error
        } catch {
            throw repository.broken(error)
        }
    }
}
