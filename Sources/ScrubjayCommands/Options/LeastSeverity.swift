internal import ArgumentParser
internal import Detecting

/// A severity on the command line.
enum LeastSeverity: String, ExpressibleByArgument, CaseIterable {
    case infrastructure, personal, secret

    /// The severity.
    var severity: Severity {
        switch self {
        case .infrastructure: .infrastructure
        case .personal: .personal
        case .secret: .secret
        }
    }
}
