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
        abstract: "Say what of a running deployment is not as its bundle has it.",
        discussion: """
            Examples:
              scrubjay drift jitsi-1.0.tar.gz docker:docker-jitsi-meet --public-key scrubjay.pub
              scrubjay drift jitsi-1.0.tar.gz gcp:my-project --public-key scrubjay.pub
              scrubjay drift jitsi-1.0.tar.gz ~/docker-jitsi-meet --public-key scrubjay.pub

            The bundle is verified first; then the deployment is collected, and nothing is written. Where
            the bundle has a stand-in any value may stand, the same in all places of one parameter; all
            else must be equal. Values of the deployment are masked.
            Exit status: 0 nothing differs; 1 something does; 2 the bundle or the deployment could not be
            read, or not all of it.
            """
    )

    @Argument(help: "The bundle; its signatures lie beside it.")
    var file: String

    @OptionGroup var deployment: CollectSourceOptions

    @OptionGroup var keys: PublicKeyOptions

    @Flag(help: "Do not ask who made the bundle, and look at no signature.")
    var insecure = false

    @Option(help: "How to answer: text or json.")
    var format = AnswerFormat.text

    func validate() throws {
        if !insecure { try keys.requireKeys() }
    }

    func run(console: Console) throws -> ExitStatus {
        let verify = try keys.verification(of: file, insecure: insecure, console: console)
        let drift = Drift(verify: verify)
        let bundle = try drift.open()
        if insecure { console.say("warning: nobody's signature was looked at; the bundle may be anybody's") }
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
