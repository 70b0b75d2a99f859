import Collecting
import TestKit
import Testing

@Suite struct PathPatternTests {
    @Test(arguments: [
        // Without a slash: in every folder, and all that is below.
        ("*.log", ["a.log", "d/a.log", ".log", "d.log/a"], ["a.log2", "log", "a/log"]),
        ("node_modules", ["node_modules/a", "x/node_modules/y/z", "node_modules"], ["node_modules2/a"]),
        ("build/", ["build/a", "x/build/y"], ["build", "x/build"]),
        // With one: from the root.
        ("/a.txt", ["a.txt", "a.txt/b"], ["d/a.txt"]),
        ("docs/*.md", ["docs/a.md"], ["docs/x/a.md", "x/docs/a.md"]),
        ("docs/api/", ["docs/api/a"], ["docs/api", "x/docs/api/a"]),
        ("**/tmp", ["tmp", "a/tmp/b", "a/b/tmp"], ["tmp2"]),
        ("a/**/z", ["a/z", "a/b/z", "a/b/c/z/y"], ["z", "b/a/z"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a"]),
        ("a**b/c", ["ab/c", "axxb/c"], ["a/b/c"]),
        // Sets, single characters, escapes.
        ("[a-c]?.x", ["ab.x", "cü.x"], ["db.x", "a.x", "a/.x"]),
        ("[!a]x", ["bx"], ["ax", "x"]),
        ("[]-]", ["]", "-"], ["a"]),
        ("\\*", ["*"], ["a"]),
        ("a\\?", ["a?"], ["ab"]),
        ("\\!a", ["!a"], ["a"]),
        ("*a*a*b", ["aab", "xaxaxb"], ["ab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac"]),
    ])
    func matches(pattern: String, matching: [String], others: [String]) throws {
        let pattern = try PathPattern(pattern)
        for path in matching { #expect(pattern.matches(path), "\(path)") }
        for path in others { #expect(!pattern.matches(path), "\(path)") }
    }

    @Test func foldersThatNeedNoLook() throws {
        #expect(try PathPattern("build/").matches(folder: "x/build"))
        #expect(try PathPattern("a/**").matches(folder: "a/b"))
        #expect(try !PathPattern("*.log").matches(folder: "logs"))
    }

    @Test(arguments: ["", "/", "//", "a//b", "!a", "[a", "[", "a\\", "[z-a]", "[a-"])
    func refuses(pattern: String) {
        #expect(throws: PathPattern.SyntaxError.self) { try PathPattern(pattern) }
    }
}
