import Collecting
import Foundation
import SystemPackage
import TestKit
import Testing

@Suite struct OutputFolderTests {
    private func code(_ body: () throws -> Void) -> CollectingError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? CollectingError)?.code
        }
    }

    @Test func appearsComplete() throws {
        let parent = try TemporaryFolder()
        let place = parent.path + "/out"
        let folder = try OutputFolder(at: FilePath(place), outside: [], replacing: false)
        try folder.write(Array("open".utf8), to: "a/b.txt", isPrivate: false)
        try folder.write(Array("#!/bin/sh".utf8), to: "run", isPrivate: false, isExecutable: true)
        try folder.write(Array("closed".utf8), to: "secret", isPrivate: true)
        try folder.link("link", to: "a/b.txt")
        #expect(!FileManager.default.fileExists(atPath: place))
        try folder.commit()
        #expect(try parent.files() == ["out/a/b.txt", "out/link", "out/run", "out/secret"])
        #expect(try parent.permissions(of: "out") == 0o755)
        #expect(try parent.permissions(of: "out/a/b.txt") == 0o644)
        #expect(try parent.permissions(of: "out/run") == 0o755)
        #expect(try parent.permissions(of: "out/secret") == 0o600)
    }

    @Test func aFileIsWrittenAgainOrRemoved() throws {
        let parent = try TemporaryFolder()
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false)
        for path in ["a/b/c.txt", "a/d.txt", "e"] {
            try folder.write(Array("old text".utf8), to: path, isPrivate: false)
        }
        let again = code { try folder.write([1], to: "e", isPrivate: false) }
        try folder.write(Array("new".utf8), to: "e", isPrivate: false, isExecutable: true, replacing: true)
        try folder.remove("a/b/c.txt")
        let outside = ["../x", "a/../e", "/e"].map { path in code { try folder.remove(path) } }
        let missing = code { try folder.remove("missing") }
        try folder.commit()
        #expect(again == .unwritable && missing == .unwritable)
        #expect(outside == [.unsafePath, .unsafePath, .unsafePath])
        #expect(try parent.files() == ["out/a/d.txt", "out/e"])
        #expect(try parent.read("out/e") == Array("new".utf8))
        #expect(try parent.permissions(of: "out/e") == 0o755)
        #expect(!FileManager.default.fileExists(atPath: parent.path + "/out/a/b"))
    }

    @Test func leavesNothingWhenDropped() throws {
        let parent = try TemporaryFolder()
        do {
            let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false)
            try folder.write([1], to: "file", isPrivate: false)
            #expect(try parent.files() == [".out.scrubjay-partial/file"])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty)
    }

    @Test func refusesAnOutputThatExists() throws {
        let parent = try TemporaryFolder()
        try parent.write("old", to: "out/old")
        #expect(
            code { _ = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false) }
                == .outputExists
        )
        #expect(try parent.files() == ["out/old"])
    }

    @Test func replacesWhenAsked() throws {
        let parent = try TemporaryFolder()
        try parent.write("old", to: "out/old")
        try parent.write(#"{"schema": 1, "omitted": []}"#, to: "out/parameters.json")
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: true)
        try folder.write([1], to: "new", isPrivate: false)
        #expect(try parent.read("out/old") == Array("old".utf8))
        try folder.commit()
        #expect(try parent.files() == ["out/new"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["out"])
    }

    /// A folder is replaced as a whole: only one that says that a run has written it.
    @Test(arguments: [
        ("parameters.json", #"{"schema": 1, "omitted": []}"#, true), ("parameters.json", #"{"size": 1}"#, false),
        ("deployment.json", #"{"schema": 1, "leftOut": []}"#, true), ("deployment.json", "{}", false),
        (".scrubjay-hydrated.tar.gz", "", true), ("sub/parameters.json", #"{"schema": 1, "omitted": []}"#, false),
    ])
    func replacesWhatItKnows(name: String, text: String, isKnown: Bool) throws {
        let parent = try TemporaryFolder()
        try parent.write(text, to: "out/" + name)
        try parent.write("precious", to: "out/zoo/doc")
        let place = FilePath(parent.path + "/out")
        let found = code { _ = try OutputFolder(at: place, outside: [], replacing: true) }
        #expect(found == (isKnown ? nil : .foreignFolder))
        #expect(try parent.read("out/zoo/doc") == Array("precious".utf8))
    }

    @Test func replacesAnEmptyFolderAndOneOfItsOwnPaths() throws {
        let parent = try TemporaryFolder()
        let place = FilePath(parent.path + "/out")
        try FileManager.default.createDirectory(atPath: parent.path + "/out", withIntermediateDirectories: false)
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: true) } == nil)
        try parent.write("x", to: "out/a/b")
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: true, paths: ["c"]) } == .foreignFolder)
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: true, paths: ["a/b", "c"]) } == nil)
        let error = #expect(throws: CollectingError.self) {
            _ = try OutputFolder(at: place, outside: [], replacing: true, paths: ["c"])
        }
        #expect(error?.message.contains("'a/b'") == true)
    }

    @Test func aFolderThatIsNotThereIsNamed() throws {
        let parent = try TemporaryFolder()
        let place = FilePath(parent.path + "/no/out")
        let error = #expect(throws: CollectingError(.noFolder, at: "", "")) {
            _ = try OutputFolder(at: place, outside: [], replacing: false)
        }
        #expect(error?.message.contains(parent.path + "/no'") == true && error?.path == place.string)
    }

    @Test func privateFoldersAreTheirOwnersAlone() throws {
        let parent = try TemporaryFolder()
        let place = FilePath(parent.path + "/out")
        let folder = try OutputFolder(at: place, outside: [], replacing: false, isPrivate: true)
        try folder.write([1], to: "a/b/c", isPrivate: true)
        try folder.link("d/e", to: "../a/b/c")
        try folder.commit()
        for name in ["", "/a", "/a/b", "/d"] {
            #expect(try parent.permissions(of: "out" + name) == 0o700, "\(name)")
        }
    }

    @Test func replacesNoRepository() throws {
        let parent = try TemporaryFolder()
        try parent.write("x", to: "out/.git/config")
        #expect(
            code { _ = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: true) }
                == .unwritable
        )
        #expect(try parent.files() == ["out/.git/config"])
    }

    @Test func refusesToMixWithItsSource() throws {
        let parent = try TemporaryFolder()
        try parent.write("x", to: "source/inner/file")
        let source = FilePath(parent.path + "/source")
        for place in ["/source", "/source/out", "/source/inner"] {
            let place = FilePath(parent.path + place)
            #expect(code { _ = try OutputFolder(at: place, outside: [source], replacing: true) } == .outputInsideSource)
        }
        let inner = FilePath(parent.path + "/source/inner")
        #expect(code { _ = try OutputFolder(at: source, outside: [inner], replacing: true) } == .outputInsideSource)
        try FileManager.default.createSymbolicLink(atPath: parent.path + "/alias", withDestinationPath: "source")
        let alias = FilePath(parent.path + "/alias/out")
        #expect(code { _ = try OutputFolder(at: alias, outside: [source], replacing: true) } == .outputInsideSource)
        #expect(try parent.read("source/inner/file") == Array("x".utf8))
    }

    @Test(arguments: ["", "/etc/x", "../x", "a/../x", "a//b", "./x", "a/"])
    func refusesUnsafePaths(path: String) throws {
        let parent = try TemporaryFolder()
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false)
        var found: CollectingError.Code?
        do throws(CollectingError) {
            try folder.write([1], to: path, isPrivate: false)
        } catch {
            found = error.code
        }
        #expect(found == .unsafePath)
    }

    @Test func doesNotWriteThroughALink() throws {
        let parent = try TemporaryFolder()
        try parent.write("x", to: "victim/file")
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false)
        try folder.link("d", to: "../victim")
        var found: CollectingError.Code?
        do throws(CollectingError) {
            try folder.write([1], to: "d/file", isPrivate: false)
        } catch {
            found = error.code
        }
        #expect(found == .unsafePath)
        #expect(try parent.read("victim/file") == Array("x".utf8))
    }

    @Test func removesWhatAKilledRunLeft() throws {
        let parent = try TemporaryFolder()
        try parent.write("half", to: ".out.scrubjay-partial/half")
        #expect(chmod(parent.path + "/.out.scrubjay-partial", 0o755) == 0)
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false)
        try folder.write([1], to: "whole", isPrivate: false)
        try folder.commit()
        #expect(try parent.files() == ["out/whole"])
    }

    /// In a folder like `/tmp`, somebody else may have made the folder first, to look at what is put into it.
    @Test func writesIntoNoFolderThatOthersMayWriteTo() throws {
        let parent = try TemporaryFolder()
        let staging = parent.path + "/.out.scrubjay-partial"
        try #require(mkdir(staging, 0o700) == 0 && chmod(staging, 0o777) == 0)
        let place = FilePath(parent.path + "/out")
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: false) } == .unwritable)
        try #require(chmod(staging, 0o700) == 0)
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: false) } == nil)
    }

    @Test(.enabled(if: getuid() == 0, "only root can give a folder to another"))
    func writesIntoNoFolderOfSomebodyElse() throws {
        let parent = try TemporaryFolder()
        let staging = parent.path + "/.out.scrubjay-partial"
        try #require(mkdir(staging, 0o700) == 0 && chown(staging, 65534, 65534) == 0)
        let place = FilePath(parent.path + "/out")
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: false) } == .unwritable)
    }

    /// A file that somebody made under the name, and may have open, is not the one that is written.
    @Test func aFileIsMadeAnewWhateverHasItsName() throws {
        let parent = try TemporaryFolder()
        try parent.write("left", to: ".key.scrubjay-partial")
        let before = open(parent.path + "/.key.scrubjay-partial", O_RDONLY)
        defer { close(before) }
        try PrivateFile.write(Array("secret".utf8), to: FilePath(parent.path + "/key"), mode: 0o600, replacing: false)
        #expect(try parent.files() == ["key"])
        #expect(try parent.read("key") == Array("secret".utf8))
        var bytes = [UInt8](repeating: 0, count: 16)
        #expect(read(before, &bytes, 16) == 4 && bytes.starts(with: Array("left".utf8)))
    }

    @Test func aFileThatAnotherRunWritesIsBusy() throws {
        let parent = try TemporaryFolder()
        try parent.write("half", to: ".key.scrubjay-partial")
        let other = open(parent.path + "/.key.scrubjay-partial", O_RDONLY)
        defer { close(other) }
        try #require(flock(other, LOCK_EX) == 0)
        let place = FilePath(parent.path + "/key")
        #expect(code { try PrivateFile.write([1], to: place, mode: 0o600, replacing: false) } == .busy)
        #expect(try parent.files() == [".key.scrubjay-partial"])
    }

    /// A name is bytes: one that is not UTF-8 keeps no old folder from going.
    @Test func anOldFolderGoesWhateverItsNamesSpell() throws {
        let parent = try TemporaryFolder()
        try parent.write(#"{"schema": 1, "omitted": []}"#, to: "out/parameters.json")
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: true)
        try folder.write([1], to: "new", isPrivate: false)
        let strange = Array((parent.path + "/out/").utf8).map { CChar(bitPattern: $0) } + [-1, -2, 0]
        let descriptor = open(strange, O_CREAT | O_WRONLY, 0o600)
        try #require(descriptor >= 0)
        close(descriptor)
        try folder.commit()
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["out"])
        #expect(try parent.files() == ["out/new"])
    }

    /// A link in the place of a folder is removed, and what it leads to is not.
    @Test func removesNothingThroughALink() throws {
        let parent = try TemporaryFolder()
        try parent.write("precious", to: "victim/file")
        try parent.write("x", to: "old/a/b")
        try FileManager.default.createSymbolicLink(
            atPath: parent.path + "/old/a/c",
            withDestinationPath: "../../victim"
        )
        try FileManager.default.createSymbolicLink(atPath: parent.path + "/alias", withDestinationPath: "victim")
        try FolderRemoval.remove(FilePath(parent.path + "/old"))
        try FolderRemoval.remove(FilePath(parent.path + "/alias"))
        #expect(try parent.files() == ["victim/file"])
    }

    /// What is not committed is removed after an error, and the error is handed on.
    @Test func anErrorIsHandedOnWhenNothingIsLeft() throws {
        let parent = try TemporaryFolder()
        let folder = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false)
        try folder.write([1], to: "secret", isPrivate: true)
        let error = folder.discarded(after: CollectingError(.unreadable, at: "a", "it cannot be read"))
        #expect((error as? CollectingError)?.path == "a")
        #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path).isEmpty)
    }

    @Test func bringsBackWhatAKilledCommitMovedAway() throws {
        let parent = try TemporaryFolder()
        try parent.write("old", to: ".out.scrubjay-replaced/old")
        #expect(
            code { _ = try OutputFolder(at: FilePath(parent.path + "/out"), outside: [], replacing: false) }
                == .outputExists
        )
        #expect(try parent.files() == ["out/old"])
    }

    @Test func refusesASecondRunAtTheSamePlace() throws {
        let parent = try TemporaryFolder()
        let place = FilePath(parent.path + "/out")
        let first = try OutputFolder(at: place, outside: [], replacing: false)
        #expect(code { _ = try OutputFolder(at: place, outside: [], replacing: false) } == .busy)
        try first.write([1], to: "file", isPrivate: false)
        try first.commit()
        #expect(try parent.files() == ["out/file"])
    }
}
