import Foundation
import TestKit
import Testing

/// Whatever happens while `sanitize` writes, there is the old output or the new one, and nothing in between.
@Suite struct InterruptedSanitizeTests {
    static let hasStrace = FileManager.default.isExecutableFile(atPath: "/usr/bin/strace")

    /// What the kernel does to a call.
    static let faults = ["signal=KILL", "error=ENOSPC"]
    /// The calls by which files come and go.
    static let calls = [
        "write", "mkdirat,mkdir", "renameat2,rename,renameat", "syncfs,fsync,fdatasync", "unlinkat,unlink",
    ]

    private let folder: TemporaryFolder
    private let tool: Tool

    init() throws {
        folder = try TemporaryFolder()
        tool = Tool(folder: folder.path)
        try folder.write("PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a6978\n", to: "private/.env")
        try folder.write("# notes of wren.test\n", to: "private/docs/notes.md")
        try folder.write("an output of before\n", to: "before/old.txt")
        try folder.write(#"{"schema": 1, "parameters": [], "omitted": []}"#, to: "before/parameters.json")
    }

    private func tree(_ root: String) throws -> [String: String]? {
        guard FileManager.default.fileExists(atPath: root) else { return nil }
        var tree: [String: String] = [:]
        for path in try TemporaryFolder.files(in: root) {
            tree[path] = String(decoding: try Data(contentsOf: URL(fileURLWithPath: root + "/" + path)), as: UTF8.self)
        }
        return tree
    }

    @Test(.enabled(if: hasStrace, "strace is not installed"), arguments: faults, calls)
    func leavesTheOldOrTheNew(fault: String, calls: String) throws {
        let output = folder.path + "/clean"
        #expect(try tool("sanitize", "private", "--output", "reference").status == 0)
        let new = try #require(try tree(folder.path + "/reference"))
        let old = try #require(try tree(folder.path + "/before"))
        var failures = 0
        for number in 1...200 {
            try? FileManager.default.removeItem(atPath: output)
            try FileManager.default.copyItem(atPath: folder.path + "/before", toPath: output)
            let run = try tool.run(
                "/usr/bin/strace",
                [
                    "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)",
                    "-e", "inject=\(calls):\(fault):when=\(number)",
                    Tool.products + "/scrubjay", "sanitize", "private", "--output", "clean", "--force",
                ],
                input: []
            )
            let isNew = try tree(output) == new
            // The next run of a killed one may have to put the old output back to its place first.
            let isOld = try tree(output) == old || isRestored(to: old)
            #expect(isNew || isOld, "\(fault) at \(calls) number \(number): neither the old output nor the new")
            if run.status == 0 {
                #expect(isNew, "\(fault) at \(calls) number \(number): it says that it is done")
                // The fault came after the last call of its kind, or hit one whose failure does not matter.
                if try number > callCount(calls) { break }
            } else {
                failures += 1
            }
            #expect(try tool("sanitize", "private", "--output", "clean", "--force").status == 0)
            #expect(try tree(output) == new)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.contains(".scrubjay-")
            }
            #expect(left.isEmpty, "\(fault) at \(calls) number \(number) leaves \(left)")
        }
        #expect(failures > 0 || fault == "error=ENOSPC", "no fault was injected")
    }

    /// Whether a kill between two renames left the old output beside its place, whole.
    private func isRestored(to old: [String: String]) throws -> Bool {
        try tree(folder.path + "/.clean.scrubjay-replaced") == old
    }

    /// How many such calls a run makes that nothing disturbs.
    private func callCount(_ calls: String) throws -> Int {
        let log = folder.path + "/calls"
        _ = try tool.run(
            "/usr/bin/strace",
            [
                "-f", "-qq", "-o", log, "-e", "trace=\(calls)", Tool.products + "/scrubjay", "sanitize", "private",
                "--output", "counted", "--force",
            ],
            input: []
        )
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self).split(separator: "\n")
            .count
    }
}
