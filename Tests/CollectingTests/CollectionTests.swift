import Collecting
import Foundation
import SystemPackage
import TestKit
import Testing

@Suite struct CollectionTests {
    @Test func readsSources() {
        #expect(Source("docker:meet") == .docker(project: "meet"))
        #expect(Source("gcp:wren-1") == .googleCloud(project: "wren-1"))
        #expect(Source("some/folder") == .folder("some/folder"))
    }

    @Test func copiesPrivatelyAndRecordsWhereFrom() throws {
        let parent = try TemporaryFolder()
        try parent.write("A=1", to: "source/.env")
        try parent.write("#!/bin/sh", to: "source/run.sh")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: parent.path + "/source/run.sh"
        )
        try FileManager.default.createSymbolicLink(atPath: parent.path + "/source/in", withDestinationPath: ".env")
        try FileManager.default.createSymbolicLink(
            atPath: parent.path + "/source/out",
            withDestinationPath: "/nonexistent"
        )
        let source = FilePath(parent.path + "/source")
        let collection = try Collection(of: Deployment(root: source))
        #expect(collection.entries.map(\.path) == [".env", "in", "run.sh"])
        #expect(collection.outwardLinks == ["out"])
        let folder = try OutputFolder(at: FilePath(parent.path + "/copy"), outside: [source], replacing: false)
        for entry in collection.entries { try collection.copy(entry, to: folder) }
        try collection.writeRecord(to: folder)
        try folder.commit()
        #expect(try parent.permissions(of: "copy/.env") == 0o600)
        #expect(try parent.permissions(of: "copy/run.sh") == 0o700)
        #expect(try parent.read("copy/.env") == Array("A=1".utf8))
        let record = try JSONSerialization.jsonObject(with: Data(parent.read("copy/deployment.json"))) as? [String: Any]
        #expect((record?["parts"] as? [[String: String]])?.map { $0["path"] } == [".env", "in", "run.sh"])
        #expect((record?["leftOut"] as? [[String: String]])?.map { $0["path"] } == ["out"])
        let again = #expect(throws: CollectingError.self) {
            try Collection(of: Deployment(root: FilePath(parent.path + "/copy")))
        }
        #expect(again?.code == .alreadyCollected)
    }
}
