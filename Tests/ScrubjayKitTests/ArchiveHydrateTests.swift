import Archive
import Bundling
import Collecting
import Foundation
import Rotating
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Archives of a deployment on the way back: filled in, compared, and looked into by a rotation.
@Suite struct ArchiveHydrateTests {
    private static let password = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    private static let settings = "PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=\(password)\n"

    private let folder: TemporaryFolder
    private let scan: Scan

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
        try folder.write(Self.settings, to: "d/.env")
        try folder.write(Self.settings, to: "etc/meet.wren.test.env")
        try folder.write("nothing in here\n", to: "etc/plain.txt")
        // What is packed here has owners and times, which the sanitized archive has not.
        try folder.shell(
            "mkdir -p d/old && tar -czf etc/inner.tgz -C etc meet.wren.test.env && tar -cjf d/old/etc.tbz2 etc"
        )
        try folder.shell("gzip -c etc/meet.wren.test.env > d/old/env.gz && tar -cf d/old/plain.tar -C etc plain.txt")
    }

    private func path(_ name: String) -> FilePath { FilePath("\(folder.path)/\(name)") }

    /// The deployment in a folder, packed.
    private func bundle(_ name: String, editing edit: () throws -> Void = {}) throws -> Hydrate {
        try Hydrate(packing: folder, name, scan: scan, editing: edit)
    }

    private func hydrate(
        _ workflow: Hydrate,
        domain: String = "wren.test",
        password: String = Self.password
    ) throws -> VerifiedBundle {
        let opened = try workflow.open()
        let plan = try Hydration(of: opened).plan(values: [
            "public_domain": Array(domain.utf8), "jvb_auth_password": Array(password.utf8),
        ])
        _ = try workflow.apply(plan, of: opened)
        return opened
    }

    /// The archive as 'sanitize' would pack it if it had nothing to replace.
    private func packedAgain(_ name: String) throws -> [UInt8] {
        var archive = try #require(try OpenedArchive(folder.read(name)))
        archive.members = try archive.members.map { member in
            var member = member
            if ForeignArchive.begins(member.bytes) {
                member.bytes = try #require(try OpenedArchive(member.bytes)).packed()
            }
            return member
        }
        return try archive.packed()
    }

    // MARK: - Filling in

    @Test func theOriginalValuesGiveTheOriginalFiles() throws {
        _ = try hydrate(bundle("d"))
        #expect(try folder.read("mine/.env") == Array(Self.settings.utf8))
        for name in ["old/etc.tbz2", "old/env.gz", "old/plain.tar"] {
            let expected = try packedAgain("d/" + name)
            #expect(try folder.read("mine/" + name) == expected, "\(name)")
        }
    }

    @Test func otherValuesStandInArchivesAndInTheirNames() throws {
        _ = try hydrate(bundle("d"), domain: "finch.test", password: "kelp-otter-boat-7")
        let archive = try #require(try OpenedArchive(folder.read("mine/old/etc.tbz2")))
        #expect(archive.members.map(\.path) == ["etc/inner.tgz", "etc/meet.finch.test.env", "etc/plain.txt"])
        let inner = try #require(try OpenedArchive(archive.members[0].bytes))
        #expect(inner.members.map(\.path) == ["meet.finch.test.env"])
        let filled = "PUBLIC_URL=https://meet.finch.test\nJVB_AUTH_PASSWORD=kelp-otter-boat-7\n"
        #expect(archive.members[1].bytes == Array(filled.utf8) && inner.members[0].bytes == Array(filled.utf8))
        let mode = try Deployment.permissions(of: path("mine/old/etc.tbz2"))
        #expect(mode == 0o600, "an archive with a secret is its owner's alone")
        #expect(try Deployment.permissions(of: path("mine/old/plain.tar")) & 0o044 != 0)
    }

    @Test func anEditedArchiveIsFollowed() throws {
        let workflow = try bundle("d") {
            // A comment before the stand-ins moves them.
            var archive = try #require(try OpenedArchive(folder.read("d-clean/old/etc.tbz2")))
            archive.members[1].bytes = Array("# mine\n".utf8) + archive.members[1].bytes
            try Data(archive.packed()).write(to: URL(fileURLWithPath: folder.path + "/d-clean/old/etc.tbz2"))
        }
        _ = try hydrate(workflow)
        let archive = try #require(try OpenedArchive(folder.read("mine/old/etc.tbz2")))
        #expect(archive.members[1].bytes == Array(("# mine\n" + Self.settings).utf8))
    }

    @Test func anUpdateKeepsTheValuesInArchives() throws {
        _ = try hydrate(bundle("d"), domain: "finch.test", password: "kelp-otter-boat-7")
        try folder.write("new\n", to: "d/new.txt")
        let newer = try bundle("d")
        let opened = try newer.open()
        let update = try #require(try newer.update(Hydration(of: opened), of: opened, given: [:]).update)
        #expect(update.changes.map(\.path) == ["new.txt"])
    }

    @Test func aSanitizedTreeKeepsItsPlaces() throws {
        _ = try bundle("d")
        let again = Sanitize(source: path("d-clean"), output: path("again"), scan: scan)
        _ = try again.apply(again.prepare(), time: 0)
        #expect(try folder.read("again/parameters.json") == folder.read("d-clean/parameters.json"))
    }

    // MARK: - Comparing

    @Test func aDeploymentDoesNotDifferFromItsOwnBundle() throws {
        let workflow = try bundle("d")
        let drift = Drift(verify: workflow.verify)
        let opened = try drift.open()
        #expect(try drift.compare(opened, withFolder: path("d")).difference.isEmpty)
        _ = try hydrate(workflow, domain: "finch.test", password: "kelp-otter-boat-7")
        let mine = try drift.compare(opened, withFolder: path("mine")).difference
        #expect(mine.files.map(\.path) == [HydrationRecord.name] || mine.isEmpty)
    }

    @Test func aChangeInAnArchiveIsNamed() throws {
        let drift = try Drift(verify: bundle("d").verify)
        try folder.write("something in here\n", to: "etc/plain.txt")
        try folder.shell("rm etc/inner.tgz && tar -cjf d/old/etc.tbz2 etc")
        let difference = try drift.compare(drift.open(), withFolder: path("d")).difference
        #expect(difference.files.map(\.path) == ["old/etc.tbz2!/etc/inner.tgz", "old/etc.tbz2!/etc/plain.txt"])
        #expect(difference.files.map(\.kind) == [.removed, .changed])
    }

    // MARK: - Rotating

    @Test func aRotationNamesArchivesWithOldValues() throws {
        let plan = try Rotate(root: path("d"), options: RotationOptions()).plan()
        #expect(
            plan.warnings == [
                .inArchive(path: "old/env.gz", replaced: 1, others: 0),
                .inArchive(path: "old/etc.tbz2", replaced: 1, others: 0),
            ]
        )
        #expect(plan.secrets.map(\.isPublished) == [true])
    }
}
