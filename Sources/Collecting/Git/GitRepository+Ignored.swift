internal import SystemPackage

extension GitRepository {
    /// The number of bytes of paths that may be pending, which is less than a socket's buffer holds.
    private static var openBytes: Int { 1 << 14 }

    /// Returns the given paths that git ignores; they are relative to the folder by which the repository was found.
    func ignored(among paths: [String]) throws(GitError) -> [String] {
        // With -v and -n, every path gets an answer, so few are pending and neither side waits for the other.
        var process = try start(["check-ignore", "--stdin", "-z", "--verbose", "--non-matching"], input: .sent)
        var reader = OutputReader(process.output)
        var ignored: [String] = []
        var asked = 0
        var answered = 0
        var open = 0
        do {
            while answered < paths.count {
                while asked < paths.count, open < Self.openBytes {
                    // Without the dot, a name that starts with a colon would be a pattern.
                    let question = Array("./\(paths[asked])".utf8) + [0]
                    try process.send(question)
                    open += question.count
                    asked += 1
                }
                // An answer consists of the file of the rule, its line, the rule, and the path.
                guard try reader.line(endingWith: 0) != nil, try reader.line(endingWith: 0) != nil,
                    let rule = try reader.line(endingWith: 0), let path = try reader.line(endingWith: 0)
                else { break }
                open -= path.count + 1
                // A rule that starts with ! negates another one.
                if !rule.isEmpty, rule.first != UInt8(ascii: "!") { ignored.append(paths[answered]) }
                answered += 1
            }
        } catch {
            guard (error as? Errno) == .brokenPipe else { throw broken(error) }
        }
        try finish(&process, allowing: [0, 1])
        guard answered == paths.count else { throw unexpected }
        return ignored
    }
}
