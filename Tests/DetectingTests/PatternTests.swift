@testable import Detecting
import Documents
import Testing

@Suite("patterns")
struct PatternTests {
    private static func value(_ pattern: String, _ text: String) throws -> String? {
        let bytes = Array(text.utf8)
        return try Pattern(pattern).match(bytes, at: 0).map { String(decoding: bytes[$0.value.range], as: UTF8.self) }
    }

    @Test(arguments: [
        ("abc", "abcd", "abc"),
        ("a[b-d]+", "abcdex", "abcd"),
        ("a(?:bc|b)c", "abc", "abc"),
        ("(?:ab){2}", "abababab", "abab"),
        ("(?:ab){1,}c", "ababc", "ababc"),
        (#"x=(?<value>\d+);"#, "x=12;", "12"),
        (#"(?:'(?<value>[^']*)'|(?<value>\w+))"#, "'a b'", "a b"),
        (#"(?:'(?<value>[^']*)'|(?<value>\w+))"#, "ab c", "ab"),
        (#"\ba.c\b"#, "abc d", "abc"),
        (".*b", "aabab", "aabab"),
        (#"[\x61-\x63]+"#, "abcd", "abc"),
        ("a?a?aa", "aa", "aa"),
        (#"[^\s,]+"#, "ab,c", "ab"),
    ])
    func match(pattern: String, text: String, value: String) throws {
        #expect(try Self.value(pattern, text) == value)
    }

    /// A policy may be a stranger's: its patterns are refused with their reason, and end nothing.
    @Test func hugePatternsAreRefused() throws {
        let nested = (0..<7).reduce("a") { pattern, _ in "(?:\(pattern)){4096}" }
        for pattern in [nested, "(?:\(nested))+", "(?:\(nested)){0,2}"] {
            #expect(throws: Pattern.SyntaxError(message: "the pattern is too large")) { try Pattern(pattern) }
        }
        let empty = (0..<4).reduce("") { pattern, _ in "(?:\(pattern)){4096}" }
        #expect(try Self.value("a\(empty)b", "ab") == "ab")
        let deep = String(repeating: "(?:", count: 60) + "a" + String(repeating: ")", count: 60)
        #expect(throws: Pattern.SyntaxError(message: "its groups are nested too deeply")) { try Pattern(deep) }
    }

    @Test func alternativesAreNoNesting() throws {
        let words = (0..<1_000).map { "w\($0)x" }
        #expect(try Self.value(words.joined(separator: "|"), "w999x") == "w999x")
        #expect(try Self.value("(?:\(words.joined(separator: "|")))+;", "w1xw2x;") == "w1xw2x;")
    }

    /// A repeated group that can take a text in many ways is tried once at each place.
    @Test func manyWaysEnd() throws {
        let text = Array(("\"" + String(repeating: "a\\\"", count: 100) + "\n\"b\"x").utf8)
        var abandoned = false
        for pattern in [#""(?:[^"\n]|\\[^\n]){2,200}"x"#, #""(?:[^"]|\\[^\n]){3,200}"x"#] {
            let match = try Pattern(pattern).match(text, at: 0, &abandoned)
            #expect(match == nil && !abandoned)
        }
        let match = try Pattern(#"(?:"(?:[^"\n]|\\[^\n]){2,200}";|(?<value>"[^\n]+)\n)"#).match(
            text,
            at: 0,
            &abandoned
        )
        #expect(match?.value == Span(0, 301))
    }

    /// A group that repeats without bound, in a text without end.
    @Test func abandonedMatchesAreTold() throws {
        let text = [UInt8(ascii: "\"")] + [UInt8](repeating: UInt8(ascii: "a"), count: Pattern.stepLimit)
        var abandoned = false
        #expect(try Pattern(#""(?:[ab]|c)+""#).match(text, at: 0, &abandoned) == nil)
        #expect(abandoned)
    }

    /// The first byte of a text says whether a match is tried; it must never say no to one.
    @Test(arguments: [
        ("a?b", "b"), ("(?:a|b)c", "bc"), (#"\bx"#, "x"), ("^a", "a"), ("(?:a?b?)c", "c"), ("(?<value>a)b", "ab"),
        ("a*", ""),
        ("(?:ab){0,2}c", "c"), ("a{0,3}", "b"),
    ])
    func begin(pattern: String, text: String) throws {
        #expect(try Pattern(pattern).match(Array(text.utf8), at: 0) != nil)
    }

    @Test(arguments: [("a{3}", "aab"), (#"ab\b"#, "abc"), ("a$", "ab"), ("(?:a|b)c", "ab"), (".", "\n")])
    func fail(pattern: String, text: String) throws {
        #expect(try Self.value(pattern, text) == nil)
    }

    @Test(arguments: ["(a)", "(?:a", "a)", "[a", "*a", "a**", "(?:a?)*", #"\q"#, "a{2", "[z-a]", #"a\"#, "a{9999}"])
    func refuse(pattern: String) {
        #expect(throws: Pattern.SyntaxError.self) { try Pattern(pattern) }
    }

    @Test(arguments: [
        ("a|ab", "ab", "ab"), ("(?:a|ab)(?:c|bcd)", "abcd", "abcd"), (#"(?<value>\d+|\d+-[a-z]+)"#, "12-ab", "12-ab"),
    ])
    func takeTheAlternativeThatFillsAText(pattern: String, text: String, value: String) throws {
        let bytes = Array(text.utf8)
        let match = try #require(try Pattern(pattern).match(bytes, filling: Span(0, bytes.count)))
        #expect(String(decoding: bytes[match.value.range], as: UTF8.self) == value)
        #expect(try Pattern("(?:\(pattern))x").match(bytes, filling: Span(0, bytes.count)) == nil)
    }

    @Test func ignoreCase() throws {
        let pattern = try Pattern("PassWord[a-c]", ignoringCase: true)
        #expect(pattern.matchesWhole(Array("pASSWORDB".utf8)))
    }

    @Test func giveUpInsteadOfHanging() throws {
        let pattern = try Pattern("(?:a|a)(?:a|a)(?:a+a+)+b")
        #expect(pattern.match(Array(repeating: UInt8(ascii: "a"), count: 5_000), at: 0) == nil)
    }

    @Test func knowTheirLength() {
        #expect(Pattern.fixedLength(of: "[0-9]{6}-(?:ab|cd)") == 9)
        #expect(Pattern.fixedLength(of: "a?b") == nil)
        #expect(Pattern.fixedLength(of: "a+") == nil)
    }
}
