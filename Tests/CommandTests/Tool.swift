import Foundation

/// Runs the built executable as its user does.
struct Tool {
    /// What came of a run.
    struct Run {
        var status: Int32
        var output: [UInt8]
        var notices: [UInt8]

        /// The standard output as text.
        var text: String { String(decoding: output, as: UTF8.self) }
        /// The standard error as text.
        var said: String { String(decoding: notices, as: UTF8.self) }
    }

    /// The folder with the built products: where the tests themselves run from.
    static let products: String = {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (executable as NSString).deletingLastPathComponent
    }()

    /// Where the commands of all tests keep compiled rules.
    private static let cache = FileManager.default.temporaryDirectory.appending(path: "scrubjay-test-cache").path

    /// The folder in which commands run, and which is their home.
    var folder: String
    /// Further variables of the environment.
    var environment: [String: String] = [:]

    /// Runs `scrubjay` with arguments.
    func callAsFunction(_ arguments: String..., input: [UInt8] = []) throws -> Run {
        try run(Self.products + "/scrubjay", arguments, input: input)
    }

    /// Runs a line of shell.
    func shell(_ line: String) throws -> Run { try run("/bin/sh", ["-c", line], input: []) }

    /// Runs a program with arguments.
    func run(_ program: String, _ arguments: [String], input: [UInt8]) throws -> Run {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = [
            "PATH": Self.products + ":/usr/bin:/bin:/usr/sbin", "HOME": folder, "XDG_CACHE_HOME": Self.cache,
            "LC_ALL": "C",
        ].merging(environment) { $1 }
        // Files, not pipes: a full pipe nobody reads would stop the child.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "scrubjay-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try Data(input).write(to: files[0])
        for file in files[1...] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
        return Run(
            status: status,
            output: [UInt8](try Data(contentsOf: files[1])),
            notices: [UInt8](try Data(contentsOf: files[2]))
        )
    }
}
