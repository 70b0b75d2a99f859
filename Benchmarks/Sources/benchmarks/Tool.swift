import Foundation

/// A scanning program.
struct Tool {
    var name: String
    /// The path of the executable.
    var executable: String
    /// Returns the arguments that scan the folder at a path, offline and without checking with a service whether a
    /// secret is valid.
    var arguments: @Sendable (String) -> [String]
    /// The exit statuses of a completed run: some programs report findings this way.
    var statuses: Set<Int32> = [0]

    /// Returns Scrubjay at `path`, and those of the other tools that are installed.
    static func installed(scrubjay path: String) -> [Tool] {
        let peers: [(String, Set<Int32>, @Sendable (String) -> [String])] = [
            ("kingfisher", [0, 200], { ["scan", $0, "--no-update-check", "--no-validate", "--format", "json"] }),
            (
                "gitleaks", [0],
                { ["dir", $0, "--no-banner", "--exit-code", "0", "--report-format", "json", "--report-path", "-"] }
            ),
            ("betterleaks", [0], { ["dir", $0, "--no-banner", "--exit-code", "0"] }),
            ("trufflehog", [0], { ["filesystem", $0, "--no-verification", "--no-update", "--json"] }),
            ("detect-secrets", [0], { ["scan", "--all-files", "--no-verify", $0] }),
            ("ferret-scan", [0, 1], { ["--file", $0, "--recursive", "--format", "json"] }),
        ]
        return [scan(by: path, name: "scrubjay")]
            + peers.compactMap { name, statuses, arguments in
                find(name).map { Tool(name: name, executable: $0, arguments: arguments, statuses: statuses) }
            }
    }

    private static func scan(by path: String, name: String) -> Tool {
        Tool(
            name: name,
            executable: path,
            arguments: { ["scan", $0, "--format", "jsonl", "--no-progress"] },
            statuses: [0, 1]
        )
    }

    /// Returns a scan, sanitizing, and a copy, which is the minimum cost of writing.
    static func sanitizing(scrubjay path: String, output: String) -> [Tool] {
        let common = ["--output", output, "--force"]
        return [
            scan(by: path, name: "scan"),
            Tool(name: "sanitize", executable: path) { ["sanitize", $0, "--no-map"] + common },
            Tool(name: "cp", executable: "/bin/cp") { ["-r", "-T", $0, output + "-copy"] },
        ]
    }

    private static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
