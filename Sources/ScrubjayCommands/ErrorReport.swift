internal import ArgumentParser
internal import Archive
internal import Bundling
internal import Collecting
internal import Detecting
internal import Documents
internal import Rotating
internal import Sanitizing
internal import ScrubjayKit
internal import Sodium

/// The only place that converts errors to messages and exit statuses.
struct ErrorReport {
    /// The message.
    var message: String
    /// The suggested remedy.
    var hint: String?
    /// The exit status.
    var status: ExitStatus
    /// The name of the reason, for machines.
    var reason = "failed"

    /// Prints an error, and returns the exit status.
    static func present(_ error: any Error, of arguments: [String], console: Console) -> ExitStatus {
        if error is OutputClosed { return .failure }
        if let several = error as? BundleErrors {
            return several.errors.map { present($0, of: arguments, console: console) }.last ?? .failure
        }
        guard let report = ErrorReport(error) else {
            return presentArgumentError(error, of: arguments, console: console)
        }
        console.say("scrubjay: " + Printable.text(report.message))
        if let hint = report.hint { console.say("hint: " + Printable.text(hint)) }
        return report.status
    }

    /// Converts one of Scrubjay's errors; nil for any other.
    init?(_ error: any Error) {
        switch error {
        case let error as KitError: self.init(error)
        case let error as CollectingError: self.init(error)
        case let error as GitError: self.init(error)
        case let error as ProcessError: self.init(nil, error.message)
        case let error as SanitizingError: self.init(error)
        case let error as BundleError: self.init(error)
        case let error as PolicyError:
            self.init(error.place, (error.rule.map { "rule \($0): " } ?? "") + error.message)
        case let error as RotationError:
            self.init(error.place, error.message)
            if error.code == .unknownName {
                status = .usage
                let known = (try? Catalogue.known())?.settings.map(\.name) ?? []
                hint =
                    NearestNames.question(about: error.place ?? "", among: known)
                    ?? "--list shows the settings that are here"
            }
        case let error as FileTransactionError:
            self.init(error.path, error.message + (error.cause.map { ": \($0)" } ?? ""))
        case let error as LiveError: self.init(message: error.message, hint: error.hint, status: .failure)
        case let error as ArchiveError: self.init(error.path, error.message)
        case let error as DocumentError: self.init(nil, error.message)
        case let error as AgeError: self.init(nil, error.message)
        case let error as SodiumError: self.init(nil, error.message)
        default: return nil
        }
        reason = Self.reason(of: error) ?? reason
    }

    private static func reason(of error: any Error) -> String? {
        switch error {
        case let error as KitError: error.code.rawValue
        case let error as CollectingError: error.code.rawValue
        case let error as BundleError: error.code.rawValue
        default: nil
        }
    }

    /// Reports a failure at a place.
    private init(_ place: String?, _ message: String) {
        self.init(message: (place.map { $0 + ": " } ?? "") + message, hint: nil, status: .failure)
    }

    private init(message: String, hint: String?, status: ExitStatus) {
        self.message = message
        self.hint = hint
        self.status = status
    }

    private init(_ error: KitError) {
        let status: ExitStatus
        switch error.code {
        case .interrupted: status = .interrupted
        case .incomplete, .sensitive: status = .answerIsNo
        case .unsuitable, .refused, .keyRequired, .outputExists: status = .failure
        case .usage: status = .usage
        }
        self.init(message: error.message, hint: error.hint, status: status)
    }

    private init(_ error: CollectingError) {
        let hint: String?
        switch error.code {
        case .outputExists: hint = "give another place, or --force to replace it"
        case .noFolder: hint = "make it first, or give another place"
        case .foreignFolder: hint = "give another place, or move away what is there"
        case .outputInsideSource: hint = "give a place beside it"
        case .leftBehind: hint = "what was written is complete; look at what is left, and remove it by hand"
        case .insideWorkTree: hint = "give a place outside, or name it in .gitignore"
        default: hint = nil
        }
        self.init(message: "\(error.path): \(error.message)", hint: hint, status: .failure)
    }

    private init(_ error: GitError) {
        let hint: String?
        switch error.code {
        case .notTrusted: hint = "if you trust it: git config --global --add safe.directory FOLDER"
        case .noIdentity:
            hint = "git config --global user.name NAME and user.email ADDRESS; or --no-commit, and commit yourself"
        case .bare: hint = "--history scans what is committed"
        case .notInstalled, .notARepository, .unknownRevision, .failed: hint = nil
        }
        self.init(message: "\(error.place): \(error.message)", hint: hint, status: .failure)
    }

    private init(_ error: BundleError) {
        let isNo = error.isRefusal || error.code == .missingValues
        let hint: String?
        switch error.code {
        case .identityRequired:
            hint =
                "give the file with your age identity: --identity FILE; whoever has none can check the signature of the sealed "
                + "file with minisign -V"
        case .missingSignature: hint = "get the signature from where the bundle is, or name it: --signature FILE"
        case .badSignature:
            hint = "it was changed after it was signed, or the signature is another bundle's: get both again"
        case .unknownSigner: hint = "make sure of who made the bundle before you accept another key"
        case .unknownParameter: hint = "'scrubjay hydrate … --list' shows the parameters"
        case .misplacedStandIn: hint = "whoever packs the bundle runs 'scrubjay sanitize' again, and packs its output"
        default: hint = nil
        }
        self.init(
            message: error.description,
            hint: error.hint ?? hint,
            status: isNo ? .answerIsNo : .failure
        )
    }

    private init(_ error: SanitizingError) {
        let place = error.path.map { $0 + ": " } ?? ""
        switch error.code {
        case .residue, .found, .malformed:
            self.init(
                message: place + error.message,
                hint:
                    "this is a defect of Scrubjay; please report the rule and the format of the file, not the value. Until it "
                    + "is repaired, name the value under 'sensitive' in .scrubjay.yml, leave the file out under 'actions', or all "
                    + "such files with --leave-out-unproved",
                status: .answerIsNo
            )
        case .irreplaceable:
            self.init(
                message: place + error.message,
                hint:
                    "put the value into a setting or a file of its own, or leave the file out: "
                    + "'- {do: omit, paths: [FILE]}' under 'actions' in .scrubjay.yml, or all such files with --leave-out-unproved",
                status: .failure
            )
        case .exhausted:
            self.init(
                message: place + error.message,
                hint:
                    "a list of strangers is better left out, '- {do: omit, paths: [FILE]}' under 'actions' in .scrubjay.yml, or "
                    + "stays as it is, '- {do: keep, kinds: [ipv4], paths: [FILE], reason: …}'",
                status: .failure
            )
        case .pathCollision, .ambiguousName, .malformedParameters:
            self.init(message: place + error.message, hint: nil, status: .failure)
        }
    }

    /// Prints help, version and usage errors, as worded by ArgumentParser.
    private static func presentArgumentError(
        _ error: any Error,
        of arguments: [String],
        console: Console
    ) -> ExitStatus {
        let message = Scrubjay.fullMessage(for: error, columns: 100)
        switch Scrubjay.exitCode(for: error) {
        case .success:
            console.print(message)
            return .success
        case .validationFailure:
            // If a word is misspelled, what is reported as missing may be there.
            if let misspelling = Misspelling.first(in: arguments) {
                console.say("scrubjay: " + Printable.text(misspelling.message))
                console.say("hint: " + Printable.text(misspelling.hint))
                return .usage
            }
            console.say(message)
            return .usage
        default:
            console.say("scrubjay: \(message)")
            return .failure
        }
    }
}
