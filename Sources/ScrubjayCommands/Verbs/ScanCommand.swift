internal import ArgumentParser
internal import Collecting
internal import Detecting
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay scan`.
struct ScanCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Find secrets and personal data, and name the rule behind each finding.",
        discussion: """
            Examples:
              scrubjay scan ~/jitsi
              scrubjay scan ~/jitsi --format jsonl | jq .rule
              docker-compose config | scrubjay scan -
              scrubjay scan --staged                           before a commit
              scrubjay scan --history --min-severity secret    every file version that a branch or tag reaches
              scrubjay scan --write-baseline baseline.json     accept what is there now,
              scrubjay scan --baseline baseline.json           and report what is new

            Exit status: 0 nothing found; 1 something found; 2 something could not be read.
            Values are never shown: a finding has a place, a rule, a mask and a fingerprint.
            In a published tree, names and addresses that its parameters.json declares as kept are counted, \
            not reported; secrets are always reported.
            Your own rules go under 'rules' in the folder's .scrubjay.yml; 'scrubjay rules check \
            .scrubjay.yml' runs their examples.
            """
    )

    @OptionGroup(title: "Input") var source: ScanSourceOptions
    @OptionGroup(title: "Filters") var filter: ScanFilterOptions
    @OptionGroup(title: "Baseline") var baseline: BaselineOptions

    @Option(help: "Output format.")
    var format = ScanFormat.text

    @Option(help: ArgumentHelp("Also write the findings to this file as SARIF.", valueName: "file"))
    var sarifFile: String?

    @Flag(help: "Do not show progress.")
    var noProgress = false

    @Option(
        help: ArgumentHelp(
            "The fingerprint key; created if it is missing.",
            discussion: "Default: ~/.config/scrubjay/fingerprint.key.",
            valueName: "file"
        )
    )
    var fingerprintKey: String?

    func validate() throws {
        guard sarifFile == nil || format != .sarif else {
            throw ValidationError("--sarif-file cannot be combined with --format sarif")
        }
    }

    func run(console: Console) throws -> ExitStatus {
        let target = try source.target(console: console)
        let policy = try source.policy(of: target)
        let key = try FingerprintKeyFile.key(
            fingerprintKey,
            mustExist: baseline.baseline != nil || policy.hasFingerprints,
            console: console
        )
        let cache = UserFolder.compiledRules(console.environment)
        var scan = try Scan(fingerprintKey: key, policy: policy, cache: cache)
        let published = try baseline.reportsKept ? nil : source.publishedDecisions(of: target)
        if let published { scan = scan.lettingStand(published) }
        let filter = try filter.filter(known: scan.ruleIDs)
        // Stored rules lack their sources, which a report for machines names.
        let rules = format == .sarif || sarifFile != nil ? try RuleReference.rules(with: policy) : []
        let sarif = try sarifFile.map { try StagedOutput(at: FilePath($0)) }
        var options = Scan.Options(
            exclusion: try source.exclusion(with: policy),
            leavesIgnoredFiles: source.gitignore ? console.environment : nil,
            filter: filter,
            baseline: try baseline.read(key: key),
            listsAccepted: baseline.isWritten
        )
        options.exclusion.patterns += baseline.places(in: target) + (sarif?.places(in: target) ?? [])
        var progress = StatusLine(console: console, isWanted: !noProgress)
        var reporters = [reporter(rules: rules, console: console)]
        if let sarif {
            reporters.append(ScanSARIF(rules: rules, paths: source.sarifPaths(console: console), output: sarif.write))
        }
        let summary = try scan.run(target, options: options) {
            progress.show($0)
        } consume: {
            progress.erase()
            for index in reporters.indices { reporters[index].report($0) }
            if console.isOutputClosed() { throw OutputClosed() }
        }
        progress.erase()
        for index in reporters.indices { reporters[index].end(summary) }
        try sarif?.commit()
        ScanSummaryText(summary, published: published, console: console).write()
        let isAccepted = try baseline.write(summary, key: key, console: console)
        if !summary.failures.isEmpty { return .failure }
        if summary.placeCount == 0 || isAccepted { return .success }
        if format == .text { console.say("hint: " + source.advice) }
        return .answerIsNo
    }

    private func reporter(rules: [Rule], console: Console) -> any ScanReporter {
        switch format {
        case .text: ScanText(console: console)
        case .json: ScanJSON(.array, output: console.output)
        case .jsonl: ScanJSON(.lines, output: console.output)
        case .sarif: ScanSARIF(rules: rules, paths: source.sarifPaths(console: console), output: console.output)
        }
    }
}
