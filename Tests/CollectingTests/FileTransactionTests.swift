import Foundation
import SystemPackage
import TestKit
import Testing

@testable import Collecting

@Suite struct FileTransactionTests {
    private typealias Replacement = FileTransaction.Replacement

    // MARK: - Replacing

    @Test func replacesEveryFileAndLeavesNothingElse() throws {
        let tree = try Tree(Tree.before)
        let outcome = try tree.replace()

        #expect(outcome.replaced == Tree.replacements().map(\.path))
        #expect(try tree.contents() == Tree.after)
        #expect(try tree.recover() == .nothingToDo)
    }

    @Test func keepsOwnerGroupAndPermissions() throws {
        let tree = try Tree(Tree.before)
        try tree.setMode(0o640, of: "conf/a.conf")
        try tree.setMode(0o755, of: "conf/deep/b.conf")
        try tree.setMode(0o644, of: ".env")
        try tree.setMode(0o604, of: "empty")
        if getuid() == 0 { #expect(chown(tree.path + "/conf/a.conf", 1234, 2345) == 0) }

        var replacements = Tree.replacements()
        for index in replacements.indices where replacements[index].path == ".env" {
            replacements[index].permissions = .ownerOnly
        }
        let outcome = try tree.replace(replacements)

        #expect(outcome.readableByOthers == ["conf/a.conf", "conf/deep/b.conf", "empty"])
        #expect(try tree.mode(of: "conf/a.conf") == 0o640)
        #expect(try tree.mode(of: "conf/deep/b.conf") == 0o755)
        #expect(try tree.mode(of: ".env") == 0o600)
        if getuid() == 0 {
            let attributes = try FileManager.default.attributesOfItem(atPath: tree.path + "/conf/a.conf")
            #expect(attributes[.ownerAccountID] as? Int == 1234)
            #expect(attributes[.groupOwnerAccountID] as? Int == 2345)
        }
    }

    @Test func stagesReadableForTheOwnerAlone() throws {
        let tree = try Tree(Tree.before)
        for path in Tree.before.keys { try tree.setMode(0o666, of: path) }
        var modes: Set<Int> = []
        try tree.replace { operation throws(Errno) in
            guard case .setMode(let staged) = operation, let mode = try? tree.mode(of: staged) else { return }
            modes.insert(mode)
        }
        #expect(modes == [0o600])
    }

    @Test func theJournalIsPrivateAndHoldsNoContents() throws {
        let tree = try Tree(Tree.before)
        var journals: [String] = []
        try tree.replace { operation throws(Errno) in
            guard case .rename = operation else { return }
            let name = FileTransaction.Journal.name
            guard let bytes = try? tree.read(name), (try? tree.mode(of: name)) == 0o600 else { return }
            journals.append(String(decoding: bytes, as: UTF8.self))
        }
        #expect(journals.count == Tree.before.count)
        for journal in journals {
            for text in Array(Tree.before.values) + Array(Tree.after.values) where !text.isEmpty {
                #expect(!journal.contains(text))
            }
        }
    }

    @Test func nothingToReplaceWritesNothing() throws {
        let tree = try Tree(Tree.before)
        var operations = 0
        let outcome = try tree.replace([]) { _ throws(Errno) in operations += 1 }
        #expect(outcome.replaced.isEmpty)
        #expect(operations == 0)
    }

    @Test func syncsContentsBeforeTheCommitAndTheCommitBeforeTheFirstRename() throws {
        let tree = try Tree(Tree.before)
        var operations: [FileTransaction.Operation] = []
        try tree.replace { operation throws(Errno) in operations.append(operation) }

        let journal = FileTransaction.Journal.name
        let commit = try #require(operations.lastIndex(of: .write(journal)))
        let firstRename = try #require(operations.firstIndex { if case .rename = $0 { true } else { false } })
        #expect(operations[commit + 1] == .sync(journal))
        #expect(commit + 1 < firstRename)
        for case .write(let path) in operations[..<commit] {
            #expect(operations[..<commit].contains(.sync(path)), "\(path) is staged but not synced before the commit")
        }
        for folder in [".", "conf/.", "conf/deep/."] {
            #expect(
                operations[..<commit].contains(.sync(folder)),
                "the names in \(folder) are not synced before the commit"
            )
            #expect(operations[firstRename...].contains(.sync(folder)), "the renames in \(folder) are not synced")
        }
    }

    // MARK: - Refusing

    @Test(arguments: ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a\0b"])
    func refusesAPathThatIsNoneOfAFileBelowTheRoot(path: String) throws {
        let tree = try Tree(Tree.before)
        try tree.expectRefusal(.invalidPath, [Replacement(path: path, original: [], contents: [1])])
    }

    @Test func refusesTheSameFileTwice() throws {
        let tree = try Tree(Tree.before)
        try tree.expectRefusal(.duplicatePath, Tree.replacements() + [Tree.replacements()[0]])
    }

    @Test func refusesAFileThatChangedSinceItWasRead() throws {
        let tree = try Tree(Tree.before)
        try tree.write("changed", to: "conf/deep/b.conf")
        try tree.expectRefusal(.changed, Tree.replacements())
    }

    @Test func refusesAFileThatIsGone() throws {
        let tree = try Tree(Tree.before)
        try FileManager.default.removeItem(atPath: tree.path + "/.env")
        try tree.expectRefusal(.changed, Tree.replacements())
    }

    @Test func refusesAFileThatChangesWhileOthersAreStaged() throws {
        let tree = try Tree(Tree.before)
        var isDone = false
        #expect(throws: FileTransactionError(.changed, "")) {
            try tree.replace { operation throws(Errno) in
                guard case .setOwner = operation else {
                    guard case .write(let path) = operation, path.contains("deep"), !isDone else { return }
                    isDone = (try? tree.write("changed", to: ".env")) != nil
                    return
                }
            }
        }
        var expected = Tree.before
        expected[".env"] = "changed"
        #expect(try tree.contents() == expected)
    }

    @Test func refusesASymbolicLinkInTheFilesPlace() throws {
        let tree = try Tree(Tree.before)
        let outside = try Tree(["target": Tree.before[".env"] ?? ""])
        try FileManager.default.removeItem(atPath: tree.path + "/.env")
        try FileManager.default.createSymbolicLink(
            atPath: tree.path + "/.env",
            withDestinationPath: outside.path + "/target"
        )
        try tree.expectRefusal(.symbolicLink, Tree.replacements())
        #expect(try outside.contents() == ["target": Tree.before[".env"] ?? ""])
    }

    @Test func refusesASymbolicLinkOnTheWay() throws {
        let tree = try Tree(Tree.before)
        let outside = try Tree(["b.conf": Tree.before["conf/deep/b.conf"] ?? ""])
        try FileManager.default.removeItem(atPath: tree.path + "/conf/deep")
        try FileManager.default.createSymbolicLink(atPath: tree.path + "/conf/deep", withDestinationPath: outside.path)
        try tree.expectRefusal(.symbolicLink, Tree.replacements())
        #expect(try outside.contents() == ["b.conf": Tree.before["conf/deep/b.conf"] ?? ""])
    }

    @Test func refusesAFolderAPipeAndASocket() throws {
        let tree = try Tree(Tree.before)
        #expect(mkfifo(tree.path + "/pipe", 0o600) == 0)
        for path in ["conf", "pipe"] {
            let replacement = Replacement(path: path, original: [], contents: [1])
            #expect(throws: FileTransactionError(.notARegularFile, "")) { try tree.replace([replacement]) }
        }
        #expect(try tree.contents() == Tree.before)
    }

    @Test func twoTransactionsCannotRunAtOnce() throws {
        let tree = try Tree(Tree.before)
        var errors: [FileTransactionError] = []
        try tree.replace { _ throws(Errno) in
            do {
                try tree.replace()
            } catch let error as FileTransactionError {
                errors.append(error)
            } catch {
                Issue.record(error)
            }
            do {
                _ = try tree.recover()
            } catch let error as FileTransactionError {
                errors.append(error)
            } catch {
                Issue.record(error)
            }
        }
        #expect(errors.count > 20)
        #expect(Set(errors.map(\.code)) == [.busy])
        #expect(try tree.contents() == Tree.after)
    }

    // MARK: - Failing and stopping

    /// How many operations one whole transaction of the test tree has.
    private static func operationCount() throws -> Int {
        let tree = try Tree(Tree.before)
        var count = 0
        try tree.replace { _ throws(Errno) in count += 1 }
        return count
    }

    @Test func stoppedAnywhereTheTreeIsOldOrNewAfterRecovery() throws {
        let count = try Self.operationCount()
        #expect(count > 30)
        var states: Set<String> = []
        for stop in 0..<count {
            let tree = try Tree(Tree.before)
            var passed = 0
            #expect(throws: FileTransactionError.self) {
                try tree.replace { _ throws(Errno) in
                    defer { passed += 1 }
                    if passed >= stop { throw .ioError }
                }
            }
            let recovery = try tree.recover()
            let contents = try tree.contents()
            switch recovery {
            case .finished(let paths):
                #expect(contents == Tree.after, "stopped at \(stop)")
                #expect(paths == Tree.replacements().map(\.path))
                states.insert("finished")
            case .rolledBack:
                #expect(contents == Tree.before, "stopped at \(stop)")
                states.insert("rolled back")
            case .nothingToDo:
                // Before the journal, or after it.
                #expect(contents == (stop == 0 ? Tree.before : Tree.after), "stopped at \(stop)")
                states.insert("nothing")
            }
            #expect(try tree.recover() == .nothingToDo)
        }
        #expect(states == ["finished", "rolled back", "nothing"])
    }

    @Test func recoveryStoppedAnywhereCanBeRepeated() throws {
        let count = try Self.operationCount()
        for stop in 1..<count {
            for second in 0... {
                let tree = try Tree(Tree.before)
                var passed = 0
                _ = try? tree.replace { _ throws(Errno) in
                    defer { passed += 1 }
                    if passed >= stop { throw .ioError }
                }
                var passedInRecovery = 0
                let first = try? tree.recover { _ throws(Errno) in
                    defer { passedInRecovery += 1 }
                    if passedInRecovery >= second { throw .ioError }
                }
                guard first == nil else { break }
                _ = try tree.recover()
                let contents = try tree.contents()
                #expect(contents == Tree.before || contents == Tree.after, "stopped at \(stop), then at \(second)")
            }
        }
    }

    @Test(arguments: [Errno.noSpace, .readOnlyFileSystem, .ioError])
    func anOperationThatFailsLeavesTheOldStateOrSaysThatTheNextRunDecides(failure: Errno) throws {
        for stop in 0..<(try Self.operationCount()) {
            let tree = try Tree(Tree.before)
            var passed = 0
            do {
                try tree.replace { _ throws(Errno) in
                    defer { passed += 1 }
                    if passed == stop { throw failure }
                }
                Issue.record("the failure of operation \(stop) was swallowed")
            } catch let error as FileTransactionError where error.code == .unfinished {
                #expect(error.cause == failure)
                _ = try tree.recover()
                #expect(try tree.contents() == Tree.after, "failed at \(stop)")
            } catch let error as FileTransactionError {
                #expect(error.cause == failure)
                #expect(try tree.contents() == Tree.before, "failed at \(stop)")
                #expect(try tree.recover() == .nothingToDo)
            }
        }
    }

    @Test func anUnfinishedTransactionMustBeRecoveredFirst() throws {
        let tree = try Tree(Tree.before)
        try tree.stopAtFirstRename()
        #expect(throws: FileTransactionError(.unfinished, "")) { try tree.replace() }
        #expect(try tree.recover() == .finished(paths: Tree.replacements().map(\.path)))
        #expect(try tree.contents() == Tree.after)
    }

    @Test func recoveryRefusesAFileThatSomebodyChangedInBetween() throws {
        let tree = try Tree(Tree.before)
        try tree.stopAtFirstRename()
        try tree.write("mine", to: "conf/a.conf")
        let contents = try tree.contents()
        #expect(throws: FileTransactionError(.changed, "")) { try tree.recover() }
        #expect(try tree.contents() == contents)
    }

    @Test func aTornJournalIsRemoved() throws {
        for length in 0..<20 {
            let tree = try Tree(Tree.before)
            let record = try FileTransaction.Journal(entries: []).beginRecord()
            try tree.write(String(decoding: record.prefix(length), as: UTF8.self), to: FileTransaction.Journal.name)
            #expect(try tree.recover() == .rolledBack(paths: []))
            #expect(try tree.contents() == Tree.before)
        }
    }

    @Test func aTornCommitRecordIsNone() throws {
        let tree = try Tree(Tree.before)
        try tree.stopAtFirstRename()
        let name = FileTransaction.Journal.name
        let whole = try tree.read(name)
        for length in (try #require(whole.firstIndex(of: 10)) + 1)..<whole.count {
            guard case .begun = try FileTransaction.Journal.state(of: Array(whole.prefix(length))) else {
                Issue.record("\(length) of \(whole.count) bytes are a commit")
                continue
            }
        }
    }

    @Test(arguments: [
        #"{"entries":[{"after":"","before":"","mode":384,"path":"../x","staged":".scrubjay-0"}],"version":1}"#,
        #"{"entries":[{"after":"","before":"","mode":384,"path":"a","staged":".env"}],"version":1}"#,
        #"{"entries":[],"version":3}"#,
        "{}",
        "no journal",
    ])
    func aJournalThatNoRunWroteIsRefused(text: String) throws {
        let tree = try Tree(Tree.before)
        try tree.write(text + "\n", to: FileTransaction.Journal.name)
        let contents = try tree.contents()
        #expect(throws: FileTransactionError.self) { try tree.recover() }
        #expect(try tree.contents() == contents)
    }

    @Test func aReplacementNeverShowsItsContents() {
        let canary = "planted-7f3a"
        let replacement = Replacement(path: "x", original: Array(canary.utf8), contents: Array(canary.utf8))
        var dumped = ""
        dump(replacement, to: &dumped)
        let bytes = "\(Array(canary.utf8))"
        for text in ["\(replacement)", String(reflecting: replacement), "\([replacement])", dumped] {
            #expect(!text.contains(canary) && !text.contains(bytes.dropFirst().dropLast()))
            #expect(text.contains("x"))
        }
    }
}

/// A tree of a test, in a folder that goes with it.
private final class Tree {
    static let before = [".env": "A=old\n", "conf/a.conf": "a old", "conf/deep/b.conf": "b old", "empty": ""]
    static let after = [".env": "A=new\n", "conf/a.conf": "a newer", "conf/deep/b.conf": "", "empty": "full"]

    let path: String

    init(_ contents: [String: String]) throws {
        path = FileManager.default.temporaryDirectory.path + "/scrubjay-\(UUID().uuidString)"
        for (name, text) in contents { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    static func replacements() -> [FileTransaction.Replacement] {
        before.keys.sorted().map { path in
            FileTransaction.Replacement(
                path: path,
                original: Array((before[path] ?? "").utf8),
                contents: Array((after[path] ?? "").utf8)
            )
        }
    }

    @discardableResult
    func replace(
        _ replacements: [FileTransaction.Replacement] = Tree.replacements(),
        gate: @escaping FileTransaction.Gate = { _ in }
    ) throws -> FileTransaction.Outcome {
        var generator = SeededGenerator(seed: 1)
        return try FileTransaction(root: FilePath(path), gate: gate).replace(replacements, using: &generator)
    }

    func recover(gate: @escaping FileTransaction.Gate = { _ in }) throws -> FileTransaction.Recovery {
        try FileTransaction(root: FilePath(path), gate: gate).recover()
    }

    /// Leaves a committed transaction of which nothing is replaced yet.
    func stopAtFirstRename() throws {
        var isStopped = false
        #expect(throws: FileTransactionError(.unfinished, "")) {
            try replace { operation throws(Errno) in
                if case .rename = operation { isStopped = true }
                if isStopped { throw .ioError }
            }
        }
    }

    /// Expects an error with this code, and the tree as it was.
    func expectRefusal(_ code: FileTransactionError.Code, _ replacements: [FileTransaction.Replacement]) throws {
        let contents = try contents()
        #expect(throws: FileTransactionError(code, "")) { try replace(replacements) }
        #expect(try self.contents() == contents)
    }

    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
        return attributes[.posixPermissions] as? Int ?? -1
    }

    func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path + "/" + name)
    }

    /// The regular files by path, hidden ones too.
    func contents() throws -> [String: String] {
        var found: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            let type = try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.type] as? FileAttributeType
            guard type == .typeRegular else { continue }
            found[name] = String(decoding: try read(name), as: UTF8.self)
        }
        return found
    }
}
