internal import ArgumentParser
internal import Collecting
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// The options for the target of a scan.
struct ScanSourceOptions: ParsableArguments {
    @Argument(
        help: "A folder, a file, or - for standard input; with --staged or --history, a folder of the repository."
    )
    var path = "."

    @Flag(
        help:
            "Scan what is staged in git, as a pre-commit hook does; values that HEAD has in the same file are not reported."
    )
    var staged = false

    @Flag(help: "Scan every file version that a branch or tag reaches.")
    var history = false

    @Option(
        help: ArgumentHelp(
            "With --history: only commits that HEAD has and this revision does not.",
            valueName: "revision"
        )
    )
    var since: String?

    @Option(
        help: ArgumentHelp(
            "Skip files that match this pattern, written as in .gitignore; may be repeated.",
            valueName: "pattern"
        )
    )
    var exclude: [String] = []

    @Flag(help: "Skip files that git ignores.")
    var gitignore = false

    func validate() throws {
        if staged && history { throw ValidationError("--staged and --history cannot be combined") }
        if since != nil && !history { throw ValidationError("--since needs --history") }
        guard isStandardInput || staged || history else { return }
        if isStandardInput && (staged || history) {
            throw ValidationError("--staged and --history cannot read standard input")
        }
        if gitignore { throw ValidationError("--gitignore can only be used with a folder") }
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

    /// Returns what the publisher of a scanned tree keeps in it; nil if nothing is declared, and for git and standard
    /// input.
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
            return "remove them and stage the files again, or accept them with --write-baseline"
        }
        if history {
            return
                "what was pushed stays known: replace secrets with 'scrubjay rotate', then rewrite the history, as with git filter-repo"
        }
        let next = isStandardInput ? "" : "; 'scrubjay sanitize' replaces all values"
        return "'scrubjay rules show RULE' explains a rule" + next
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
