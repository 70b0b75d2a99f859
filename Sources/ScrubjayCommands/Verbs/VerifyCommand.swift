internal import ArgumentParser
internal import Documents
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay verify`.
struct VerifyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a bundle's signature and contents, and that it is clean.",
        discussion: """
            Examples:
              scrubjay verify jitsi-1.0.tar.gz --public-key scrubjay.pub
              scrubjay verify jitsi-1.0.tar.gz --github-keys jane.keys --against clean

            The signature over every byte is checked first, then the form of the archive, then its list of \
            files; then the files are scanned. Nothing is written, and the network is not used.
            Exit status: 0 the bundle is good; 1 it is not; 2 it could not be read.
            """
    )

    @Argument(help: "The bundle, with its signatures next to it.")
    var file: String

    @OptionGroup var keys: PublicKeyOptions

    @Option(
        help: ArgumentHelp("A sanitized tree to pack again and compare with the bundle.", valueName: "dir")
    )
    var against: String?

    @Option(
        help: ArgumentHelp(
            "An attestation file; may be repeated. Default: the .intoto.jsonl file next to the bundle.",
            valueName: "file"
        )
    )
    var attestation: [String] = []

    @Flag(help: "Require signed attestations of how the bundle was built and how clean it is.")
    var attested = false

    @Option(
        help: ArgumentHelp(
            "A file that records verified versions; warns if the bundle is older than the last one.",
            valueName: "file"
        )
    )
    var state: String?

    @Option(help: "Output format.")
    var format = AnswerFormat.text

    func validate() throws { try keys.requireKeys() }

    func run(console: Console) throws -> ExitStatus {
        do {
            return try check(console: console)
        } catch {
            if format == .json, let report = ErrorReport(error) {
                console.output(VerifyText.json(report, about: file).serialized(.indented))
            }
            throw error
        }
    }

    private func check(console: Console) throws -> ExitStatus {
        var verify = try keys.verification(of: file, console: console)
        verify.tree = against.map { FilePath($0) }
        verify.attestations = attestation.map { FilePath($0) }
        verify.wantsAttestations = attested
        var versions = try state.map { try VerifiedVersions(at: FilePath($0)) }
        let report = try verify.run()
        switch format {
        case .text: VerifyText.write(report, to: console)
        case .json: console.output(VerifyText.json(report).serialized(.indented))
        }
        switch report.verdict {
        case .notClean:
            var text = ScanText(console: console)
            for file in report.files { text.report(file) }
            console.say("the signature is valid, but the bundle is not clean")
            return .answerIsNo
        case .different:
            VerifyText.write(report.differences, to: console)
            return .answerIsNo
        case .good: break
        }
        if let warning = versions?.warning(about: report.bundle) { console.say("warning: \(warning)") }
        try versions?.record(report.bundle)
        return .success
    }
}
