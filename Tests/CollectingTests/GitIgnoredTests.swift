import Collecting
import SystemPackage
import TestKit
import Testing

@Suite struct GitIgnoredTests {
    private func ignored(_ git: GitFolder, in folder: String = "") throws -> [String] {
        let root = FilePath(git.path + folder)
        return try Deployment(root: root).pathsIgnoredByGit(environment: GitFolder.environment).sorted()
    }

    @Test func nestedAndTakenBack() throws {
        let git = try GitFolder()
        try git.folder.write("*.log\n!keep.log\nbuild/\n", to: ".gitignore")
        try git.folder.write("!*.log\nsecret\n", to: "d/.gitignore")
        for path in ["a.log", "keep.log", "build/x/y", "d/a.log", "d/secret", "secret", ":odd", "d/build"] {
            try git.folder.write("x", to: path)
        }
        try git.folder.write("excluded\n", to: ".git/info/exclude")
        try git.folder.write("x", to: "excluded")
        #expect(try ignored(git) == ["a.log", "build/x/y", "d/secret", "excluded"])
        #expect(try ignored(git, in: "/d") == ["secret"])
    }

    @Test func whatIsTrackedIsNotIgnored() throws {
        let git = try GitFolder()
        try git.folder.write(".env\n", to: ".gitignore")
        try git.folder.write("x", to: ".env")
        try git.folder.write("x", to: "d/.env")
        try git.git("add", "--force", ".env")
        #expect(try ignored(git) == ["d/.env"])
    }

    @Test func aRepositoryInsideHasItsOwnRules() throws {
        let git = try GitFolder()
        let inner = try GitFolder()
        try inner.folder.write("b\n", to: ".gitignore")
        try inner.commit()
        try git.folder.write("a\n", to: ".gitignore")
        try git.git("clone", "--quiet", inner.path, "inner")
        try git.git("add", "inner")
        for path in ["a", "b", "inner/a", "inner/b", "inner/d/b"] { try git.folder.write("x", to: path) }
        #expect(try ignored(git) == ["a", "inner/b", "inner/d/b"])
    }

    @Test func manyPaths() throws {
        let git = try GitFolder()
        try git.folder.write("*7\n", to: ".gitignore")
        for number in 0..<3000 { try git.folder.write("", to: "folder with a long name/\(number)") }
        #expect(try ignored(git).count == 300)
    }

    @Test func outsideOfARepository() throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a")
        #expect(throws: GitError(.notARepository, at: "", "")) {
            try Deployment(root: FilePath(folder.path)).pathsIgnoredByGit(environment: GitFolder.environment)
        }
    }

    /// Git itself is the reference of ``PathPattern``.
    @Test(arguments: [UInt64(1), 2, 3])
    func patternsMeanWhatTheyMeanToGit(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let git = try GitFolder()
        let names = ["a", "b", "ab", "a.b", "ba", "*", "a b"]
        var paths: [String] = []
        for first in names {
            for second in names { paths += ["\(first)1/\(second)", "\(first)1/\(second)1/\(names[0])"] }
        }
        for path in paths { try git.folder.write("", to: path) }
        let pieces = ["a", "b", ".", "*", "**", "?", "/", "1", "[ab]", "[!a]", "\\*", "a1", " "]
        for _ in 0..<40 {
            let count = Int.random(in: 1...5, using: &random)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            // Git drops spaces at the end of a line, and takes what cannot match for a pattern that never does.
            guard !text.hasSuffix(" "), let pattern = try? PathPattern(text) else { continue }
            try git.folder.write(text + "\n", to: ".gitignore")
            let expected = try Set(ignored(git)).subtracting([".gitignore"])
            let matched = Set(paths.filter { pattern.matches($0) })
            #expect(matched == expected, "seed \(seed), pattern \(text)")
        }
    }
}
