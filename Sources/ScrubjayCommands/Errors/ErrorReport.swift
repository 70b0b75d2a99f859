internal import ArgumentParser
internal import Bundling
internal import Collecting
internal import Detecting
internal import Errors
internal import Rotating
internal import Sanitizing
internal import ScrubjayKit

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
            return present(several.errors.compactMap { ErrorReport($0) }, console: console)
        }
        guard let report = ErrorReport(error) else {
            return presentArgumentError(error, of: arguments, console: console)
        }
        return present([report], console: console)
    }

    /// Prints several problems; a hint that some in succession have is printed after the last of them.
    private static func present(_ reports: [ErrorReport], console: Console) -> ExitStatus {
        for (index, report) in reports.enumerated() {
            console.say("scrubjay: " + Printable.text(report.message))
            guard let hint = report.hint, reports.dropFirst(index + 1).first?.hint != hint else { continue }
            console.say("hint: " + Printable.text(hint))
        }
        return reports.last?.status ?? .failure
    }

    /// Converts one of Scrubjay's errors; nil for any other.
    init?(_ error: any Error) {
        switch error {
        case let error as any CodedError:
            message = Self.message(of: error)
            hint = error.hint ?? Self.hint(for: error)
            status = Self.status(of: error)
            reason = Self.reason(of: error) ?? reason
        case let error as PolicyError:
            message = "\(error.place): " + (error.rule.map { "rule \($0): " } ?? "") + error.message
            status = .failure
        default: return nil
        }
    }

    private static func message(of error: any CodedError) -> String {
        guard let cause = (error as? FileTransactionError)?.cause else { return "\(error)" }
        return "\(error): \(cause)"
    }

    private static func reason(of error: any CodedError) -> String? {
        switch error {
        case is KitError, is CollectingError, is BundleError: error.code.rawValue
        default: nil
        }
    }

    private static func status(of error: any CodedError) -> ExitStatus {
        switch error {
        case let error as KitError:
            switch error.code {
            case .interrupted: .interrupted
            case .incomplete, .sensitive: .answerIsNo
            case .unsuitable, .refused, .keyRequired, .outputExists: .failure
            case .usage: .usage
            }
        case let error as BundleError: error.isRefusal || error.code == .missingValues ? .answerIsNo : .failure
        case let error as SanitizingError: [.residue, .found, .malformed].contains(error.code) ? .answerIsNo : .failure
        case let error as RotationError: error.code == .unknownName ? .usage : .failure
        default: .failure
        }
    }

    /// Prints help, version and usage errors, as worded by ArgumentParser.
    private static func presentArgumentError(
        _ error: any Error,
        of arguments: [String],
        console: Console
    ) -> ExitStatus {
        let message = Scrubjay.fullMessage(for: error, columns: console.columns)
        switch Scrubjay.exitCode(for: error) {
        case .success:
            // 'help' with a verb that there is not is answered by the general help.
            if arguments.first == "help", let misspelling = Misspelling.first(in: arguments) {
                console.say("scrubjay: " + Printable.text(misspelling.message))
                console.say("hint: " + Printable.text(misspelling.hint))
                return .usage
            }
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
