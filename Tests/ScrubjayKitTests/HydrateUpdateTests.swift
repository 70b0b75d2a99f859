import Bundling
import Collecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// A newer version of a bundle over a deployment whose owner has changed files of it.
@Suite struct HydrateUpdateTests {
    private static let compose = """
        services:
          web:
            image: jitsi/web:stable-9823
            restart: always
          prosody:
            image: jitsi/prosody:stable-9823

        """
    private static let settings =
        "PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n"

    private let folder: TemporaryFolder
    private let scan: Scan
    private let mine: FilePath

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
        mine = FilePath(folder.path + "/mine")
        try folder.write(Self.settings, to: "1/.env")
        try folder.write(Self.compose, to: "1/compose.yml")
        try folder.write("old\n", to: "1/notes.txt")
    }

    private func path(_ name: String) -> FilePath { FilePath("\(folder.path)/\(name)") }
    private func text(_ name: String) throws -> String {
        String(decoding: try folder.read("mine/" + name), as: UTF8.self)
    }

    /// The files of a deployment, packed.
    private func bundle(_ name: String, named bundleName: String = "wren") throws -> Hydrate {
        try Hydrate(packing: folder, name, named: bundleName, version: name, scan: scan)
    }

    @Test func anotherDeploymentsBundleIsRefused() throws {
        try start()
        let workflow = try bundle("1", named: "finch")
        let opened = try workflow.open()
        let error = #expect(throws: KitError.self) {
            _ = try workflow.update(Hydration(of: opened), of: opened, given: [:])
        }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("was made from wren, and this bundle is finch") == true)
    }

    /// A publisher may rename a bundle; whoever has edited files must not lose the edits for that.
    @Test func aRenamedBundleIsAcceptedOnRequest() throws {
        try start()
        try folder.write("mine\n", to: "mine/notes.txt")
        try second(Self.newer)
        var workflow = try bundle("2", named: "finch")
        workflow.acceptsRenamed = true
        let opened = try workflow.open()
        let update = try #require(try workflow.update(Hydration(of: opened), of: opened, given: [:]).update)
        #expect(update.changes.map(\.path) == ["compose.yml"] && update.keptPaths == ["notes.txt"])
        try update.apply(of: opened)
        // From now on the deployment is the new name's.
        #expect(throws: KitError(.refused, "")) { try self.update(to: "1", writing: false) }
        workflow = try bundle("1")
        workflow.acceptsRenamed = true
        let older = try workflow.open()
        let back = try #require(try workflow.update(Hydration(of: older), of: older, given: [:]).update)
        #expect(back.goesBack && back.previous?.bundleName == "finch")
    }

    /// Hydrates the first version.
    private func start() throws {
        let workflow = try bundle("1")
        let opened = try workflow.open()
        let plan = try Hydration(of: opened).plan(values: ["public_domain": Array("finch.test".utf8)])
        _ = try workflow.apply(plan, of: opened)
    }

    /// Brings the deployment up to a version.
    private func update(
        to name: String,
        given: [String: [UInt8]] = [:],
        writing: Bool = true
    ) throws -> DeploymentUpdate {
        let workflow = try bundle(name)
        let opened = try workflow.open()
        let update = try #require(try workflow.update(Hydration(of: opened), of: opened, given: given).update)
        if writing { try update.apply(of: opened) }
        return update
    }

    private func second(_ compose: String, notes: String? = "old\n") throws {
        try folder.write(Self.settings, to: "2/.env")
        try folder.write(compose, to: "2/compose.yml")
        if let notes { try folder.write(notes, to: "2/notes.txt") }
    }

    private static let newer = compose.replacing("prosody:stable-9823", with: "prosody:stable-10000")

    @Test func whatNobodyTouchedFollowsTheBundle() throws {
        try start()
        try second(Self.newer)
        let update = try update(to: "2")
        #expect(update.changes.map(\.path) == ["compose.yml"] && update.changes.map(\.kind) == [.changed])
        #expect(update.previous?.version == "1" && update.keptPaths.isEmpty)
        #expect(try text("compose.yml") == Self.newer)
        #expect(try self.update(to: "2").changes.isEmpty)
    }

    @Test func anEditStaysWhereTheBundleBringsNothing() throws {
        try start()
        let edited = Self.compose + "  own:\n    image: example.com/own:1\n"
        try folder.write(edited, to: "mine/compose.yml")
        try second(Self.compose, notes: "new\n")
        let update = try update(to: "2")
        #expect(update.changes.map(\.path) == ["notes.txt"] && update.keptPaths == ["compose.yml"])
        #expect(try text("compose.yml") == edited && text("notes.txt") == "new\n")
        // The next version is compared with this one, and not with the first.
        #expect(try self.update(to: "2").previous?.version == "2")
    }

    @Test func anEditAndAChangeOfOtherLinesAreMerged() throws {
        try start()
        try folder.write(Self.compose.replacing("restart: always", with: "restart: no"), to: "mine/compose.yml")
        try second(Self.newer)
        let update = try update(to: "2")
        #expect(update.changes.map(\.kind) == [.merged] && update.conflicts.isEmpty)
        #expect(update.changes[0].addedLines.map(\.text) == ["    image: jitsi/prosody:stable-10000"])
        #expect(try text("compose.yml") == Self.newer.replacing("restart: always", with: "restart: no"))
    }

    @Test func aConflictIsSaidAndNothingIsLost() throws {
        try start()
        let edited = Self.compose.replacing("prosody:stable-9823", with: "prosody:mine")
        try folder.write(edited, to: "mine/compose.yml")
        try second(Self.newer)
        #expect(try update(to: "2", writing: false).conflicts == ["compose.yml"])
        #expect(try !folder.files().contains("mine/compose.yml.scrubjay-new"))
        _ = try update(to: "2")
        #expect(try text("compose.yml") == edited && text("compose.yml.scrubjay-new") == Self.newer)
        // From now on the owner's file is an edit of the second version; the bundle's waits for them to look at it.
        let next = try update(to: "2")
        #expect(next.keptPaths == ["compose.yml"] && next.changes.isEmpty)
        #expect(next.waiting == ["compose.yml.scrubjay-new"])
        try FileManager.default.removeItem(atPath: mine.string + "/compose.yml.scrubjay-new")
        #expect(try update(to: "2").waiting.isEmpty)
    }

    @Test func anOlderBundleIsSaid() throws {
        try start()
        try second(Self.newer)
        #expect(try !update(to: "2").goesBack)
        #expect(try !update(to: "2", writing: false).goesBack)
        #expect(try update(to: "1", writing: false).goesBack)
    }

    @Test func aFolderThatIsEmptyNowGoes() throws {
        try folder.write("one\n", to: "1/gone/deep/one.txt")
        try folder.write("two\n", to: "1/gone/two.txt")
        try folder.write("three\n", to: "1/kept/three.txt")
        try start()
        try folder.write("own\n", to: "mine/kept/own.txt")
        try second(Self.compose)
        #expect(try update(to: "2").changes.map(\.path) == ["gone/deep/one.txt", "gone/two.txt", "kept/three.txt"])
        #expect(!FileManager.default.fileExists(atPath: mine.string + "/gone"))
        #expect(try text("kept/own.txt") == "own\n")
    }

    @Test func theChangesAreShownWhereAValueIsMissing() throws {
        try start()
        try second(Self.newer)
        try folder.write(Self.settings + "SMTP_PASSWORD=k39fkq0sdkTx7vv2\n", to: "2/.env")
        let workflow = try bundle("2")
        let opened = try workflow.open()
        let hydration = try Hydration(of: opened)
        let (plan, update) = try workflow.update(hydration, of: opened, given: [:])
        #expect(update == nil && plan.missing.map(\.name) == ["smtp_password"])
        let preview = try workflow.preview(plan, of: hydration, opened)
        #expect(preview.changes.map(\.path) == [".env", "compose.yml"])
        #expect(preview.changes[0].addedLines.map(\.text) == ["SMTP_PASSWORD=REPLACE-smtp-password"])
    }

    @Test func valuesAreNoEdits() throws {
        try start()
        // As a rotation does it, and as somebody does who moves.
        try folder.write(
            "PUBLIC_URL=https://meet.heron.test\nJVB_AUTH_PASSWORD=\(String(repeating: "ab", count: 16))\n",
            to: "mine/.env"
        )
        try second(Self.compose)
        try folder.write("# newer\n" + Self.settings, to: "2/.env")
        let update = try update(to: "2")
        #expect(update.changes.map(\.kind) == [.changed])
        #expect(
            try text(".env")
                == "# newer\nPUBLIC_URL=https://meet.heron.test\nJVB_AUTH_PASSWORD=\(String(repeating: "ab", count: 16))\n"
        )
    }

    @Test func aGivenValueReachesAFileWithEdits() throws {
        try start()
        try folder.write(try text(".env") + "# mine\n", to: "mine/.env")
        try second(Self.compose)
        try folder.write("# newer\n#\n" + Self.settings, to: "2/.env")
        let update = try update(to: "2", given: ["public_domain": Array("owl.test".utf8)])
        #expect(update.changes.map(\.kind) == [.merged])
        let lines = try text(".env").split(separator: "\n")
        #expect(
            lines.first == "# newer" && lines.last == "# mine" && lines.contains("PUBLIC_URL=https://meet.owl.test")
        )
    }

    @Test func whatTheBundleHasNoMoreGoesUnlessItWasEdited() throws {
        try start()
        try second(Self.compose, notes: nil)
        let update = try update(to: "2")
        #expect(update.changes.map(\.kind) == [.removed])
        #expect(try !folder.files().contains("mine/notes.txt"))
    }

    @Test func anEditedFileThatTheBundleHasNoMoreStays() throws {
        try start()
        try folder.write("old\nmine\n", to: "mine/notes.txt")
        try second(Self.compose, notes: nil)
        #expect(try update(to: "2").keptPaths == ["notes.txt"])
        #expect(try text("notes.txt") == "old\nmine\n")
    }

    @Test func whatTheOwnerHasRemovedStaysAway() throws {
        try start()
        try FileManager.default.removeItem(atPath: mine.appending("notes.txt").string)
        try second(Self.newer)
        #expect(try update(to: "2").keptPaths == ["notes.txt"])
        #expect(try !folder.files().contains("mine/notes.txt"))
    }

    @Test func withoutARecordItIsSaidThatEditsGo() throws {
        try start()
        try FileManager.default.removeItem(atPath: mine.appending(HydrationRecord.name).string)
        try folder.write(Self.compose + "# mine\n", to: "mine/compose.yml")
        try second(Self.newer)
        let update = try update(to: "2")
        #expect(update.isBlind && update.changes.map(\.kind) == [.changed])
        #expect(try !self.update(to: "2").isBlind)
    }

    @Test func aDamagedRecordIsRefused() throws {
        try start()
        let place = "mine/" + HydrationRecord.name
        var bytes = try folder.read(place)
        bytes[bytes.count / 2] ^= 1
        try folder.write(bytes, to: place)
        try second(Self.newer)
        #expect(throws: BundleError(.refusedArchive, "")) { try update(to: "2") }
    }

    /// A bundle of more than 16 MiB is not held in memory; its files are known by their digests.
    @Test func largeFilesFollowTheBundleToo() throws {
        func large(_ letter: String) -> String { (0..<500_000).map { "\(letter) and line \($0)\n" }.joined() }
        for (name, letters) in [("1", ["a", "b"]), ("2", ["A", "B"])] {
            for (file, letter) in zip(["one.txt", "two.txt"], letters) {
                try folder.write(large(letter), to: "\(name)/\(file)")
            }
        }
        try start()
        try second(Self.compose)
        try folder.write("mine\n", to: "mine/two.txt")
        let update = try update(to: "2")
        #expect(update.changes.map(\.path) == ["one.txt", "two.txt"])
        #expect(update.changes.map(\.kind) == [.changed, .conflict])
        #expect(try text("one.txt") == large("A") && text("two.txt") == "mine\n")
        #expect(try text("two.txt.scrubjay-new") == large("B"))
        #expect(try folder.files().allSatisfy { !$0.contains("scrubjay-partial") })
    }

    /// A link in a folder's place leads out of the deployment, where a bundle has no business.
    @Test(arguments: [true, false]) func nothingIsWrittenOrRemovedThroughALink(isNew: Bool) throws {
        try folder.write("one\n", to: "1/data/one.txt")
        try start()
        try folder.write("one\n", to: "outside/one.txt")
        try FileManager.default.removeItem(atPath: mine.string + "/data")
        try FileManager.default.createSymbolicLink(
            atPath: mine.string + "/data",
            withDestinationPath: folder.path + "/outside"
        )
        try second(Self.newer)
        if isNew { try folder.write("one\n", to: "2/data/one.txt") }
        if isNew { try folder.write("two\n", to: "2/data/two.txt") }
        #expect(throws: FileTransactionError(.symbolicLink, "")) { try update(to: "2") }
        #expect(try TemporaryFolder.files(in: folder.path + "/outside") == ["one.txt"])
        // Nothing else of the update was done either.
        #expect(try text("compose.yml") == Self.compose)
        #expect(try self.update(to: "2", writing: false).previous?.version == "1")
    }

    /// New folders are those of the deployment, and files with secrets are their owner's alone.
    @Test func newFilesHaveTheirPermissions() throws {
        try start()
        try second(Self.newer)
        try folder.write(Self.settings, to: "2/more/deep/.env")
        try folder.write("#!/bin/sh\n", to: "2/more/run")
        try #require(chmod(folder.path + "/2/more/run", 0o755) == 0)
        let update = try update(to: "2")
        #expect(update.changes.map(\.path) == ["compose.yml", "more/deep/.env", "more/run"])
        #expect(try folder.permissions(of: "mine/more/deep/.env") == 0o600)
        #expect(try folder.permissions(of: "mine/more/run") == 0o755)
        #expect(try folder.permissions(of: "mine/more") == 0o755)
    }
}
