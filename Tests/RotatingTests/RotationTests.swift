import Collecting
import Detecting
import Documents
import Foundation
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import Rotating

@Suite struct RotationTests {
    private let tree = SampleTree.standard

    private func apply(
        _ plan: RotationPlan,
        in folder: TemporaryFolder,
        gate: @escaping FileTransaction.Gate = { _ in }
    ) throws -> Receipt {
        var generator = SeededGenerator(seed: 7)
        let transaction = FileTransaction(root: folder.root, gate: gate)
        return try plan.apply(
            in: transaction,
            at: folder.root,
            generation: 3,
            time: "2026-11-22T10:00:00Z",
            using: &generator
        )
    }

    @Test func writesWhatWasPlanned() throws {
        let folder = try TemporaryFolder(tree.files)
        let plan = try tree.plan()
        let receipt = try apply(plan, in: folder)
        #expect(try folder.texts() == tree.replacing(plan).files)
        #expect(receipt.generation == 3)
        #expect(receipt.time == "2026-11-22T10:00:00Z")
        #expect(receipt.secrets.map(\.names) == plan.secrets.map(\.names))
        #expect(receipt.secrets.map(\.count) == [3, 6, 3, 3])
        #expect(receipt.steps == plan.steps)
    }

    @Test func environmentFilesBecomeTheOwnersAlone() throws {
        let folder = try TemporaryFolder(tree.files)
        for path in [".env", "cfg/jvb.conf"] { try folder.setMode(0o644, of: path) }
        try folder.setMode(0o600, of: "NOTES.md")
        let receipt = try apply(tree.plan(), in: folder)
        #expect(try folder.mode(of: ".env") == 0o600)
        #expect(try folder.mode(of: "cfg/jvb.conf") == 0o644)
        let exposed = receipt.warnings.last ?? ""
        #expect(exposed.hasPrefix("other users of the machine can read these files with secrets: "))
        #expect(exposed.contains(" cfg/jvb.conf,") && !exposed.contains(".env") && !exposed.contains("NOTES.md"))
    }

    @Test func allFilesBecomeTheOwnersAloneWhereAskedFor() throws {
        let folder = try TemporaryFolder(tree.files)
        let plan = try tree.plan(RotationOptions(restrictsAllFiles: true))
        for path in plan.paths { try folder.setMode(0o644, of: path) }
        let receipt = try apply(plan, in: folder)
        for path in plan.paths { #expect(try folder.mode(of: path) == 0o600) }
        #expect(!receipt.warnings.contains { $0.contains("other users") })
    }

    @Test func aFileThatChangedSinceItWasReadStopsTheRotation() throws {
        let folder = try TemporaryFolder(tree.files)
        let plan = try tree.plan()
        try folder.write("mine\n", to: "NOTES.md")
        let before = try folder.contents()
        #expect(throws: FileTransactionError(.changed, "")) { try apply(plan, in: folder) }
        #expect(try folder.contents() == before)
    }

    @Test func stoppedAnywhereNoStateMixesOldAndFresh() throws {
        let plan = try tree.plan()
        let fresh = try tree.applying(plan).files
        var stops = 0
        while true {
            let folder = try TemporaryFolder(tree.files)
            var passed = 0
            let receipt = try? apply(plan, in: folder) { _ throws(Errno) in
                defer { passed += 1 }
                if passed >= stops { throw .ioError }
            }
            guard receipt == nil else { break }
            _ = try FileTransaction(root: folder.root).recover()
            let texts = try folder.texts()
            #expect(texts == tree.files || texts == fresh, "stopped at \(stops)")
            stops += 1
        }
        #expect(stops > 60)
    }

    @Test func manyRotationsInARowLeaveNothingBehind() throws {
        var tree = tree
        let folder = try TemporaryFolder(tree.files)
        let sizes = tree.files.mapValues(\.utf8.count)
        for _ in 0..<50 {
            let plan = try RotationPlan(for: tree.documents(), catalogue: .jitsi(), random: .system)
            _ = try apply(plan, in: folder)
            tree.files = try folder.texts()
        }
        #expect(tree.files.mapValues(\.utf8.count) == sizes)
        for secret in [SampleTree.jvb, SampleTree.jicofo, SampleTree.turn] {
            #expect(tree.files.filter { $0.value.contains(secret) }.keys.allSatisfy { StrayCopy(path: $0) != nil })
        }
    }

    @Test func neitherTheReceiptNorItsJSONShowsAValue() throws {
        let tree = tree.with("copy.bak", SampleTree.secrets.joined(separator: "\n"))
        let folder = try TemporaryFolder(tree.files)
        let plan = try tree.plan()
        let receipt = try apply(plan, in: folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let json = String(decoding: try encoder.encode(receipt), as: UTF8.self)
        for text in [receipt.description, String(reflecting: receipt), json] {
            #expect(text.contains("JVB_AUTH_PASSWORD") && text.contains("docker compose up -d"))
            for value in SampleTree.secrets + plan.secrets.map({ String(decoding: $0.fresh.bytes, as: UTF8.self) }) {
                #expect(!text.contains(value) && !text.contains(SampleTree.base64(value)))
            }
        }
        #expect(try JSONDecoder().decode(Receipt.self, from: Data(json.utf8)) == receipt)
    }

    @Test func theReceiptReadsWell() throws {
        let tree = SampleTree(files: [
            ".env": "JITSI_IMAGE_VERSION=stable-9823\nJICOFO_COMPONENT_SECRET=s3cr37\nLDAP_BINDPW=Kestrel & 7 herons\n",
            ".env.bak": "JICOFO_COMPONENT_SECRET=s3cr37\n",
        ])
        let folder = try TemporaryFolder(tree.files)
        let receipt = try apply(tree.plan(), in: folder)
        #expect(
            receipt.description == """
                rotation 3, 2026-11-22T10:00:00Z
                  JICOFO_COMPONENT_SECRET: new value in 1 place
                    .env: 1
                    note: a well-known default value
                    note: the value is a common word, so it is replaced only in known settings: check other places yourself
                  LDAP_BINDPW: not rotated; the LDAP directory must change it too: change the password of LDAP_BINDDN there; \
                then rotate it by name
                warning: .env.bak is an old copy with 1 secret, from before or still in use: remove the file
                still to be done:
                  1. Recreate the containers, in this order: prosody, jicofo. `up -d` does so on one machine; `restart` does \
                not, since a container keeps the environment it was created with. With several machines, do one after the \
                other, and recreate machines that get their containers from a template. Recreating Prosody ends every \
                session that logged in with an old password, and all running meetings.
                       docker compose up -d
                  2. Check that every component logged in with its fresh secret; one that logs not-authorized has the old \
                one.
                       docker compose logs --since 5m
                """
        )
    }
}

/// A whole rotation of the invented deployment that lies in `fixtures`, against the list of what was planted in it.
@Suite struct FixtureRotationTests {
    private struct Planted: Decodable {
        struct Value: Decodable {
            var value: String
            var name: String
            var places: [Place]
        }
        struct Place: Decodable {
            var path: String
            var encoding: String
        }
        var values: [Value]
    }

    /// The planted names of what a rotation changes by itself.
    private static let rotated = [
        "jicofo_auth_password": "JICOFO_AUTH_PASSWORD", "jvb_auth_password": "JVB_AUTH_PASSWORD",
        "jigasi_xmpp_password": "JIGASI_XMPP_PASSWORD", "jigasi_transcriber_password": "JIGASI_TRANSCRIBER_PASSWORD",
        "jibri_xmpp_password": "JIBRI_XMPP_PASSWORD", "jibri_recorder_password": "JIBRI_RECORDER_PASSWORD",
        "component_secret": "JICOFO_COMPONENT_SECRET", "turn_secret": "TURN_CREDENTIALS",
        "web_and_turn_password": "TURN_PASSWORD",
    ]

    private func planted() throws -> Planted {
        let data = try Data(contentsOf: URL(fileURLWithPath: Repository.fixture + ".planted.json"))
        return try JSONDecoder().decode(Planted.self, from: data)
    }

    private func documents(in folder: TemporaryFolder) throws -> [Document] {
        let deployment = try Deployment(root: folder.root)
        return try deployment.entries.compactMap { entry in
            guard case .file = entry.content else { return nil }
            return try Document(path: entry.path, bytes: deployment.contents(of: entry.path), format: nil)
        }
    }

    @Test func everyPlantedPlaceChangesAndNothingElse() throws {
        let folder = try TemporaryFolder(copying: Repository.fixture)
        let before = try folder.contents()
        let plan = try RotationPlan(for: documents(in: folder), catalogue: .jitsi(), random: .counting)
        var generator = SeededGenerator(seed: 7)
        let receipt = try plan.apply(at: folder.root, generation: 1, time: "then", using: &generator)
        let after = try folder.contents()

        #expect(Set(plan.secrets.flatMap(\.names)) == Set(Self.rotated.values))
        #expect(Set(after.keys) == Set(before.keys))
        #expect(Set(before.keys.filter { before[$0] != after[$0] }) == Set(plan.paths))
        // Putting the old values back where the fresh ones stand gives every byte back.
        for change in plan.changes {
            let path = change.before.path
            let written = try change.before.applying(change.edits)
            #expect(after[path] == written.bytes)
            let undo = try zip(change.edits, written.locations).map { edit, location in
                Edit(location, replacement: try change.before.value(at: edit.location))
            }
            #expect(try Edit.apply(undo, to: written.bytes).bytes == before[path], "\(path)")
        }

        for value in try planted().values {
            guard let name = Self.rotated[value.name] else { continue }
            let secret = try #require(receipt.secrets.first { $0.names.contains(name) })
            let paths = Set(value.places.map(\.path)).filter { StrayCopy(path: $0) == nil }
            #expect(Set(secret.places.map(\.path)) == paths, "\(name)")
            #expect(secret.count == value.places.count { StrayCopy(path: $0.path) == nil }, "\(name)")
        }
    }

    @Test func reportsTheCopiesAndTheAccounts() throws {
        let folder = try TemporaryFolder(copying: Repository.fixture)
        let plan = try RotationPlan(for: documents(in: folder), catalogue: .jitsi(), random: .counting)
        let copies = plan.warnings.filter { if case .secretsRemain = $0 { true } else { false } }
        #expect(copies.flatMap(\.paths) == [".bash_history", "docker-jitsi-meet/.env.bak"])
        #expect(
            Set(plan.kept.map(\.setting.name)).isSuperset(of: ["LDAP_BINDPW", "JIGASI_SIP_PASSWORD", "JWT_APP_SECRET"])
        )
    }

    @Test func nothingThatIsShownHoldsAPlantedSecret() throws {
        let folder = try TemporaryFolder(copying: Repository.fixture)
        let plan = try RotationPlan(for: documents(in: folder), catalogue: .jitsi(), random: .counting)
        var generator = SeededGenerator(seed: 7)
        let receipt = try plan.apply(at: folder.root, generation: 1, time: "then", using: &generator)
        let secrets = try planted().values.filter { $0.name.contains("password") || $0.name.contains("secret") }
        #expect(secrets.count > 10)
        for text in [plan.description, receipt.description] {
            for secret in secrets { #expect(!text.contains(secret.value), "\(secret.name)") }
        }
    }
}
