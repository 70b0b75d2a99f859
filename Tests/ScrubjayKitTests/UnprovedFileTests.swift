import Collecting
import Detecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Files that cannot be proved clean, where their owner wants them left out.
@Suite struct UnprovedFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("DOCKER_HOST_ADDRESS=241.7.8.9\nDB_PASSWORD=plover-57wren\n", to: "d/.env")
        try folder.write("it runs on 241.7.8.9\n", to: "d/notes.txt")
        try folder.write("first it was gannetcliff\n", to: "d/other.txt")
    }

    private func path(_ name: String) -> FilePath { FilePath(folder.path + "/" + name) }

    private func workflow(_ policy: String = "", leavesOut: Bool = true) throws -> Sanitize {
        if !policy.isEmpty { try folder.write(policy, to: "d/" + PolicyFile.name) }
        var workflow = Sanitize(
            source: path("d"),
            output: path("clean"),
            scan: try Scan(fingerprintKey: FingerprintKey(), policy: PolicyFile(of: path("d")))
        )
        workflow.leavesOutUnproved = leavesOut
        return workflow
    }

    private func rule(_ pattern: String, anchor: String) -> String {
        """
        rules:
          - id: takes-a-stand-in
            kind: token
            confidence: high
            summary: what only a sanitized tree has
            anchors: [\(anchor)]
            pattern: '\(pattern)'

        """
    }

    private static let reserved = #"(?:192\.0\.2|198\.51\.100|203\.0\.113)\.[0-9]+"#

    @Test func oneWhoseStandInIsTakenForAValueIsLeftOutAndListed() throws {
        let policy = rule("HOST_ADDRESS=(?<value>\(Self.reserved))", anchor: "HOST_ADDRESS")
        let workflow = try workflow(policy)
        let outcome = try workflow.apply(workflow.prepare())
        let unproved = outcome.unproved
        #expect(unproved.map(\.path) == [".env"])
        let reason =
            "it could not be proved clean: a scan takes a stand-in for a value in line 1 by rule takes-a-stand-in"
        #expect(unproved.first?.reason == reason)
        #expect(outcome.parameters.omissions.contains { $0.path == ".env" && $0.reason == reason })
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean/.env"))
        #expect(String(decoding: try folder.read("clean/notes.txt"), as: UTF8.self) == "it runs on 192.0.2.1\n")
        // The proof is of what is there, and looks for what only the missing file has as well.
        #expect(outcome.proof.left == 0 && outcome.proof.files == 3)
        #expect(outcome.preparation.plan.values.contains { $0.bytes == Array("plover-57wren".utf8) })
    }

    /// A public key of OpenPGP holds its owner's address in base64; one of a package repository stays.
    @Test func aPublicKeyOfTheOwnerIsLeftOutWithoutBeingAskedFor() throws {
        func key(of name: String) -> String {
            let body = Data(([0x99, 0x01, 0x0d, 0x04] + Array(repeating: 0xb3, count: 37) + Array(name.utf8)))
            return "-----BEGIN PGP PUBLIC KEY BLOCK-----\nVersion: 2\n\n\(body.base64EncodedString())\n=aB3d\n"
                + "-----END PGP PUBLIC KEY BLOCK-----\n"
        }
        try folder.write("Write to lia.murre@wren-rocks.net\n", to: "d/notes.txt")
        try folder.write(key(of: "Lia Murre <lia.murre@wren-rocks.net>"), to: "d/keys/lia.asc")
        try folder.write(key(of: "Packages of a project"), to: "d/keys/repository.asc")
        let workflow = try workflow(leavesOut: false)
        let outcome = try workflow.apply(workflow.prepare())
        #expect(outcome.unproved.map(\.path) == ["keys/lia.asc"])
        #expect(outcome.unproved.first?.reason == "a public key, which holds its owner's name or address")
        #expect(outcome.proof.left == 0)
        #expect(try folder.read("clean/keys/repository.asc") == Array(key(of: "Packages of a project").utf8))
    }

    /// What the replacer forgets is found by the proof, and the file is not believed.
    @Test func oneInWhichAValueIsLeftIsLeftOut() throws {
        let workflow = try workflow()
        var faulty = try workflow.prepare()
        let index = try #require(faulty.plan.files.firstIndex { $0.path == "notes.txt" })
        faulty.plan.files[index].edits = []
        faulty.plan.files[index].parameterOfEdit = []
        let outcome = try workflow.apply(faulty)
        #expect(outcome.unproved.map(\.path) == ["notes.txt"])
        #expect(outcome.unproved.first?.reason.contains("a value of kind ipv4 is left in line 1") == true)
        #expect(
            try TemporaryFolder.files(in: folder.path + "/clean").sorted() == [".env", "other.txt", ParameterFile.name]
        )
    }

    @Test func oneInWhichAScanGoesOnFindingIsLeftOut() throws {
        let words = ["gannetcliff", "herringgull", "kittiwakeer", "razorbilled", "guillemotte", "cormorantly"]
        try folder.write("DB_PASSWORD=plover-57wren\n", to: "d/.env")
        try folder.write("it was plover-57wren \(words.joined(separator: " "))\n", to: "d/notes.txt")
        let policy = rule(#"REPLACE-[a-z0-9-]+ (?<value>[a-z]{11})\b"#, anchor: "REPLACE-")
        let workflow = try workflow(policy)
        let outcome = try workflow.apply(workflow.prepare())
        #expect(outcome.unproved.map(\.path) == ["notes.txt"])
        #expect(outcome.unproved.first?.reason.contains("still finds values in line 1") == true)
        // What was found in it is gone from the others.
        #expect(String(decoding: try folder.read("clean/other.txt"), as: UTF8.self) == "first it was REPLACE-token\n")
    }

    /// Without that nothing is written, and all such files are named.
    @Test func withoutThatTheyAreAllNamed() throws {
        try folder.write("DOCKER_HOST_ADDRESS=241.7.8.9\n", to: "d/second.env")
        let policy = rule("HOST_ADDRESS=(?<value>\(Self.reserved))", anchor: "HOST_ADDRESS")
        let workflow = try workflow(policy, leavesOut: false)
        let error = #expect(throws: SanitizingError(.found, "")) { _ = try workflow.apply(workflow.prepare()) }
        #expect(error?.place == ".env")
        #expect(error?.message.hasSuffix("1 more file has the same problem: second.env") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
    }

    /// A refusal for the form of a value names the rule that took it for one.
    @Test func whoseValueCannotBeReplacedNamesTheRule() throws {
        try folder.write("odd: 0x1F\n", to: "d/odd.yaml")
        let workflow = try workflow(rule(#"odd: (?<value>0x[0-9A-F]+)"#, anchor: "'odd: '"), leavesOut: false)
        let error = #expect(throws: SanitizingError.self) { try workflow.apply(workflow.prepare()) }
        #expect(error?.code == .irreplaceable && error?.place == "odd.yaml")
        #expect(error?.message.contains("in line 1 by 'REPLACE-token' (found by rule takes-a-stand-in)") == true)
    }
}
