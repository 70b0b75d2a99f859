import Bundling
import Collecting
import Foundation
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// A repository has a tree, its bundle and the map that restores it, whatever becomes of a run.
@Suite struct PublishTests {
    private let folder: TemporaryFolder
    private let repository: GitFolder
    private let identity = AgeIdentity.generate()
    private let signer: MinisignSigner

    init() throws {
        folder = try TemporaryFolder()
        repository = try GitFolder()
        try repository.commit()
        signer = MinisignSigner(SecretKey.generate())
        try write(password: "7f3a9c2e5b8d1046")
    }

    private func write(password: String) throws {
        try folder.write("PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=\(password)\n", to: "private/.env")
    }

    private var map: SealedMapFile {
        SealedMapFile(path: FilePath(folder.path + "/private.map"), identities: [identity])
    }

    private func publish(signers: [any BundleSigner]) throws {
        let scan = try Scan(fingerprintKey: FingerprintKey())
        var workflow = Publish(
            repository: FilePath(repository.path),
            name: "demo",
            released: 0,
            environment: GitFolder.environment,
            sanitize: Sanitize(
                source: FilePath(folder.path + "/private"),
                output: FilePath(repository.path),
                map: map,
                scan: scan
            ),
            scan: scan
        )
        workflow.commits = false
        _ = try workflow.apply(workflow.prepare(), signers: signers, time: 0)
        try repository.commit()
    }

    private func restored() throws -> String {
        let output = FilePath(folder.path + "/restored")
        let restore = Restore(tree: FilePath(repository.path + "/deployment"), map: map, output: output)
        _ = try restore.apply(restore.prepare())
        defer { try? FileManager.default.removeItem(atPath: output.string) }
        return String(decoding: try folder.read("restored/.env"), as: UTF8.self)
    }

    private func maps() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("private.map") }
    }

    @Test func aSignerThatRefusesLeavesTheMapOfTheTreeThatStands() throws {
        try publish(signers: [signer])
        let first = try restored()
        try write(password: "0b8e6d4c2a1f3957")
        // A password that changes alone changes nothing of what is published.
        try folder.write("nothing to see\n", to: "private/notes.txt")
        #expect(throws: FailingSigner.Refusal.self) { try publish(signers: [signer, FailingSigner()]) }
        #expect(try restored() == first)
        #expect(try maps() == ["private.map"])
        try publish(signers: [signer])
        #expect(try restored().contains("0b8e6d4c2a1f3957"))
        #expect(try maps() == ["private.map"])
    }

    @Test func changesOfTheUserLeaveTheMapOfTheTreeThatStands() throws {
        try publish(signers: [signer])
        let before = try Deployment.contents(ofFile: map.path, atMost: .max)
        try write(password: "0b8e6d4c2a1f3957")
        let edited = "deployment/.env"
        let text = try repository.folder.read(edited)
        try repository.folder.write(text + Array("# mine\n".utf8), to: edited)
        #expect(throws: KitError(.refused, "")) { try publish(signers: [signer]) }
        #expect(try Deployment.contents(ofFile: map.path, atMost: .max) == before)
        #expect(try maps() == ["private.map"])
        try repository.folder.write(text, to: edited)
        #expect(try restored().contains("7f3a9c2e5b8d1046"))
    }
}
