import Foundation
import TestKit
import Testing

/// What nobody hands in on purpose, and somebody will: each has a clear sentence or a stated treatment, and the right
/// status.
@Suite struct BadInputTests {
    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path)
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/.env")
    }

    private func scan() throws -> Tool.Run { try tool("scan", "d") }
    private func sanitize() throws -> Tool.Run { try tool("sanitize", "d", "--output", "clean") }

    @Test(arguments: [false, true])
    func whatCannotBeReadIsNamedAndTheRestIsScanned(isFolder: Bool) throws {
        try folder.write("x", to: isFolder ? "d/closed/x" : "d/closed")
        try #require(chmod(folder.path + "/d/closed", 0) == 0)
        // Root reads everything; the tests may run as root, the tool then does not.
        try #require(chmod(folder.path, 0o755) == 0)
        let open = folder.path + "/open"
        try FileManager.default.createDirectory(atPath: open, withIntermediateDirectories: true)
        try #require(chmod(open, 0o777) == 0)
        let line =
            "scan d | head -n 1; \"\(Tool.products)/scrubjay\" scan d >/dev/null; echo scan $?; \"\(Tool.products)/scrubjay\" sanitize d --output open/never; echo sanitize $?"
        let command = "\"\(Tool.products)/scrubjay\" \(line)"
        let run =
            getuid() == 0
            ? try tool.shell("setpriv --reuid 65534 --clear-groups sh -c '\(command)'") : try tool.shell(command)
        #expect(run.text == ".env\nscan 2\nsanitize 2\n", "\(run.said)")
        #expect(run.said.contains("not read: closed: cannot be read: Permission denied"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: open).isEmpty)
    }

    @Test func malformedYAMLIsReadLineByLineAndNoted() throws {
        try folder.write("a: [1, 2\nJVB_AUTH_PASSWORD: 0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/broken.yaml")
        let run = try sanitize()
        #expect(run.status == 0)
        #expect(run.said.contains("note: broken.yaml:"))
        let written = try folder.read("clean/broken.yaml")
        #expect(String(decoding: written, as: UTF8.self) == "a: [1, 2\nJVB_AUTH_PASSWORD: REPLACE-jvb-auth-password\n")
    }

    @Test func anEmptyFileStaysEmpty() throws {
        try folder.write("", to: "d/empty")
        #expect(try sanitize().status == 0)
        #expect(try folder.read("clean/empty").isEmpty)
    }

    @Test func aFileOfAHundredMegabytes() throws {
        let line = Array("# nothing but words here, and many of them, one line after the other\n".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(100_000_000)
        while bytes.count < 100_000_000 { bytes += line }
        bytes += Array("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n".utf8)
        try folder.write(bytes, to: "d/large.conf")
        let run = try scan()
        #expect(run.status == 1)
        #expect(run.text.contains("large.conf\n") && run.said.contains("95.3 MiB"), "\(run.said)")
    }

    @Test func aFileThatIsNotUTF8() throws {
        try folder.write(
            Array("name=M".utf8) + [0xFC] + Array("ller\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n".utf8),
            to: "d/latin1.conf"
        )
        let run = try sanitize()
        #expect(run.status == 0, "\(run.said)")
        #expect(
            try folder.read("clean/latin1.conf") == Array("name=M".utf8) + [0xFC]
                + Array("ller\nJVB_AUTH_PASSWORD=REPLACE-jvb-auth-password\n".utf8)
        )
    }

    @Test func aNameWithANewline() throws {
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/two\nlines.env")
        let run = try scan()
        #expect(run.status == 1)
        #expect(run.text.contains("two\\nlines.env"))
        #expect(try sanitize().status == 0)
        #expect(try folder.files().contains("clean/two\nlines.env"))
        _ = try tool("keygen", "--output", "k", "--no-password")
        let bundle = try tool("bundle", "clean", "--output", "b.tar.gz", "--key", "k.key")
        #expect(bundle.status == 2)
        #expect(!bundle.said.contains("two\nlines"))
    }

    @Test func aLoopOfLinksAndASocket() throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/loop", withDestinationPath: "loop")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/up", withDestinationPath: "..")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/d/env", withDestinationPath: ".env")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/d/meet.wren.test",
            withDestinationPath: "/nonexistent/nginx"
        )
        try folder.write("PUBLIC_URL=https://meet.wren.test\n", to: "d/web.env")
        try #require(mkfifo(folder.path + "/d/pipe", 0o600) == 0)
        let run = try scan()
        #expect(run.status == 1)
        #expect(run.said.contains("skipped: pipe (a named pipe)"))
        #expect(run.said.contains("skipped: loop (a symbolic link, not followed)"))
        let sanitized = try sanitize()
        #expect(sanitized.status == 0, "\(sanitized.said)")
        #expect(sanitized.said.contains("left out: pipe (a named pipe)"))
        #expect(sanitized.said.contains("left out: up ("))
        #expect(sanitized.said.contains("left out: meet.example.org ("))
        #expect(sanitized.said.contains("note: env: a symbolic link, written as a copy of its target"))
        #expect(try folder.read("clean/env") == folder.read("clean/.env"))
        #expect(try folder.read("clean/env") == Array("JVB_AUTH_PASSWORD=REPLACE-jvb-auth-password\n".utf8))
    }

    @Test func aBinaryFileIsLeftOutAndSaid() throws {
        try folder.write([0, 1, 2, 0xFF, 0], to: "d/image.bin")
        let run = try sanitize()
        #expect(run.status == 0)
        #expect(run.said.contains("left out: image.bin (a binary file, which cannot be sanitized)"))
        #expect(try !folder.files().contains("clean/image.bin"))
    }

    @Test func aFullDiskLeavesNothing() throws {
        // A file may grow to 1 or 2 KiB, whatever the shell counts in; what is said fits into that.
        try folder.write(String(repeating: "# words\n", count: 4096), to: "d/long.conf")
        let run = try tool.shell("ulimit -f 2; trap '' XFSZ; scrubjay sanitize d --output clean")
        #expect(run.status == 2, "\(run.said)")
        #expect(run.said.contains("cannot be written"))
        #expect(try folder.files() == ["d/.env", "d/long.conf"])
    }

    @Test func anInterruptLeavesNothing() throws {
        for number in 0..<400 {
            try folder.write("A=\(number)\nPUBLIC_URL=https://meet.wren.test\n", to: "d/\(number).env")
        }
        let run = try tool.shell(
            "scrubjay sanitize d --output clean & pid=$!; sleep 0.4; kill -INT $pid; wait $pid; echo $?"
        )
        // The signal may come before the first file or after the last.
        #expect(["130\n", "0\n"].contains(run.text), "\(run.text)\(run.said)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!names.contains { $0.contains("partial") })
        #expect(names.contains("clean") == (run.text == "0\n"))
    }

    @Test func aPipeThatNobodyReads() throws {
        for number in 0..<50 {
            try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/\(number).env")
        }
        let run = try tool.shell("scrubjay scan d | head -n 1")
        #expect(run.text == ".env\n")
        #expect(!run.said.contains("rror"))
    }
}
