internal import ArgumentParser
internal import Collecting
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// The options for the target of a scan.
struct ScanSourceOptions: ParsableArguments {
    @Argument(help: "A folder, a file, or - for standard input; with --staged or --history, where the repository is.")
    var path = "."

    @Flag(
        help:
            "Scan what is staged in git's index, as a pre-commit hook does; what HEAD has in the same file is not reported."
    )
    var staged = false

    @Flag(help: "Scan every file that git's history holds, on all branches and tags.")
    var history = false

    @Option(
        help: ArgumentHelp(
            "With --history, only what HEAD has and this revision has not.",
            valueName: "revision"
        )
    )
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Leave files alone whose path matches, as in a .gitignore; may be given more than once.",
            valueName: "pattern"
        )
    )
    var exclude: [String] = []

    @Flag(help: "Leave files alone that git ignores.")
    var gitignore = false

    func validate() throws {
        if staged && history { throw ValidationError("--staged and --history exclude each other") }
        if since != nil && !history { throw ValidationError("--since belongs to --history") }
        guard isStandardInput || staged || history else { return }
        if isStandardInput && (staged || history) { throw ValidationError("git's files are not read from -") }
        if gitignore { throw ValidationError("--gitignore is about the files of a folder") }
    }

    /// Whether standard input is read.
    var isStandardInput: Bool { path == "-" }

    /// The target of the scan.
    func target(console: Console) throws -> Scan.Target {
        if isStandardInput { return .bytes(try StandardInput.readAll(), name: path) }
        guard staged || history else { return .path(FilePath(path)) }
        let repository = try GitRepository(containing: FilePath(path), environment: console.environment)
        return staged ? .staged(repository) : .history(repository, since: since)
    }

    /// Reads the policy of the target, at the root of the folder or of the work tree.
    func policy(of target: Scan.Target) throws -> PolicyFile {
        switch target {
        case .bytes: PolicyFile()
        case .path(let path): try PolicyFile(of: path)
        case .staged(let repository), .history(let repository, _):
            try repository.workTree.map { try PolicyFile(of: $0) } ?? PolicyFile()
        }
    }

    /// What the publisher of what is scanned lets stand in it; nil where nothing, and of git's files and standard input.
    func publishedDecisions(of target: Scan.Target) throws -> PublishedDecisions? {
        guard case .path(let path) = target else { return nil }
        return try PublishedDecisions(in: path)
    }

    /// Returns the files to skip.
    func exclusion(with policy: PolicyFile) throws -> PathExclusion {
        var exclusion = policy.exclude
        for text in exclude {
            do throws(PathPattern.SyntaxError) {
                exclusion.patterns.append(try PathPattern(text))
            } catch {
                throw KitError(.usage, "--exclude: \(error.message)")
            }
        }
        return exclusion
    }

    /// The advice about findings.
    var advice: String {
        if staged {
            return "take them out and stage the files again; --write-baseline accepts what may stay"
        }
        if history {
            return
                "what was pushed is known: 'scrubjay rotate' gives fresh secrets; then take them out, as with git filter-repo"
        }
        let next = isStandardInput ? "" : "; 'scrubjay sanitize' replaces them all"
        return "'scrubjay rules show RULE' says what a rule looks for" + next
    }

    /// Returns the base of SARIF's URIs.
    func sarifPaths(console: Console) -> SARIFPaths {
        if staged || history { return SARIFPaths(relativeTo: "the root of the repository") }
        if isStandardInput { return SARIFPaths(relativeTo: "standard input") }
        let isFolder = (try? Deployment.isFolder(FilePath(path))) ?? true
        let folder = isFolder ? FilePath(path) : FilePath(path).removingLastComponent()
        return SARIFPaths(folder: folder.string, workingFolder: console.workingFolder)
    }
}
