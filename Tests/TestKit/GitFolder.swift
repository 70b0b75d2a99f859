import Foundation

/// A temporary folder with a git repository, for tests that need a real one.
public final class GitFolder: Sendable {
    /// The folder.
    public let folder: TemporaryFolder
    /// The absolute path of the work tree.
    public var path: String { folder.path }

    /// The variables with which git reads no configuration of this machine, and makes the same commits everywhere.
    public static let environment: [String: String] = [
        "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C",
    ]
    private static let author: [String: String] = [
        "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
        "GIT_COMMITTER_EMAIL": "ada@example.com",
    ]

    /// Makes a repository without commits.
    public init(arguments: [String] = []) throws {
        folder = try TemporaryFolder()
        try git(["init", "--quiet", "--initial-branch", "main"] + arguments)
    }

    /// Runs git, and gives what it wrote without its last newline.
    @discardableResult
    public func git(_ arguments: [String], in place: String? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: place ?? path)
        process.environment = Self.environment.merging(Self.author) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw GitFailure(arguments: arguments) }
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// Runs git, and gives what it wrote.
    @discardableResult
    public func git(_ arguments: String...) throws -> String { try git(arguments) }

    /// Commits all that there is.
    @discardableResult
    public func commit(_ message: String = "change") throws -> String {
        try git("add", "--all")
        try git("commit", "--quiet", "--allow-empty", "--message", message)
        return try git("rev-parse", "HEAD")
    }

    /// Git did not do what a test wanted.
    struct GitFailure: Error {
        var arguments: [String]
    }
}
