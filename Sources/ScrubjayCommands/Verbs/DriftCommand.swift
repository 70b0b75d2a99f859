internal import ArgumentParser
internal import Bundling
internal import Collecting
internal import Documents
internal import ScrubjayKit
internal import SystemPackage

/// `scrubjay drift`.
struct DriftCommand: Verb {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract: "Report how a deployment differs from its bundle.",
        discussion: """
            Examples:
              scrubjay drift jitsi-1.0.tar.gz docker:docker-jitsi-meet --public-key scrubjay.pub
              scrubjay drift jitsi-1.0.tar.gz gcp:my-project --public-key scrubjay.pub
              scrubjay drift jitsi-1.0.tar.gz ~/docker-jitsi-meet --public-key scrubjay.pub

            The bundle is verified first, then the deployment is read; nothing is written. A stand-in of the \
            bundle matches any value, as long as all places of a parameter have the same one; everything \
            else must be equal. Values of the deployment are masked.
            Exit status: 0 no differences; 1 differences; 2 the bundle, or some of the deployment, could \
            not be read.
            """
    )

    @Argument(help: "The bundle, with its signatures next to it.")
    var file: String

    @OptionGroup var deployment: CollectSourceOptions

    @OptionGroup var keys: PublicKeyOptions

    @Flag(help: "Skip all signature checks.")
    var insecure = false

    @Option(help: "Output format.")
    var format = AnswerFormat.text

    func validate() throws {
        if !insecure { try keys.requireKeys() }
    }

    func run(console: Console) throws -> ExitStatus {
        let verify = try keys.verification(of: file, insecure: insecure, console: console)
        let drift = Drift(verify: verify)
        let bundle = try drift.open()
        if insecure { console.say("warning: signatures were not checked; anyone could have made this bundle") }
        let (outcome, failures) = try compare(bundle, drift, console: console)
        switch format {
        case .text: DriftText.write(outcome, to: console)
        case .json: console.output(DriftText.json(outcome).serialized(.indented))
        }
        CollectText.say(leftOut: [], failures: failures, console: console)
        guard failures.isEmpty else { return .failure }
        return outcome.difference.isEmpty ? .success : .answerIsNo
    }

    private func compare(
        _ bundle: VerifiedBundle,
        _ drift: Drift,
        console: Console
    ) throws -> (outcome: Drift.Outcome, failures: [String]) {
        switch deployment.place {
        case .folder(let path): return (try drift.compare(bundle, withFolder: path), [])
        case .docker(let project):
            let collection = try deployment.read(containers: project, console: console)
            return (try drift.compare(bundle, with: collection.parts), collection.failures)
        case .googleCloud(let project):
            let read = try deployment.read(project: project, console: console)
            return (try drift.compare(bundle, with: read.collection.parts), read.failures)
        }
    }
}
