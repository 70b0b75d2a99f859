internal import Glibc
public import SystemPackage

/// A git repository, read with the `git` program.
///
/// git runs without pager, hooks, file system monitor, external diff, text conversion, replaced objects or network,
/// regardless of the repository's own configuration: an untrusted repository must not run programs here.
public struct GitRepository: Sendable {
    /// The folder of the repository itself, usually `.git`; an additional work tree has its own.
    public let gitFolder: FilePath
    /// The root of the work tree; nil for a bare repository.
    public let workTree: FilePath?
    /// Whether it is a shallow clone.
    public let isShallow: Bool
    /// The path by which the user named it.
    public let place: String
    private let invocation: Invocation

    /// Finds the repository that contains a folder or file.
    ///
    /// Variables that git sets for its hooks are used if they refer to the same repository: the index of a commit in
    /// progress is often a temporary one.
    ///
    /// - Parameters:
    ///   - path: a folder or a file.
    ///   - environment: the variables of this process; git gets only those that it needs.
    /// - Throws: ``GitError``; ``CollectingError`` `missing` if `path` does not exist.
    public init(containing path: FilePath, environment: [String: String]) throws {
        let isFolder = try Deployment.isFolder(path)
        let parent = path.removingLastComponent()
        let folder = isFolder ? path : parent.isEmpty ? "." : parent
        let place = path.string
        let ofCommits = GitEnvironment.forCommits(environment)
        let byPath = Invocation(
            folder: folder,
            environment: GitEnvironment.withoutRepository(environment),
            ofCommits: ofCommits
        )
        let byEnvironment = Invocation(
            folder: nil,
            environment: GitEnvironment.whole(environment),
            ofCommits: ofCommits
        )
        guard byEnvironment.environment != byPath.environment else {
            try self.init(byPath, place: place)
            return
        }
        // In a hook, the variables take precedence, unless the path is in another repository.
        let named = try Self(byEnvironment, place: place)
        do throws(GitError) {
            let found = try Self(byPath, place: place)
            self = found.gitFolder == named.gitFolder ? named : found
        } catch {
            guard error.code == .notARepository else { throw error }
            self = named
        }
    }

    private init(_ invocation: Invocation, place: String) throws(GitError) {
        self.invocation = invocation
        self.place = place
        let questions = ["--is-inside-work-tree", "--is-shallow-repository", "--absolute-git-dir"]
        let answer = try Self.read(["rev-parse"] + questions, invocation: invocation, place: place)
        let parts = answer.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
        guard parts.count == 3 else { throw Self.unexpected(place) }
        isShallow = parts[1].elementsEqual("true".utf8)
        gitFolder = FilePath(String(decoding: parts[2].dropLast(), as: UTF8.self))
        guard parts[0].elementsEqual("true".utf8) else {
            workTree = nil
            return
        }
        let root = try Self.read(["rev-parse", "--show-toplevel"], invocation: invocation, place: place)
        workTree = FilePath(String(decoding: root.dropLast(), as: UTF8.self))
    }

    // MARK: - Running git

    /// Starts git with arguments.
    func start(_ arguments: [String], input: ChildProcess.Input = .nothing) throws(GitError) -> ChildProcess {
        try Self.start(arguments, invocation: invocation, input: input, place: place)
    }

    /// Runs git to its end, and returns its output.
    ///
    /// - Throws: ``GitError`` if it fails.
    func read(_ arguments: [String]) throws(GitError) -> [UInt8] {
        try Self.read(arguments, invocation: invocation, place: place)
    }

    /// Runs git as ``read(_:)`` does, with the user's identity and signing agents.
    ///
    /// - Throws: ``GitError`` if it fails.
    func readCommitting(_ arguments: [String]) throws(GitError) -> [UInt8] {
        try Self.read(arguments, invocation: invocation.committing, place: place)
    }

    /// Returns the id of the commit that a revision names; nil if there is none.
    ///
    /// - Throws: ``GitError`` if git cannot determine it.
    func commit(_ revision: String) throws(GitError) -> String? {
        guard !revision.hasPrefix("-") else { return nil }
        if let commit = try object(named: revision + "^{commit}") { return commit }
        // In a damaged repository, the object that HEAD names is missing; that must not count as "there is none".
        guard try object(named: revision) == nil else {
            throw GitError(.unknownRevision, at: place, "'\(revision)' is not a commit in this repository")
        }
        return nil
    }

    /// Returns the id that a name stands for; nil if it stands for none.
    private func object(named name: String) throws(GitError) -> String? {
        let process = try start(["rev-parse", "--verify", "--quiet", name])
        let answer = try Self.drain(process, place: place)
        switch answer.ending.status {
        case 0: return String(decoding: answer.output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        case Self.noSuchRevision: return nil
        default: throw Self.failure(answer.ending, place: place)
        }
    }

    /// The status of `git rev-parse --verify --quiet` if nothing has that name.
    private static let noSuchRevision: Int32 = 1
    /// The maximum output of one git command in bytes, which is enough for the names of two million files.
    static let outputLimit = 256 << 20

    /// Returns the error for a system error on a pipe.
    func broken(_ error: any Error) -> GitError { GitError(.failed, at: place, "git cannot be read: \(error)") }

    /// The error for unexpected output of git.
    var unexpected: GitError { Self.unexpected(place) }

    /// Waits for the end of a program whose output was read, and throws if it failed.
    func finish(_ process: inout ChildProcess, allowing statuses: Set<Int32> = [0]) throws(GitError) {
        let ending = process.finish()
        guard !statuses.contains(ending.status) else { return }
        throw Self.failure(ending, place: place)
    }

    /// How git is run.
    private struct Invocation: Sendable {
        /// The folder that git changes to; nil to stay, so that relative paths in the environment keep their meaning.
        var folder: FilePath?
        var environment: [String: String]
        /// The additional variables for commands that make a commit or determine the user's identity.
        var ofCommits: [String: String]

        /// The same invocation with the variables for such commands.
        var committing: Invocation {
            var invocation = self
            invocation.environment.merge(ofCommits) { $1 }
            return invocation
        }

        func arguments(_ arguments: [String]) -> [String] {
            let place = folder.map { ["-C", $0.string] } ?? []
            return ["git"] + place + GitEnvironment.options + arguments
        }
    }

    private static func start(
        _ arguments: [String],
        invocation: Invocation,
        input: ChildProcess.Input,
        place: String
    ) throws(GitError) -> ChildProcess {
        do throws(Errno) {
            return try ChildProcess(
                invocation.arguments(arguments),
                environment: invocation.environment,
                input: input
            )
        } catch {
            guard error == .noSuchFileOrDirectory else {
                throw GitError(.failed, at: place, "git cannot be started: \(error)")
            }
            throw GitError(.notInstalled, at: place, "this needs git, which is not in PATH")
        }
    }

    private static func read(
        _ arguments: [String],
        invocation: Invocation,
        place: String
    ) throws(GitError) -> [UInt8] {
        let answer = try drain(start(arguments, invocation: invocation, input: .nothing, place: place), place: place)
        guard answer.ending.status == 0 else { throw failure(answer.ending, place: place) }
        return answer.output
    }

    private static func drain(
        _ process: consuming ChildProcess,
        place: String
    ) throws(GitError) -> (output: [UInt8], ending: ChildProcess.Ending) {
        var process = process
        var reader = OutputReader(process.output)
        let output: [UInt8]
        do {
            output = try reader.rest(atMost: outputLimit)
        } catch Errno.outOfRange {
            throw GitError(.failed, at: place, "git printed more than \(outputLimit) bytes")
        } catch {
            throw GitError(.failed, at: place, "git cannot be read: \(error)")
        }
        return (output, process.finish())
    }

    private static func unexpected(_ place: String) -> GitError {
        GitError(.failed, at: place, "git gave an answer that this version of Scrubjay does not understand")
    }

    /// Returns the error that git's output describes.
    private static func failure(_ ending: ChildProcess.Ending, place: String) -> GitError {
        let said = String(decoding: ending.errors, as: UTF8.self)
        if said.contains("not a git repository") {
            return GitError(.notARepository, at: place, "this is not in a git repository")
        }
        if said.contains("dubious ownership") || said.contains("unsafe repository") {
            return GitError(
                .notTrusted,
                at: place,
                "the git repository belongs to another user, so git refuses to read it"
            )
        }
        let reasons = said.split(separator: "\n").filter { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") }
        let reason = reasons.last.map { ": " + $0.dropFirst("fatal: ".count) } ?? " with status \(ending.status)"
        return GitError(.failed, at: place, "git failed" + reason)
    }
}
