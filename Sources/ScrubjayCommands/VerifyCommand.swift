internal import ArgumentParser
internal import Bundling
internal import Detecting
internal import Documents
internal import Sanitizing
internal import ScrubjayKit
internal import Sodium
internal import SystemPackage

/// `scrubjay verify`.
struct VerifyCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that a bundle is what its signer made, and clean.",
        discussion: """
            Example:
              scrubjay verify jitsi-1.0.tar.gz --public-key scrubjay.pub

            The signature is checked over every byte before anything else reads them, then the archive's
            form, then the list of its files; then the files are scanned. Nothing is written, and the
            network is not used.
            Exit status: 0 it is good; 1 it is not; 2 it could not be read.
            """
    )

    @Argument(help: "The bundle; its signature lies beside it.")
    var file: String

    @OptionGroup var keys: PublicKeyOptions

    @Option(help: "How to answer: text or json.")
    var format = AnswerFormat.text

    func run(console: Console) throws -> ExitStatus {
        let verify = Verify(
            file: FilePath(file),
            signature: keys.signature.map { FilePath($0) },
            keys: try keys.keys(),
            scan: try Scan(fingerprintKey: FingerprintKey(), cache: UserFolder.compiledRules(console.environment))
        )
        let report = try verify.run()
        switch format {
        case .text: Self.write(report, to: console)
        case .json: console.output(Self.json(report).serialized(.indented))
        }
        guard report.scan.result.findings.isEmpty else {
            var text = ScanText(console: console)
            for file in report.scan.files { text.report(file) }
            console.say("the bundle is what its signer made, and it is not clean")
            return .answerIsNo
        }
        return .success
    }

    private static func write(_ report: Verify.Report, to console: Console) {
        let bundle = report.bundle
        console.print("good: \(Printable.text(bundle.manifest.bundleName)) \(Printable.text(bundle.manifest.version))")
        console.print("signed by  \(bundle.signer.id)")
        console.print("released   \(UTC.text(bundle.statement.timestamp))")
        console.print("identity   \(bundle.identity)")
        console.print("files      \(bundle.members.count)")
        console.print("parameters \(report.parameters.parameters.count)")
        let kept = KeptText.withoutDeclarations(report.scan.result.kept)
        if !report.parameters.kept.isEmpty {
            console.print("kept       \(kept.count), which the signer lets stand:")
            KeptText.write(kept, declared: report.parameters.kept, to: console)
        }
        console.print("findings   \(report.scan.result.findings.count)")
    }

    private static func json(_ report: Verify.Report) -> JSONValue {
        let bundle = report.bundle
        return [
            "name": .string(bundle.manifest.bundleName),
            "version": .string(bundle.manifest.version),
            "signedBy": .string(bundle.signer.id.description),
            "released": .integer(Int(bundle.statement.timestamp)),
            "identity": .string(bundle.identity.description),
            "files": .integer(bundle.members.count),
            "parameters": .integer(report.parameters.parameters.count),
            "kept": .array(KeptText.json(KeptText.withoutDeclarations(report.scan.result.kept))),
            "findings": .integer(report.scan.result.findings.count),
        ]
    }
}

/// How an answer is written.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
