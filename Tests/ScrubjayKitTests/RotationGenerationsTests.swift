import Collecting
import Documents
import Foundation
import Rotating
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Many rotations of one tree.
@Suite struct RotationGenerationsTests {
    @Test func aThousandRotationsLeaveNothingBehind() throws {
        let folder = try TemporaryFolder(inMemory: true)
        try folder.write("JVB_AUTH_PASSWORD=0b7e2290d4c6f41c5a83e5f1d08b96a4\nTZ=UTC\n", to: "d/.env")
        try folder.write("PASSWORD: 0b7e2290d4c6f41c5a83e5f1d08b96a4\n", to: "d/notes.txt")
        let root = FilePath(folder.path + "/d")
        let seal = try RotationSeal.ofUser(keyFile: FilePath(folder.path + "/key"))
        let workflow = Rotate(root: root, options: RotationOptions(), seal: seal)
        var sizes: Set<[Int]> = []
        var values: Set<[UInt8]> = []
        for generation in 0..<1000 {
            #expect(try workflow.generationOfFilesAlone() == (generation == 0 ? nil : generation))
            _ = try workflow.apply(workflow.plan(), time: "2026-01-31 23:59:58 UTC")
            let names = try folder.files()
            #expect(names == ["d/.env", "d/.scrubjay-rotation.age", "d/.scrubjay-rotation.json", "d/notes.txt", "key"])
            sizes.insert(try ["d/.env", "d/notes.txt", "d/.scrubjay-rotation.age"].map { try folder.read($0).count })
            values.insert(try folder.read("d/.env"))
        }
        // The number of the generation is sealed, too, and has up to four digits.
        #expect(sizes.count <= 4)
        #expect(values.count == 1000)
        let record = String(decoding: try folder.read("d/.scrubjay-rotation.json"), as: UTF8.self)
        #expect(record.contains("\"generation\": 1000,"))
        let back = try workflow.rollBack(live: nil, time: "2026-02-01 00:00:00 UTC")
        #expect(back.paths == [".env", "notes.txt"])
        #expect(try workflow.generationOfFilesAlone() == nil)
        #expect(throws: LiveError(.nothingPending, "")) { try workflow.rollBack(live: nil, time: "") }
    }

    /// A rotation makes `.env` readable by its owner alone; the way back is one for the permissions, too, unless
    /// somebody has set others since.
    @Test(arguments: [(nil, 0o644), (0o640, 0o640)] as [(UInt32?, UInt32)])
    func theWayBackRestoresPermissions(since changed: UInt32?, after expected: UInt32) throws {
        let folder = try TemporaryFolder(inMemory: true)
        try folder.write("JVB_AUTH_PASSWORD=0b7e2290d4c6f41c5a83e5f1d08b96a4\n", to: "d/.env")
        let file = folder.path + "/d/.env"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let seal = try RotationSeal.ofUser(keyFile: FilePath(folder.path + "/key"))
        let workflow = Rotate(root: FilePath(folder.path + "/d"), options: RotationOptions(), seal: seal)
        _ = try workflow.apply(workflow.plan(), time: "2026-01-31 23:59:58 UTC")
        #expect(try folder.permissions(of: "d/.env") == 0o600)
        if let changed { try FileManager.default.setAttributes([.posixPermissions: changed], ofItemAtPath: file) }
        _ = try workflow.rollBack(live: nil, time: "2026-02-01 00:00:00 UTC")
        #expect(try folder.permissions(of: "d/.env") == expected)
    }

    /// What cannot be written leaves nothing behind, not even an empty record.
    @Test func aRefusedRotationLeavesNoRecord() throws {
        let folder = try TemporaryFolder(inMemory: true)
        try folder.write("JVB_AUTH_PASSWORD=0b7e2290d4c6f41c5a83e5f1d08b96a4\n", to: "d/.env")
        let seal = try RotationSeal.ofUser(keyFile: FilePath(folder.path + "/key"))
        let workflow = Rotate(root: FilePath(folder.path + "/d"), options: RotationOptions(), seal: seal)
        let plan = try workflow.plan()
        try folder.write("JVB_AUTH_PASSWORD=somebody-else-was-faster-than-the-plan\n", to: "d/.env")
        #expect(throws: FileTransactionError.self) { try workflow.apply(plan, time: "2026-01-31 23:59:58 UTC") }
        #expect(try folder.files() == ["d/.env", "key"])
    }

    /// A TURN server accepts both secrets for as long as the deployment's credentials last, also after `--resume`.
    @Test func theOverlapIsThatOfTheDeploymentUnlessOneIsGiven() throws {
        let settings = Document(path: ".env", bytes: Array("TURN_TTL=172800\n".utf8))
        let variables = DeploymentVariables(in: [settings], catalogue: try .known())
        let none = DeploymentVariables(in: [], catalogue: try .known())
        var live = LiveOptions(
            environment: [:],
            pace: Pace(now: { .zero }, wait: { _ in }),
            clock: { 0 },
            say: { _ in }
        )
        #expect(Rotate.overlap(live, variables) == 172_800)
        #expect(Rotate.overlap(live, none) == 86_400)
        live.overlap = 60
        #expect(Rotate.overlap(live, variables) == 60)
    }
}
