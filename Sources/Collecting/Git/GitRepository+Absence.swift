extension GitRepository {
    /// Returns the objects in a part of the history that a partial clone has left at its origin, each id as
    /// ``GitBlob/key(_:)``; empty for any other clone.
    ///
    /// Nothing is fetched: when asked for such contents, git would try to fetch them, and fail.
    func absentBlobs(of range: [String]) throws(GitError) -> Set<Int> {
        guard try isPartialClone() else { return [] }
        var walker = try start(["rev-list", "--objects", "--missing=print", "--no-object-names"] + range)
        var reader = OutputReader(walker.output)
        var absent: Set<Int> = []
        do {
            while let line = try reader.line() {
                guard line.first == UInt8(ascii: "?") else { continue }
                absent.insert(GitBlob.key(String(decoding: line.dropFirst(), as: UTF8.self)))
            }
        } catch {
            throw broken(error)
        }
        try finish(&walker)
        return absent
    }

    private func isPartialClone() throws(GitError) -> Bool {
        var asked = try start(["config", "--get-regexp", #"^(remote\..*\.promisor|extensions\.partialclone)$"#])
        var reader = OutputReader(asked.output)
        let answer: [UInt8]
        do {
            answer = try reader.rest(atMost: GitRepository.outputLimit)
        } catch {
            throw broken(error)
        }
        // If there is no such setting, the status is 1.
        try finish(&asked, allowing: [0, 1])
        return !answer.isEmpty
    }
}
