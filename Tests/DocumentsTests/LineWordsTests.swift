import Testing

@testable import Documents

/// Words, quoted strings and comments of a line.
@Suite struct LineWordsTests {
    private static func words(_ line: String, marks: [UInt8] = [.hash]) -> (words: [String], comments: [String]) {
        let text = Array(line.utf8)
        var comments: [String] = []
        let words = LineWords.split(text, 0..<text.count, marks: marks) { comments.append(text.string(in: $0)) }
        return (words.map { text.string(in: $0.range) }, comments)
    }

    @Test(arguments: [
        (#"user ola "Zk3h T9q""#, ["user", "ola", "Zk3h T9q"]), (#"a 'b c' "d \" e""#, ["a", "b c", #"d \" e"#]),
        // A stray quote of one sort hides no string of the other.
        (#"user 'tis password "Zk3h T9q""#, ["user", "'tis", "password", "Zk3h T9q"]),
        (#"a "b 'c d' e"#, ["a", "\"b", "c d", "e"]), ("it's 'tis 'til", ["it's", "tis ", "til"]), ("", []),
    ])
    func areSplit(line: String, expected: [String]) { #expect(Self.words(line).words == expected) }

    @Test func aMarkBeginsAComment() {
        #expect(Self.words("a b#c # d e") == (["a", "b#c"], ["# d e"]))
        #expect(Self.words("a ; b", marks: [.semicolon]) == (["a"], ["; b"]))
        #expect(Self.words("a ; b").words == ["a", ";", "b"])
    }
}
