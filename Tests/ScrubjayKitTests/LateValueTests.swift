import Detecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Values that a scan sees only when others have been replaced.
@Suite struct LateValueTests {
    private static let password = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A rule of the owner.
    private static func rule(_ pattern: String, kind: String = "password", anchor: String = "REPLACE-") -> String {
        """
        rules:
          - id: behind-a-stand-in
            kind: \(kind)
            confidence: high
            summary: what stands behind a stand-in
            anchors: [\(anchor)]
            pattern: '\(pattern)'

        """
    }

    private func path(_ name: String) -> FilePath { FilePath(folder.path + "/" + name) }

    private func workflow(_ policy: String, map: SealedMapFile? = nil) throws -> Sanitize {
        try folder.write(policy, to: "d/" + PolicyFile.name)
        return Sanitize(
            source: path("d"),
            output: path("clean"),
            map: map,
            scan: try Scan(fingerprintKey: FingerprintKey(), policy: PolicyFile(of: path("d")))
        )
    }

    private func clean(_ name: String) throws -> String {
        String(decoding: try folder.read("clean/" + name), as: UTF8.self)
    }

    /// A word of the owner is replaced in a domain that the owner keeps, and what is left of the domain stays.
    @Test(arguments: ["wren.test", "meet.wren.test"]) func aWordInAKeptDomainIsReplaced(domain: String) throws {
        let lines = (0..<20_000).map { "URL_\($0)=https://meet.wren.test/\($0)\n" }.joined()
        try folder.write("PUBLIC_URL=https://meet.wren.test\n" + lines, to: "d/.env")
        let workflow = try workflow("sensitive: [wren]\nkeep:\n  domains: [\(domain)]\n")
        let outcome = try workflow.apply(workflow.prepare())
        #expect(try clean(".env").hasPrefix("PUBLIC_URL=https://meet.user1.test\nURL_0=https://meet.user1.test/0\n"))
        #expect(outcome.parameters.kept == [.domain(domain.replacing("wren", with: "user1"))])
        #expect(outcome.parameters.parameters.map(\.standIn) == ["user1"])
    }

    @Test func isTakenInAndReplacedEverywhere() throws {
        try folder.write("JVB_AUTH_PASSWORD=\(Self.password)\n", to: "d/.env")
        try folder.write("it was \(Self.password) gannetcliff\n", to: "d/a.txt")
        try folder.write("the other one is gannetcliff, of course\n", to: "d/gannetcliff.txt")
        let map = SealedMapFile(path: path("d.map"), identities: [AgeIdentity.generate()])
        let workflow = try workflow(Self.rule(#"REPLACE-[a-z-]+ (?<value>[a-z]{11})\b"#), map: map)
        let outcome = try workflow.apply(workflow.prepare())
        #expect(outcome.lateValues == 1)
        #expect(outcome.preparation.plan.replacementCount == 5)
        #expect(try clean("a.txt") == "it was REPLACE-jvb-auth-password REPLACE-password\n")
        #expect(try clean("REPLACE-password.txt") == "the other one is REPLACE-password, of course\n")
        // The proof looks for it as for any other value.
        #expect(outcome.proof.values == outcome.preparation.plan.values.count)
        #expect(outcome.preparation.plan.values.contains { $0.bytes == Array("gannetcliff".utf8) })
        let restore = Restore(tree: path("clean"), map: map, output: path("back"))
        _ = try restore.apply(restore.prepare())
        for name in ["a.txt", "gannetcliff.txt"] {
            #expect(try folder.read("back/" + name) == folder.read("d/" + name))
        }
    }

    /// What an earlier round has written under another name is not there any more, nor is its folder.
    @Test func aFolderThatIsCalledSoIsGone() throws {
        try folder.write("JVB_AUTH_PASSWORD=\(Self.password)\n", to: "d/.env")
        try folder.write("it was \(Self.password) gannetcliff\n", to: "d/a.txt")
        try folder.write("nothing\n", to: "d/gannetcliff/deep/b.txt")
        try folder.write("nothing\n", to: "d/plain/c.txt")
        let workflow = try workflow(Self.rule(#"REPLACE-[a-z-]+ (?<value>[a-z]{11})\b"#))
        #expect(try workflow.apply(workflow.prepare()).lateValues == 1)
        let folders = try FileManager.default.contentsOfDirectory(atPath: path("clean").string).sorted()
        #expect(folders == [".env", "REPLACE-password", "a.txt", "parameters.json", "plain"])
        #expect(try clean("REPLACE-password/deep/b.txt") == "nothing\n")
    }

    @Test func severalRoundsAreMadeAndNotTooMany() throws {
        let words = ["gannetcliff", "herringgull", "kittiwakeer", "razorbilled", "guillemotte", "cormorantly"]
        try folder.write("JVB_AUTH_PASSWORD=\(Self.password)\n", to: "d/.env")
        let workflow = try workflow(Self.rule(#"REPLACE-[a-z0-9-]+ (?<value>[a-z]{11})\b"#))
        for (count, settles) in [(4, true), (6, false)] {
            try folder.write("it was \(Self.password) \(words[..<count].joined(separator: " "))\n", to: "d/a.txt")
            if settles {
                #expect(try workflow.apply(workflow.prepare()).lateValues == count)
                try FileManager.default.removeItem(atPath: path("clean").string)
            } else {
                #expect(throws: SanitizingError(.found, "")) { _ = try workflow.apply(workflow.prepare()) }
                #expect(!FileManager.default.fileExists(atPath: path("clean").string))
            }
        }
    }

    /// Of a value that a stand-in is a part of, all that belongs to it in the original goes.
    @Test func aStandInInTheMiddleIsNotTakenForTheValue() throws {
        try folder.write("DOCKER_HOST_ADDRESS=241.7.8.9\n", to: "d/.env")
        try folder.write("gannet/241.7.8.9/cliff\n", to: "d/a.txt")
        let reserved = #"(?:192\.0\.2|198\.51\.100|203\.0\.113)\.[0-9]+"#
        let workflow = try workflow(Self.rule("(?<value>gannet/\(reserved)/cliff)", kind: "token", anchor: "gannet/"))
        let outcome = try workflow.apply(workflow.prepare())
        #expect(outcome.lateValues == 1)
        #expect(try clean("a.txt") == "REPLACE-token\n")
    }

    @Test func aStandInThatIsTakenForAValueIsNamed() throws {
        try folder.write("DOCKER_HOST_ADDRESS=241.7.8.9\n", to: "d/.env")
        let reserved = #"(?:192\.0\.2|198\.51\.100|203\.0\.113)\.[0-9]+"#
        let workflow = try workflow(
            Self.rule("HOST_ADDRESS=(?<value>\(reserved))", kind: "token", anchor: "HOST_ADDRESS")
        )
        let error = #expect(throws: SanitizingError(.found, "")) { _ = try workflow.apply(workflow.prepare()) }
        #expect(error?.message.contains("takes a stand-in for a value in line 1 by rule behind-a-stand-in") == true)
        #expect(!FileManager.default.fileExists(atPath: path("clean").string))
    }

    /// A word that is a secret in one file is a variable in another, whose program stays as it is.
    @Test func aVariableNamedLikeASecretStays() throws {
        try folder.write("ENCRYPTION_KEY=connwren\n", to: "d/.env")
        let program = "connwren = Connection(\n    'tern42.gannetcliff.net',\n    port=80)\n"
        try folder.write(program, to: "d/a.py")
        let workflow = try workflow("exclude: []\n")
        let outcome = try workflow.apply(workflow.prepare())
        #expect(outcome.lateValues == 0)
        #expect(try clean(".env") == "ENCRYPTION_KEY=REPLACE-encryption-key\n")
        #expect(try clean("a.py").hasPrefix("connwren = Connection(\n    '"))
    }
}
