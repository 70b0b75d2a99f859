internal import ArgumentParser
internal import Collecting
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Write or check .scrubjay.yml, your decisions on what is kept and what is replaced.",
        subcommands: [Init.self, Check.self]
    )

    /// `scrubjay policy init`.
    struct Init: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Write a first policy that lists the open decisions as comments.",
            usage: "scrubjay policy init [<options>] [<path>]",
            discussion: """
                Examples:
                  scrubjay policy init ~/jitsi
                  scrubjay policy init ~/jitsi --output - | less

                The folder is scanned; only its .scrubjay.yml is written. The policy lists uncertain domains by name \
                and uncertain secrets by fingerprint and mask. Values found with certainty are replaced, and \
                are not listed.
                """
        )

        @Argument(help: "The deployment's folder.")
        var path = "."

        @Option(
            name: .shortAndLong,
            help: ArgumentHelp(
                "Where to write it, or - for standard output.",
                discussion: "Default: .scrubjay.yml in the folder.",
                valueName: "file"
            )
        )
        var output: String?

        @Flag(help: "Overwrite an existing file.")
        var force = false

        @Flag(name: [.customShort("n"), .long], help: "Show what would be done; write nothing.")
        var dryRun = false

        @Option(help: ArgumentHelp("The fingerprint key; created if it is missing.", valueName: "file"))
        var fingerprintKey: String?

        func run(console: Console) throws -> ExitStatus {
            let root = FilePath(path)
            let file = output.map { FilePath($0) } ?? root.appending(PolicyFile.name)
            if output != "-", !force { try PrivateFile.checkFree(file) }
            let draft = try PolicyDraft(
                of: root,
                key: try FingerprintKeyFile.key(fingerprintKey, mustExist: false, console: console),
                readers:
                    "'scrubjay policy check' checks this file; 'scrubjay sanitize --review' asks, and writes the answers here.",
                cache: UserFolder.compiledRules(console.environment)
            )
            if output == "-" {
                console.output(Array(draft.text.utf8))
                return .success
            }
            if !dryRun { try draft.write(to: file, replacing: force) }
            let count = Count.of(draft.undecidedCount, "name or value is", plural: "names and values are")
            let what = dryRun ? "would write" : "wrote"
            console.say("\(what) \(Printable.text(file.string)); \(count) undecided and would be replaced")
            return .success
        }
    }

    /// `scrubjay policy check`.
    struct Check: Verb {
        static let configuration = CommandConfiguration(
            abstract: "Check a policy, and report each error with line and column.",
            discussion: """
                Exit status: 0 valid; 2 invalid.
                """
        )

        @Argument(help: "The policy file, or the deployment's folder.")
        var path = PolicyFile.name

        func run(console: Console) throws -> ExitStatus {
            let isFolder = try Deployment.isFolder(FilePath(path))
            let file = isFolder ? FilePath(path).appending(PolicyFile.name).string : path
            let bytes = try Self.contents(of: file)
            let problems = PolicyFile.problems(in: bytes, path: file)
            for problem in problems {
                let rule = problem.rule.map { "rule \($0): " } ?? ""
                console.print(Printable.text("\(problem.place): \(rule)\(problem.message)"))
            }
            guard problems.isEmpty else {
                console.say("\(Count.of(problems.count, "error"))")
                return .failure
            }
            PolicySummary.write(try PolicyFile(reading: bytes, path: file), to: console)
            return .success
        }

        private static func contents(of file: String) throws -> [UInt8] {
            do throws(CollectingError) {
                return try Deployment.contents(ofFile: FilePath(file), atMost: PolicyFile.longest)
            } catch {
                guard error.code == .missing else { throw error }
                throw KitError(
                    .unsuitable,
                    "\(file): there is no such file",
                    hint: "'scrubjay policy init' writes a first policy"
                )
            }
        }
    }
}
