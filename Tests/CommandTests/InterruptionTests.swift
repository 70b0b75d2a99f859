import Foundation
import TestKit
import Testing

/// A reader that goes away and a signal that comes in the middle leave nothing half done.
@Suite struct InterruptionTests {
    private static let hasStrace = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")
    /// The end of a closed terminal, of Control-C and of `kill`.
    private static let signals = ["HUP", "INT", "TERM"]

    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder(inMemory: true)
        tool = Tool(folder: folder.path)
        try folder.write("PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a6978\n", to: "private/.env")
        try folder.write("# notes of wren.test\n", to: "private/docs/notes.md")
    }

    /// What is left of what was written and not finished.
    private func leftovers() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.contains(".scrubjay-partial") }
    }

    /// Runs a command whose two outputs are pipes that nobody reads any more.
    private func unread(_ command: String) throws -> Tool.Run {
        let line = "exec 3> >(exit 0); wait $!; \(command) >&3 2>&3; echo $?"
        return try tool.run("/bin/bash", ["-c", line], input: [])
    }

    // MARK: - Readers

    @Test func aRestoreIsFinishedThoughNobodyReads() throws {
        let made = try tool.shell(
            "scrubjay keygen --age --output my && scrubjay sanitize private --output clean --identity my.identity"
        )
        try #require(made.status == 0, "\(made.said)")
        let run = try unread(
            "scrubjay restore clean --map private.scrubjay-map.age --identity my.identity --output back"
        )
        #expect(run.text == "0\n", "\(run.said)")
        #expect(try folder.read("back/.env") == folder.read("private/.env"))
        #expect(try leftovers().isEmpty)
    }

    @Test func aRotationIsFinishedThoughNobodyReads() throws {
        let run = try unread("scrubjay rotate private --force")
        #expect(run.text == "0\n", "\(run.said)")
        #expect(try !String(decoding: folder.read("private/.env"), as: UTF8.self).contains("0f1e2d3c4b5a6978"))
        #expect(try tool("rotate", "private", "--rollback").status == 0)
    }

    /// A scan has nothing to do but to be read.
    @Test func aScanEndsWithItsReader() throws {
        for number in 0..<300 {
            try folder.write("PASSWORD=7d1f7a90c25e4b88\(1000 + number)\n", to: "many/\(number).env")
        }
        let run = try unread("scrubjay scan many --format jsonl")
        #expect(run.text == "2\n", "\(run.said)")
    }

    // MARK: - Signals

    /// Runs a command to which the system sends a signal when it makes the first such call.
    private func interrupted(_ signal: String, at call: String, _ prefix: [String] = [], _ arguments: String...) throws
        -> Tool.Run
    {
        let injection = ["-e", "trace=\(call)", "-e", "inject=\(call):signal=\(signal):when=1"]
        let command = prefix + ["/usr/bin/strace", "-f", "-qq", "-o", "/dev/null"] + injection
        return try tool.run(
            "/usr/bin/env",
            ["--default-signal=\(signal)", "--"] + command + [Tool.products + "/scrubjay"] + arguments,
            input: []
        )
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"), arguments: signals)
    func anInterruptedRunLeavesNothing(signal: String) throws {
        // The first permissions that are given are those of the first file of the output.
        let run = try interrupted(signal, at: "fchmod", [], "sanitize", "private", "--output", "clean")
        #expect(run.status == 130 && run.said.contains("interrupted; nothing was written"), "\(run.status) \(run.said)")
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/clean"))
        #expect(try leftovers().isEmpty)
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"), arguments: signals)
    func aRotationThatIsInterruptedAmongItsFilesIsFinished(signal: String) throws {
        #expect(try tool("keygen", "--age", "--output", "my").status == 0)
        let run = try interrupted(
            signal,
            at: "renameat",
            [],
            "rotate",
            "private",
            "--force",
            "--identity",
            "my.identity"
        )
        #expect(run.status == 0, "\(run.status) \(run.said)")
        #expect(try !String(decoding: folder.read("private/.env"), as: UTF8.self).contains("0f1e2d3c4b5a6978"))
        #expect(try !folder.files().contains { $0.contains(".journal") })
    }

    @Test(.enabled(if: hasStrace, "strace is not installed")) func whatIsIgnoredStaysIgnored() throws {
        let run = try interrupted("HUP", at: "fchmod", ["/usr/bin/nohup"], "sanitize", "private", "--output", "clean")
        #expect(run.status == 0, "\(run.status) \(run.said)")
    }

    @Test(.enabled(if: TerminalDriver.runs, "Python is not installed"))
    func theTerminalShowsWhatIsTypedAfterControlC() throws {
        try folder.write(
            "trap : INT\nscrubjay keygen --output k\nstty -a | grep -q -- '-echo ' && echo hidden || echo shown\n",
            to: "ask"
        )
        let driver = TerminalDriver(prompts: ["password for the new key: "])
        let run = try driver.run(["ask"], of: "sh", in: folder, answering: [TerminalDriver.interrupt])
        #expect(run.shown.contains("shown") && !run.shown.contains("hidden"), "\(run.shown)")
        #expect(try !folder.files().contains { $0.hasPrefix("k.") })
    }
}
