import Collecting
import Foundation
import SystemPackage
import TestKit
import Testing

@Suite struct GitFilesTests {
    private func repository(_ path: String, adding variables: [String: String] = [:]) throws -> GitRepository {
        try GitRepository(containing: FilePath(path), environment: GitFolder.environment.merging(variables) { $1 })
    }

    /// What a source gives, in its order, and what it says at the end.
    private struct Contents {
        var files: [SourceFile] = []
        var skipped: [Deployment.Skipped] = []
        var failures: [CollectingError]

        init(_ source: consuming GitFiles) throws {
            while let file = try source.next() {
                files.append(file)
            }
            failures = source.failures
        }

        init(_ source: ListedGitFiles) throws {
            (skipped, failures) = (source.skipped, source.failures)
            for index in 0..<source.count {
                do {
                    files.append(try source.file(index))
                } catch let error as CollectingError {
                    failures.append(error)
                }
            }
        }

        var texts: [String] { files.map { "\($0.path): \(String(decoding: $0.bytes, as: UTF8.self))" } }
    }

    private func staged(_ git: GitFolder) throws -> Contents {
        try Contents(ListedGitFiles(in: repository(git.path)) { _ in true })
    }

    private func history(_ git: GitFolder, since revision: String? = nil) throws -> Contents {
        try Contents(GitFiles(historyOf: repository(git.path), since: revision) { _ in true })
    }

    // MARK: - The index

    @Test func beforeTheFirstCommitEverythingThatIsStaged() throws {
        let git = try GitFolder()
        try git.folder.write("staged", to: "a")
        try git.git("add", "a")
        try git.folder.write("changed since", to: "a")
        try git.folder.write("not staged", to: "b")
        #expect(try staged(git).texts == ["a: staged"])
    }

    @Test func onlyWhatDiffersFromHead() throws {
        let git = try GitFolder()
        for name in ["same", "changed", "renamed", "deleted", "executable"] {
            try git.folder.write("\(name) 1", to: "d/\(name)")
        }
        try git.commit()
        try git.folder.write("changed 2", to: "d/changed")
        try git.git("mv", "d/renamed", "d/moved")
        try git.git("rm", "--quiet", "d/deleted")
        try git.git("update-index", "--chmod=+x", "d/executable")
        try git.folder.write("only intended", to: "d/intended")
        try git.git("add", "--intent-to-add", "d/intended")
        try git.git("add", "d/changed")
        let contents = try staged(git)
        #expect(
            contents.texts == ["d/changed: changed 2", "d/executable: executable 1", "d/moved: renamed 1"]
        )
        #expect(contents.skipped.isEmpty && contents.failures.isEmpty)
        #expect(contents.files.allSatisfy { $0.origin.commit == nil && $0.origin.blob.utf8.count == 40 })
    }

    @Test func linksSubmodulesAndConflicts() throws {
        let inner = try GitFolder()
        try inner.commit()
        let git = try GitFolder()
        try git.folder.write("1", to: "both")
        try git.commit()
        try git.git("switch", "--quiet", "--create", "other")
        try git.folder.write("2", to: "both")
        try git.commit()
        try git.git("switch", "--quiet", "main")
        try git.folder.write("3", to: "both")
        try git.commit()
        #expect(throws: (any Error).self) { try git.git("merge", "other") }
        try FileManager.default.createSymbolicLink(
            atPath: git.path + "/link",
            withDestinationPath: "/home/ada"
        )
        try git.git("add", "link")
        try git.git("clone", "--quiet", inner.path, "inner")
        try git.git("add", "inner")
        let contents = try staged(git)
        #expect(contents.texts == ["link: /home/ada"])
        #expect(contents.files.map(\.isLink) == [true])
        #expect(contents.skipped.map(\.path) == ["inner"])
        #expect(contents.failures == [CollectingError(.changed, at: "both", "")])
    }

    @Test func namesOfAnyBytes() throws {
        let git = try GitFolder()
        let odd = Array("new\nline \"quoted\" \\ ä ".utf8) + [0xFF]
        let blob = try git.git("hash-object", "-w", "--stdin")
        try git.folder.write(
            Array("100644 blob \(blob)\t".utf8) + odd + [0],
            to: "../list-\(git.folder.path.hashValue)"
        )
        let list = "../list-\(git.folder.path.hashValue)"
        defer { try? FileManager.default.removeItem(atPath: git.path + "/" + list) }
        let run = Process()
        run.executableURL = URL(fileURLWithPath: "/bin/sh")
        run.arguments = ["-c", "cd '\(git.path)' && git update-index -z --index-info < '\(list)'"]
        try run.run()
        run.waitUntilExit()
        let contents = try staged(git)
        #expect(contents.files.map(\.path) == ["new\nline \"quoted\" \\ ä \u{FFFD}"])
        #expect(contents.files.map(\.hasPlainName) == [false])
    }

    @Test func theIndexThatGitNamesInAHook() throws {
        let git = try GitFolder()
        try git.folder.write("in the index", to: "a")
        try git.git("add", "a")
        try FileManager.default.copyItem(atPath: git.path + "/.git/index", toPath: git.path + "/.git/other")
        try git.git("rm", "--quiet", "--cached", "a")
        #expect(try staged(git).texts.isEmpty)
        let hook = try repository(
            git.path,
            adding: ["GIT_INDEX_FILE": git.path + "/.git/other", "GIT_DIR": git.path + "/.git"]
        )
        #expect(try Contents(ListedGitFiles(in: hook) { _ in true }).texts == ["a: in the index"])
        // Of another repository than the one that is scanned, the variables say nothing.
        let other = try GitFolder()
        try other.folder.write("of the other", to: "b")
        try other.git("add", "b")
        let elsewhere = try repository(
            other.path,
            adding: ["GIT_INDEX_FILE": git.path + "/.git/other", "GIT_DIR": git.path + "/.git"]
        )
        #expect(try Contents(ListedGitFiles(in: elsewhere) { _ in true }).texts == ["b: of the other"])
    }

    @Test func aSecondWorkTreeAndAFolderInside() throws {
        let git = try GitFolder()
        try git.folder.write("1", to: "d/a")
        try git.commit()
        let second = try TemporaryFolder()
        try git.git("worktree", "add", "--quiet", second.path + "/tree")
        try second.write("2", to: "tree/d/b")
        try git.git(["add", "d/b"], in: second.path + "/tree")
        let found = try repository(second.path + "/tree/d")
        #expect(found.workTree?.string == second.path + "/tree")
        #expect(try Contents(ListedGitFiles(in: found) { _ in true }).texts == ["d/b: 2"])
        #expect(try staged(git).texts.isEmpty)
    }

    @Test func sha256AndABareRepository() throws {
        let git = try GitFolder(arguments: ["--object-format=sha256"])
        try git.folder.write("1", to: "a")
        try git.git("add", "a")
        #expect(try staged(git).texts == ["a: 1"])
        let bare = try GitFolder(arguments: ["--bare"])
        #expect(throws: GitError(.bare, at: "", "")) { try staged(bare) }
        #expect(try history(bare).files.isEmpty)
    }

    // MARK: - The history

    @Test func everyContentOnceWhereItWasFirst() throws {
        let git = try GitFolder()
        try git.folder.write("one", to: "a")
        let first = try git.commit()
        try git.folder.write("two", to: "a")
        try git.folder.write("one", to: "copy")
        let second = try git.commit()
        try git.git("switch", "--quiet", "--create", "side", first)
        try git.folder.write("side", to: "b c")
        let side = try git.commit()
        try git.git("switch", "--quiet", "main")
        try git.git("rm", "--quiet", "-r", ".")
        try git.commit()
        let contents = try history(git)
        let found = Dictionary(uniqueKeysWithValues: zip(contents.texts, contents.files.map(\.origin.commit)))
        #expect(found == ["a: one": first, "a: two": second, "b c: side": side])
        #expect(contents.texts.first == "a: one")
        // What is new in the range, even where it was elsewhere before.
        #expect(try history(git, since: first).texts == ["a: two", "copy: one"])
        #expect(try history(git, since: "side~0").texts == ["a: two", "copy: one"])
    }

    @Test func whatNoCommitHas() throws {
        let git = try GitFolder()
        try git.folder.write("committed", to: "a")
        try git.commit()
        try git.folder.write("stashed", to: "a")
        try git.git("stash")
        try git.folder.write("tagged", to: "t")
        let blob = try git.git("hash-object", "-w", "t")
        try git.git("tag", "alone", blob)
        let contents = try history(git)
        #expect(Set(contents.texts) == ["a: committed", "a: stashed", "\(blob): tagged"])
        #expect(contents.files.filter { $0.origin.commit == nil }.map(\.path) == [blob])
    }

    @Test func namesAndLinksOfTheHistory() throws {
        let git = try GitFolder()
        try git.folder.write("x", to: "two\nlines\t\"")
        try FileManager.default.createSymbolicLink(atPath: git.path + "/link", withDestinationPath: "/home/ada")
        let commit = try git.commit()
        let contents = try history(git)
        #expect(contents.texts == ["link: /home/ada", "two\nlines\t\": x"])
        #expect(contents.files.map(\.isLink) == [true, false])
        #expect(contents.files.map(\.origin.commit) == [commit, commit])
    }

    @Test func aTaggedFolderAndATagOfATag() throws {
        let git = try GitFolder()
        try git.folder.write("x", to: "d/a")
        try git.git("add", ".")
        let tree = try git.git("write-tree")
        try git.git("tag", "--annotate", "--message", "one", "folder", tree)
        try git.git("tag", "--annotate", "--message", "two", "again", "folder")
        #expect(try history(git).texts == ["d/a: x"])
        #expect(try history(git).files.map(\.origin.commit) == [nil])
    }

    @Test func whatOnlyAMergeHas() throws {
        let git = try GitFolder()
        try git.folder.write("base", to: "a")
        let base = try git.commit()
        try git.git("switch", "--quiet", "--create", "other")
        try git.folder.write("other", to: "b")
        let other = try git.commit()
        try git.git("switch", "--quiet", "main")
        try git.folder.write("main", to: "c")
        let main = try git.commit()
        try git.git("merge", "--quiet", "--no-commit", "other")
        try git.folder.write("of the merge", to: "a")
        try git.folder.write("new in the merge", to: "d")
        let merge = try git.commit()
        let contents = try history(git)
        let found = Dictionary(uniqueKeysWithValues: zip(contents.texts, contents.files.map(\.origin.commit)))
        #expect(
            found == [
                "a: base": base, "b: other": other, "c: main": main, "a: of the merge": merge,
                "d: new in the merge": merge,
            ]
        )
        #expect(Set(try history(git, since: main).texts) == ["b: other", "a: of the merge", "d: new in the merge"])
    }

    @Test func whatIsUnwantedAtOnePathIsReadAtAnother() throws {
        let git = try GitFolder()
        try git.folder.write("same", to: "docs/a")
        try git.commit()
        try git.folder.write("same", to: "src/a")
        try git.commit()
        let source = try GitFiles(historyOf: repository(git.path), since: nil) { !$0.hasPrefix("docs/") }
        #expect(try Contents(source).texts == ["src/a: same"])
    }

    @Test func replacedObjectsAreReadAsTheyWere() throws {
        let git = try GitFolder()
        try git.folder.write("hidden", to: "a")
        let commit = try git.commit()
        let blob = try git.git("rev-parse", commit + ":a")
        try git.folder.write("harmless", to: "a")
        let harmless = try git.git("hash-object", "-w", "a")
        try git.git("replace", blob, harmless)
        #expect(try history(git).texts.contains("a: hidden"))
    }

    @Test func aShallowClonePassesAsOne() throws {
        let git = try GitFolder()
        try git.folder.write("1", to: "a")
        try git.commit()
        try git.folder.write("2", to: "a")
        try git.commit()
        #expect(try !repository(git.path).isShallow)
        let clones = try TemporaryFolder()
        try git.git("clone", "--quiet", "--depth", "1", "file://" + git.path, clones.path + "/clone")
        let clone = try repository(clones.path + "/clone")
        #expect(clone.isShallow)
        #expect(try Contents(GitFiles(historyOf: clone, since: nil) { _ in true }).texts == ["a: 2"])
    }

    @Test func whatAPartialCloneHasNotIsAFailure() throws {
        let git = try GitFolder()
        try git.git("config", "uploadpack.allowFilter", "true")
        try git.folder.write("1", to: "a")
        try git.commit()
        try git.folder.write("2", to: "a")
        try git.commit()
        let clones = try TemporaryFolder()
        try git.git("clone", "--quiet", "--filter=blob:none", "file://" + git.path, clones.path + "/clone")
        let contents = try Contents(
            GitFiles(historyOf: repository(clones.path + "/clone"), since: nil) { _ in true }
        )
        #expect(contents.texts == ["a: 2"])
        #expect(contents.failures == [CollectingError(.missing, at: "", "")])
    }

    @Test func manyFilesAndLargeOnes() throws {
        let git = try GitFolder()
        for number in 0..<300 { try git.folder.write("number \(number)", to: "d\(number % 7)/\(number)") }
        try git.folder.write([UInt8](repeating: 0x61, count: 3_000_000), to: "large")
        try git.commit()
        let contents = try history(git)
        #expect(contents.files.count == 301)
        #expect(contents.files.first { $0.path == "large" }?.bytes.count == 3_000_000)
    }

    @Test func whatIsExcludedIsNotRead() throws {
        let git = try GitFolder()
        try git.folder.write("1", to: "a")
        try git.folder.write("2", to: "b")
        try git.commit()
        let source = try GitFiles(historyOf: repository(git.path), since: nil) { $0 != "a" }
        #expect(try Contents(source).texts == ["b: 2"])
    }

    @Test func pointersOfLargeFiles() throws {
        let git = try GitFolder()
        try git.folder.write("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", to: "a")
        try git.folder.write("version 1", to: "b")
        try git.git("add", "a", "b")
        #expect(try staged(git).files.map(\.isLargeFilePointer) == [true, false])
    }

    // MARK: - What goes wrong

    @Test(.enabled(if: getuid() == 0, "only root can give a folder to another"))
    func aRepositoryOfAnotherUser() throws {
        let git = try GitFolder()
        for path in ["", "/.git"] { try #require(chown(git.path + path, 65534, 65534) == 0) }
        #expect(throws: GitError(.notTrusted, at: "", "")) { try repository(git.path) }
    }

    @Test func noRepositoryNoRevisionNoGit() throws {
        let folder = try TemporaryFolder()
        #expect(throws: GitError(.notARepository, at: "", "")) { try repository(folder.path) }
        #expect(throws: CollectingError(.missing, at: "", "")) { try repository(folder.path + "/nowhere") }
        let git = try GitFolder()
        try git.commit()
        #expect(throws: GitError(.unknownRevision, at: "", "")) { try history(git, since: "no-such") }
        #expect(throws: GitError(.unknownRevision, at: "", "")) { try history(git, since: "--all") }
    }

    @Test func aBrokenHistoryIsNoShortOne() throws {
        let git = try GitFolder()
        try git.folder.write("1", to: "a")
        try git.commit()
        let tree = try git.git("rev-parse", "HEAD^{tree}")
        let file = git.path + "/.git/objects/" + tree.prefix(2) + "/" + tree.dropFirst(2)
        try FileManager.default.removeItem(atPath: file)
        try #require(FileManager.default.createFile(atPath: file, contents: Data("no object".utf8)))
        #expect(throws: GitError(.failed, at: "", "")) { try history(git) }
    }

    /// Not as in a repository without a commit, where everything that is staged is new.
    @Test(arguments: [nil, "no object"])
    func aCommitThatIsLostIsNotNone(contents: String?) throws {
        let git = try GitFolder()
        try git.folder.write("1", to: "a")
        try git.commit()
        let commit = try git.git("rev-parse", "HEAD")
        let file = git.path + "/.git/objects/" + commit.prefix(2) + "/" + commit.dropFirst(2)
        try FileManager.default.removeItem(atPath: file)
        if let contents { try #require(FileManager.default.createFile(atPath: file, contents: Data(contents.utf8))) }
        let code: GitError.Code = contents == nil ? .unknownRevision : .failed
        #expect(throws: GitError(code, at: "", "")) { try staged(git) }
    }

    @Test func aRepositoryRunsNothing() throws {
        let git = try GitFolder()
        let mark = git.path + "/ran"
        try git.folder.write("#!/bin/sh\ntouch '\(mark)'\n", to: "run")
        try #require(chmod(git.path + "/run", 0o755) == 0)
        for setting in [
            "core.fsmonitor", "diff.external", "core.pager", "core.alternateRefsCommand", "diff.x.textconv",
        ] {
            try git.git("config", setting, git.path + "/run")
        }
        try git.folder.write("*.txt diff=x\n", to: ".gitattributes")
        try git.folder.write("text", to: "a.txt")
        try git.git(["-c", "core.fsmonitor=false", "add", "a.txt", ".gitattributes"])
        #expect(try staged(git).files.count == 2)
        _ = try history(git)
        _ = try Deployment(root: FilePath(git.path)).pathsIgnoredByGit(environment: GitFolder.environment)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    // MARK: - Commits

    /// In CI, the identity is in the environment, and the configuration has none.
    @Test func theIdentityOfTheEnvironmentIsUsedForCommitsAlone() throws {
        let git = try GitFolder()
        try git.folder.write("1", to: "a")
        #expect(throws: GitError(.noIdentity, at: "", "")) { try repository(git.path).requireIdentity() }
        let variables = [
            "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ci",
            "GIT_COMMITTER_EMAIL": "ci@example.com",
        ]
        let named = try repository(git.path, adding: variables)
        try named.requireIdentity()
        #expect(try named.commit(["a"], message: "one") != nil)
        #expect(try git.git("log", "--format=%an <%ae> %cn <%ce>") == "Ada <ada@example.com> Ci <ci@example.com>")
    }
}
