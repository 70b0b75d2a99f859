internal import ArgumentParser
internal import Detecting
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// `scrubjay scan`.
struct ScanCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Say where the secrets and personal data are, and why.",
        discussion: """
            Examples:
              scrubjay scan ~/jitsi
              scrubjay scan ~/jitsi --format jsonl | jq .rule
              docker-compose config | scrubjay scan -

            Exit status: 0 nothing was found; 1 something was; 2 something could not be read.
            No output ever holds a value: a finding has its place, its rule, a mask and a fingerprint.
            Rules of your own stand in the .scrubjay.yml of the folder, under rules; 'scrubjay rules check
            .scrubjay.yml' runs their examples.
            """
    )

    @Argument(help: "A folder, a file, or - for standard input.")
    var path = "."

    @Option(help: "How to write the findings: text, json or jsonl.")
    var format = ScanFormat.text

    @Option(
        help: ArgumentHelp(
            "The key of the fingerprints. Made where it is missing.",
            discussion: "Without it, a key of yours in ~/.config/scrubjay is used.",
            valueName: "file"
        )
    )
    var fingerprintKey: String?

    @Flag(help: .hidden) var staged = false
    @Flag(help: .hidden) var history = false

    func run(console: Console) throws -> ExitStatus {
        if staged || history {
            throw KitError(
                .notHereYet,
                "scanning git's index and history is not here yet",
                hint: "check out what you want to scan, and give its folder"
            )
        }
        if format == .sarif { throw KitError(.notHereYet, "SARIF is not here yet", hint: "use --format json or jsonl") }
        let policy = path == "-" ? PolicyFile() : try PolicyFile(of: FilePath(path))
        let scan = try Scan(
            fingerprintKey: FingerprintKeyFile.key(fingerprintKey, console: console),
            policy: policy,
            cache: UserFolder.compiledRules(console.environment)
        )
        let report: Scan.Report
        if path == "-" {
            let bytes = try StandardInput.readAll()
            report = try scan.run(.bytes(bytes, name: "-"))
        } else {
            report = try scan.run(.path(FilePath(path)))
        }
        switch format {
        case .text: ScanText(showsColour: console.showsColour).write(report, to: console)
        case .json: console.output(ScanJSON.array(report.result.findings))
        case .jsonl: console.output(ScanJSON.lines(report.result.findings))
        case .sarif: break
        }
        ScanText.summarize(report, console: console)
        if !report.failures.isEmpty { return .failure }
        return report.result.findings.isEmpty ? .success : .answerIsNo
    }
}

/// How findings are written.
enum ScanFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl, sarif

    /// The formats that help and completions name: SARIF is refused so far.
    static let allValueStrings = ["text", "json", "jsonl"]

}
