import Foundation
import TestKit
import Testing

/// Rotations that are killed at a system call or refused one, and disks that are full or may not be written.
@Suite struct KilledRotationTests {
    private static let value = "0b7e2290d4c6f41c5a83e5f1d08b96a4"
    private static let files = [
        ".env": "JVB_AUTH_PASSWORD=\(value)\n",
        "jvb/jvb.conf": "videobridge.apis.xmpp-client.configs.shard.PASSWORD = \"\(value)\"\n",
        "notes.md": "The bridge has \(value).\n",
    ]
    /// Every call by which a rotation could change a disk.
    private static let calls = [
        "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink",
        "unlinkat",
        "ftruncate", "fchmod", "fchown", "mkdir", "mkdirat",
    ]

    /// A deployment in a folder of its own, with a key for the old values.
    private struct Deployment {
        let folder: TemporaryFolder
        let tool: Tool

        init(generations: Int = 0) throws {
            folder = try TemporaryFolder(inMemory: true)
            tool = Tool(folder: folder.path)
            for (path, text) in KilledRotationTests.files { try folder.write(text, to: "d/" + path) }
            for _ in 0..<generations { #expect(try tool("rotate", "d", "--force").status == 0) }
        }

        func contents() throws -> [String: [UInt8]] {
            var contents: [String: [UInt8]] = [:]
            for path in KilledRotationTests.files.keys { contents[path] = try folder.read("d/" + path) }
            return contents
        }

        /// What is there besides the deployment's own files, and is not empty.
        func leftovers() throws -> [String] {
            try folder.files().filter { path in
                guard path.hasPrefix("d/"), !KilledRotationTests.files.keys.contains(String(path.dropFirst(2))) else {
                    return false
                }
                return try !folder.read(path).isEmpty
            }
        }
    }

    /// What happens at a call.
    enum Fault: CaseIterable {
        /// The process is killed.
        case killed
        /// The system refuses it: the disk is full, or may not be written any more, or is broken.
        case refused

        /// As strace is told to do it; refusals take turns.
        func injection(at count: Int) -> String {
            switch self {
            case .killed: "signal=KILL"
            case .refused: "error=" + ["ENOSPC", "EROFS", "EIO"][count % 3]
            }
        }
    }

    @Test(
        .enabled(if: Services.has("strace"), "strace is not installed: scripts/setup --with-services installs it"),
        arguments: Fault.allCases
    )
    func stoppedAtAnyCallTheTreeIsOldOrNew(fault: Fault) throws {
        var stops = 0
        for call in Self.calls {
            for count in 1..<200 {
                guard try isWholeAfter(fault, at: call, count) else { break }
                stops += 1
            }
        }
        print("rotation \(fault) at \(stops) system calls")
        #expect(stops > 20)
    }

    /// Lets one system call of a rotation go wrong, goes on or back, and looks at what is there.
    ///
    /// - Returns: whether there was such a call.
    private func isWholeAfter(_ fault: Fault, at call: String, _ count: Int) throws -> Bool {
        let deployment = try Deployment(generations: count % 2)
        let before = try deployment.contents()
        let run = try deployment.tool.run(
            "/usr/bin/strace",
            [
                "-qq", "-o", "trace", "-e", "trace=\(call)", "-e",
                "inject=\(call):\(fault.injection(at: count)):when=\(count)",
                Tool.products + "/scrubjay", "rotate", "d", "--force",
            ],
            input: []
        )
        let trace = String(decoding: try deployment.folder.read("trace"), as: UTF8.self)
        guard trace.contains("(INJECTED)") || fault == .killed && run.status != 0 else { return false }
        let place = "\(fault) at \(call) \(count)"
        if fault == .refused && run.status != 0 {
            // Told, and the old state or one that the next run finishes.
            #expect(run.status == 2 && !run.said.isEmpty, "\(place): \(run.status) \(run.said)")
        }
        let goesBack = count % 3 == 0
        let end = try deployment.tool("rotate", "d", goesBack ? "--rollback" : "--resume")
        #expect(end.status == 0 || end.status == 2, "\(place): \(end.said)")
        let after = try deployment.contents()
        // After the way back: the state before, or, where nothing had been written yet, the one before that.
        let original = Self.files.mapValues { Array($0.utf8) }
        if after != before && after != original {
            #expect(!goesBack, "\(place)")
            let fresh = try #require(Self.value(in: after[".env"] ?? []))
            for (path, text) in Self.files {
                #expect(after[path] == Array(text.replacing(Self.value, with: fresh).utf8), "\(place): \(path)")
            }
        }
        let allowed: Set<String> = ["d/.scrubjay-rotation.json", "d/.scrubjay-rotation.age"]
        #expect(try Set(deployment.leftovers()).isSubset(of: allowed), "\(place)")
        #expect(try deployment.tool("rotate", "d", "--force").status == 0, "\(place): the next rotation")
        return true
    }

    private static func value(in environment: [UInt8]) -> String? {
        String(decoding: environment, as: UTF8.self).split(separator: "=").last.map { $0.filter { $0 != "\n" } }
    }

    @Test(.enabled(if: getuid() == 0, "only root may mount"))
    func aFullDiskAndOneThatMayNotBeWrittenChangeNothing() throws {
        let deployment = try Deployment()
        let tool = deployment.tool
        let mounted = try tool.shell("mkdir m && mount -t tmpfs -o size=64k scrubjay-test m && cp -a d/. m/")
        try #require(mounted.status == 0, "\(mounted.said)")
        defer { _ = try? tool.shell("umount m") }
        let before = try tool.shell("cd m && tar -c --sort=name --mtime=@0 . | cksum").text
        func isUnchanged() throws -> Bool {
            _ = try tool.shell("find m -empty -name '.scrubjay-*' -delete")
            return try tool.shell("cd m && tar -c --sort=name --mtime=@0 . | cksum").text == before
        }
        _ = try tool.shell("head -c 200000 /dev/zero > m/filler 2>/dev/null")
        let full = try tool("rotate", "m", "--force")
        #expect(full.status == 2, "\(full.said)")
        _ = try tool.shell("rm m/filler")
        #expect(try isUnchanged())
        _ = try tool.shell("mount -o remount,ro m")
        #expect(try tool("rotate", "m", "--force").status == 2)
        _ = try tool.shell("mount -o remount,rw m")
        #expect(try isUnchanged())
        #expect(try tool("rotate", "m", "--force").status == 0)
    }
}
