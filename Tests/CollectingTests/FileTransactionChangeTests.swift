import Foundation
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import Collecting

/// Files that come, go and are replaced in one step, some of them too large to be at hand.
@Suite struct FileTransactionChangeTests {
    private typealias Change = FileTransaction.Change

    private static let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    private static let before = [
        "kept.txt": "kept", "old.txt": "old", "gone/deep/one.txt": "one", "big.bin": "small", "both/a.txt": "a",
        "both/b.txt": "b",
    ]
    private static var after: [String: String] {
        var after = before
        after["old.txt"] = "new"
        after["gone/deep/one.txt"] = nil
        after["both/a.txt"] = nil
        after["made/deep/new.txt"] = "made"
        after["big.bin"] = String(decoding: large, as: UTF8.self)
        return after
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static var changes: [Change] {
        var made = Change(path: "made/deep/new.txt", before: .none, after: .bytes(bytes("made")))
        made.mode = 0o640
        return [
            Change(path: "old.txt", before: .bytes(bytes("old")), after: .bytes(bytes("new"))),
            made,
            Change(path: "gone/deep/one.txt", before: .digest(SHA256.hash(bytes("one"))), after: .none),
            Change(path: "both/a.txt", before: .bytes(bytes("a")), after: .none),
            Change(path: "big.bin", before: .bytes(bytes("small")), after: .digest(SHA256.hash(large))),
        ]
    }

    private static func tree() throws -> TemporaryFolder {
        let folder = try TemporaryFolder(inMemory: true)
        for (path, text) in before { try folder.write(text, to: path) }
        return folder
    }

    @discardableResult
    private static func apply(
        _ changes: [Change] = changes,
        in folder: TemporaryFolder,
        large: [UInt8] = large,
        gate: @escaping FileTransaction.Gate = { _ in }
    ) throws -> FileTransaction.Outcome {
        var generator = SeededGenerator(seed: 1)
        return try FileTransaction(root: FilePath(folder.path), gate: gate).apply(changes, using: &generator) {
            stager in
            try stager.begin("big.bin")
            for start in stride(from: 0, to: large.count, by: 100_000) {
                try stager.write(large[start..<min(start + 100_000, large.count)])
            }
        }
    }

    private static func contents(of folder: TemporaryFolder) throws -> [String: String] {
        try Dictionary(
            uniqueKeysWithValues: folder.files().map { ($0, String(decoding: try folder.read($0), as: UTF8.self)) }
        )
    }

    private static func hasFolder(_ name: String, in folder: TemporaryFolder) -> Bool {
        FileManager.default.fileExists(atPath: folder.path + "/" + name)
    }

    @Test func allOfItIsDone() throws {
        let folder = try Self.tree()
        try Self.apply(in: folder)
        #expect(try Self.contents(of: folder) == Self.after)
        #expect(try folder.permissions(of: "made/deep/new.txt") == 0o640)
        #expect(!Self.hasFolder("gone", in: folder) && Self.hasFolder("both", in: folder))
    }

    @Test func stoppedAnywhereTheTreeIsOldOrNewAfterRecovery() throws {
        var count = 0
        try Self.apply(in: Self.tree()) { _ throws(Errno) in count += 1 }
        #expect(count > 40)
        var isFinished: Set<Bool> = []
        for stop in 0..<count {
            let folder = try Self.tree()
            var passed = 0
            #expect(throws: FileTransactionError.self) {
                try Self.apply(in: folder) { _ throws(Errno) in
                    defer { passed += 1 }
                    if passed >= stop { throw .ioError }
                }
            }
            let recovery = try FileTransaction(root: FilePath(folder.path)).recover()
            let contents = try Self.contents(of: folder)
            let isNew = contents == Self.after
            #expect(isNew || contents == Self.before, "stopped at \(stop)")
            if case .finished = recovery { #expect(isNew, "stopped at \(stop)") }
            if case .rolledBack = recovery { #expect(!isNew, "stopped at \(stop)") }
            #expect(Self.hasFolder("made", in: folder) == isNew, "stopped at \(stop)")
            #expect(Self.hasFolder("gone", in: folder) == !isNew, "stopped at \(stop)")
            isFinished.insert(isNew)
        }
        #expect(isFinished == [true, false])
    }

    @Test func aRecoveryThatIsStoppedIsRepeated() throws {
        var count = 0
        try Self.apply(in: Self.tree()) { _ throws(Errno) in count += 1 }
        for stop in stride(from: 1, to: count, by: 5) {
            for second in 0... {
                let folder = try Self.tree()
                var passed = 0
                _ = try? Self.apply(in: folder) { _ throws(Errno) in
                    defer { passed += 1 }
                    if passed >= stop { throw .ioError }
                }
                var passedInRecovery = 0
                let first = try? FileTransaction(root: FilePath(folder.path)) { _ throws(Errno) in
                    defer { passedInRecovery += 1 }
                    if passedInRecovery >= second { throw .ioError }
                }.recover()
                guard first == nil else { break }
                _ = try FileTransaction(root: FilePath(folder.path)).recover()
                let contents = try Self.contents(of: folder)
                #expect(contents == Self.before || contents == Self.after, "stopped at \(stop), then at \(second)")
            }
        }
    }

    @Test func aFileThatIsThereIsNotMadeAnew() throws {
        let folder = try Self.tree()
        try folder.write("mine", to: "made/deep/new.txt")
        let before = try Self.contents(of: folder)
        #expect(throws: FileTransactionError(.changed, "")) { try Self.apply(in: folder) }
        #expect(try Self.contents(of: folder) == before)
    }

    @Test func aFileThatWasEditedIsNotRemoved() throws {
        let folder = try Self.tree()
        try folder.write("mine", to: "gone/deep/one.txt")
        #expect(throws: FileTransactionError(.changed, "")) { try Self.apply(in: folder) }
        #expect(try folder.read("gone/deep/one.txt") == Self.bytes("mine"))
        #expect(!Self.hasFolder("made", in: folder))
    }

    @Test func contentsThatAreNotThoseOfTheirDigestAreRefused() throws {
        for large in [Array(Self.large.dropLast()), Self.large + [0], []] {
            let folder = try Self.tree()
            #expect(throws: FileTransactionError(.changed, "")) { try Self.apply(in: folder, large: large) }
            #expect(try Self.contents(of: folder) == Self.before)
        }
    }

    @Test func aLinkOnTheWayIsNotFollowed() throws {
        for name in ["made", "gone"] {
            let (folder, outside) = (try Self.tree(), try TemporaryFolder())
            try outside.write("one", to: "deep/one.txt")
            try? FileManager.default.removeItem(atPath: folder.path + "/" + name)
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + name,
                withDestinationPath: outside.path
            )
            #expect(throws: FileTransactionError(.symbolicLink, ""), "\(name)") { try Self.apply(in: folder) }
            #expect(try outside.files() == ["deep/one.txt"])
            #expect(try folder.read("old.txt") == Self.bytes("old"))
        }
    }

    @Test func whatWritesLargeFilesMayFail() throws {
        struct Failure: Error {}
        let folder = try Self.tree()
        var generator = SeededGenerator(seed: 1)
        #expect(throws: Failure.self) {
            _ = try FileTransaction(root: FilePath(folder.path)).apply(Self.changes, using: &generator) { stager in
                try stager.begin("big.bin")
                throw Failure()
            }
        }
        #expect(try Self.contents(of: folder) == Self.before)
        #expect(try FileTransaction(root: FilePath(folder.path)).recover() == .nothingToDo)
    }
}
