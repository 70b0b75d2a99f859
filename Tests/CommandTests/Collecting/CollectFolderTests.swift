import Foundation
import TestKit
import Testing

@Suite struct CollectFolderTests {
    /// Somebody who may not read everything; root may, and so becomes nobody first.
    private static let asSomebody =
        geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent " : ""

    @Test func whatCannotBeReadIsToldAndTheRestIsCollected() throws {
        let place = try TemporaryFolder()
        try place.write("A=1\n", to: "deployment/.env")
        try place.write("B=2\n", to: "deployment/secret.env")
        try place.write("C=3\n", to: "deployment/closed/inner.env")
        try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
        let modes = ["deployment/secret.env": 0, "deployment/closed": 0, "out": 0o777, "": 0o755, "deployment": 0o755]
        for (path, mode) in modes {
            try FileManager.default.setAttributes(
                [.posixPermissions: mode],
                ofItemAtPath: path.isEmpty ? place.path : "\(place.path)/\(path)"
            )
        }
        defer {
            try? FileManager.default.setAttributes(
                [.posixPermissions: 0o700],
                ofItemAtPath: place.path + "/deployment/closed"
            )
        }
        let tool = Tool(folder: place.path, environment: ["SOURCE_DATE_EPOCH": "1767225600"])
        // The program itself may lie where nobody else gets.
        let copy = place.path + "/out/scrubjay"
        #expect(try tool.shell("cp '\(Tool.products)/scrubjay' '\(copy)' && chmod 755 '\(copy)'").status == 0)
        let run = try tool.shell(Self.asSomebody + "'\(copy)' collect deployment --output out/copy")
        #expect(run.status == 2, Comment(rawValue: run.said))
        let closed = "not read: closed (cannot be read: Permission denied)\n"
        #expect(run.said.contains(closed), Comment(rawValue: run.said))
        #expect(run.said.contains("not read: secret.env\n"), Comment(rawValue: run.said))
        #expect(try place.read("out/copy/.env") == Array("A=1\n".utf8))
        let record = String(decoding: try place.read("out/copy/deployment.json"), as: UTF8.self)
        #expect(record.components(separatedBy: "\"reason\": \"cannot be read").count == 3)
    }

    @Test func refusesAGitWorkTreeBeforeItReads() throws {
        let place = try TemporaryFolder()
        let tool = Tool(folder: place.path, environment: ["PATH": Tool.products + ":/usr/bin:/bin"])
        #expect(try tool.shell("git init -q .").status == 0)
        // Neither is there, which whoever reads first would say.
        for source in ["docker:nothing", "gcp:nothing", "nowhere"] {
            let run = try tool.shell("PATH='\(Tool.products)':/usr/bin:/bin scrubjay collect \(source) --output out")
            #expect(run.status == 2)
            #expect(run.said.contains("it would be in a git work tree"), Comment(rawValue: run.said))
        }
    }
}
