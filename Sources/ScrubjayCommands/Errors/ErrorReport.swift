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
        if let several = error as? BundleProblems {
            return present(several.errors.compactMap { ErrorReport($0) }, console: console)
        }
        guard let report = ErrorReport(error) else {
            return presentArgumentError(error, of: arguments, console: console)
        }
        return present([report], console: console)
    }

    /// Prints several problems; a hint shared by consecutive ones is printed once, after the last of them.
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
        switch Scrubjay.exitCode(for: error) {
        case .success:
            // For a misspelled word, ArgumentParser would print the general help.
            if arguments.first == "help", let misspelling = Misspelling.first(in: arguments) {
                return present(misspelling, console: console)
            }
            console.print(Scrubjay.fullMessage(for: error, columns: min(100, max(40, console.columns() ?? 100))))
            return .success
        case .validationFailure:
            // A word reported as missing may be there, but misspelled.
            if let misspelling = Misspelling.first(in: arguments) { return present(misspelling, console: console) }
            let message = Scrubjay.message(for: error)
            let isSentence = message.first?.isUppercase == true && message.dropFirst().first?.isLowercase == true
            let text = isSentence ? message.prefix(1).lowercased() + message.dropFirst() : message
            let verb = arguments.first { !$0.hasPrefix("-") }.map { " " + $0 } ?? ""
            console.say("scrubjay: \(text)")
            console.say("hint: see 'scrubjay\(Printable.text(verb)) --help'")
            return .usage
        default:
            console.say("scrubjay: \(Scrubjay.fullMessage(for: error))")
            return .failure
        }
    }

    private static func present(_ misspelling: Misspelling, console: Console) -> ExitStatus {
        console.say("scrubjay: " + Printable.text(misspelling.message))
        console.say("hint: " + Printable.text(misspelling.hint))
        return .usage
    }
}
