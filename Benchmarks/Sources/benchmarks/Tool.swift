import Foundation

/// A program that scans.
struct Tool {
    var name: String
    /// The file that is run.
    var executable: String
    /// The arguments that scan the folder at a path, offline and without asking a service whether a secret is alive.
    var arguments: @Sendable (String) -> [String]

    /// Scrubjay at `path`, and those of its peers that are installed.
    static func installed(scrubjay path: String) -> [Tool] {
        let peers: [(String, @Sendable (String) -> [String])] = [
            ("kingfisher", { ["scan", $0, "--no-update-check", "--no-validate", "--format", "json"] }),
            (
                "gitleaks",
                { ["dir", $0, "--no-banner", "--exit-code", "0", "--report-format", "json", "--report-path", "-"] }
            ),
            ("betterleaks", { ["dir", $0, "--no-banner", "--exit-code", "0"] }),
            ("trufflehog", { ["filesystem", $0, "--no-verification", "--no-update", "--json"] }),
            ("detect-secrets", { ["scan", "--all-files", "--no-verify", $0] }),
            ("ferret-scan", { ["--file", $0, "--recursive", "--format", "json"] }),
        ]
        let own = Tool(name: "scrubjay", executable: path) { ["scan", $0, "--format", "jsonl", "--no-progress"] }
        return [own]
            + peers.compactMap { name, arguments in
                find(name).map { Tool(name: name, executable: $0, arguments: arguments) }
            }
    }

    /// A scan, sanitizing, and a copy, which is what writing costs at the least.
    static func sanitizing(scrubjay path: String, output: String) -> [Tool] {
        let common = ["--output", output, "--force"]
        return [
            Tool(name: "scan", executable: path) { ["scan", $0, "--format", "jsonl", "--no-progress"] },
            Tool(name: "sanitize", executable: path) { ["sanitize", $0, "--no-map"] + common },
            Tool(name: "cp", executable: "/bin/cp") { ["-r", "-T", $0, output + "-copy"] },
        ]
    }

    private static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
