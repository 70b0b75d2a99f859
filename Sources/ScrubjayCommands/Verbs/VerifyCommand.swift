internal import ArgumentParser
internal import Documents
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay verify`.
struct VerifyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a bundle is what its signer made, and clean.",
        discussion: """
            Examples:
              scrubjay verify jitsi-1.0.tar.gz --public-key scrubjay.pub
              scrubjay verify jitsi-1.0.tar.gz --github-keys jane.keys --against clean

            The signature is checked over every byte before anything else reads them, then the archive's
            form, then the list of its files; then the files are scanned. Nothing is written, and the
            network is not used.
            Exit status: 0 it is good; 1 it is not; 2 it could not be read.
            """
    )

    @Argument(help: "The bundle; its signatures lie beside it.")
    var file: String

    @OptionGroup var keys: PublicKeyOptions

    @Option(
        help: ArgumentHelp("A sanitized tree, to be packed again and compared with the bundle.", valueName: "dir")
    )
    var against: String?

    @Option(
        help: ArgumentHelp(
            "What else is attested; may be given more than once. Without it, the .intoto.jsonl beside the bundle.",
            valueName: "file"
        )
    )
    var attestation: [String] = []

    @Flag(help: "Want it attested by the keys how the bundle was built, and how clean it is.")
    var attested = false

    @Option(
        help: ArgumentHelp(
            "Where the versions are kept that were verified: an older one than the last is warned of.",
            valueName: "file"
        )
    )
    var state: String?

    @Option(help: "How to answer: text or json.")
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
            console.say("the bundle is what its signer made, and it is not clean")
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

/// The format of an answer.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
