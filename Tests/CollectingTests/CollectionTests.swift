import Collecting
import Foundation
import Sodium
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
        let collection = try CollectionPlan(of: Deployment(root: source))
        #expect(collection.items.map(\.path) == [".env", "in", "run.sh"])
        #expect(collection.leftOut.map(\.path) == ["out"])
        let folder = try OutputFolder(at: FilePath(parent.path + "/copy"), outside: [source], replacing: false)
        var digests: [String: Digest] = [:]
        for item in collection.items { digests[item.path] = try collection.copy(item, to: folder) }
        try collection.record(digests: digests, time: 1_767_225_600).write(to: folder)
        try folder.commit(isPrivate: true)
        #expect(try parent.permissions(of: "copy") == 0o700)
        #expect(try parent.permissions(of: "copy/.env") == 0o600)
        #expect(try parent.permissions(of: "copy/run.sh") == 0o700)
        #expect(try parent.read("copy/.env") == Array("A=1".utf8))
        let record = try CollectionRecord(parsing: parent.read("copy/deployment.json"))
        #expect(record.parts.map(\.path) == [".env", "in", "run.sh"])
        #expect(record.parts.map { $0.digest != nil } == [true, false, true])
        #expect(record.leftOut.map(\.path) == ["out"])
        #expect(record.time == 1_767_225_600)
        let again = #expect(throws: CollectingError.self) {
            try CollectionPlan(of: Deployment(root: FilePath(parent.path + "/copy")))
        }
        #expect(again?.code == .alreadyCollected)
    }
}
