public import Errors

/// The reason why a gcloud command returned nothing or only a part.
public struct GcloudError: CodedError {
    /// The closed set of reasons.
    public enum Code: String, Hashable, Sendable {
        /// gcloud is not installed.
        case notInstalled
        /// The login has expired, or there is none.
        case notLoggedIn
        /// The project does not exist, or the user has no access.
        case noProject
        /// The user may not read this resource.
        case forbidden
        /// The project does not use this part of Google Cloud, so it has no resources there.
        case notEnabled
        /// Google's quota is exceeded; try again later.
        case quota
        /// The command timed out.
        case timedOut
        /// The run was interrupted.
        case interrupted
        /// Some pages failed; the others were added.
        case incomplete
        /// Anything else.
        case failed
    }

    /// The reason.
    public var code: Code
    /// The problem, in one lower-case sentence.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether every other command would fail as well.
    public var endsAll: Bool { [.notInstalled, .notLoggedIn, .noProject].contains(code) }

    /// Classifies gcloud's error output.
    ///
    /// Source: `googlecloudsdk/core/credentials/store.py`, `api_lib/util/exceptions.py` and `api_lib/compute/utils.py`
    /// of gcloud 528, and the error codes of https://cloud.google.com/apis/design/errors.
    init(status: Int32, errors: String) {
        let lower = errors.lowercased()
        func said(_ phrases: String...) -> Bool { phrases.contains(where: lower.contains) }
        if said(
            "gcloud auth login",
            "refreshing your current auth tokens",
            "reauthentication",
            "invalid_grant",
            "invalid authentication credentials",
            "do not currently have an active account"
        ) {
            self.init(.notLoggedIn, "gcloud is not logged in, or its login has expired: run 'gcloud auth login'")
        } else if said("has not been used in project", "service_disabled", "accessnotconfigured", "it is disabled") {
            self.init(.notEnabled, "this Google Cloud API is not enabled in the project")
        } else if said("quota exceeded", "ratelimitexceeded", "quotaexceeded", "resource_exhausted") {
            self.init(.quota, "Google's quota is exhausted: wait a minute and collect again")
        } else if said(
            "project not found",
            "failed to find project",
            "the project property is set to the empty string",
            "is not found and cannot be used for api calls",
            "unknown project id"
        ) {
            self.init(.noProject, "there is no such project, or this login cannot see it")
        } else if said("required '", "permission_denied", "does not have permission", "forbidden") {
            self.init(.forbidden, "this login has no permission to read it" + Self.reason(errors))
        } else if said("some requests did not succeed") {
            self.init(.incomplete, "some of it could not be read" + Self.reason(errors))
        } else {
            self.init(.failed, "gcloud failed with status \(status)" + Self.reason(errors))
        }
    }

    private static func reason(_ errors: String) -> String {
        let lines = errors.split(separator: "\n").map { $0.trimmingPrefix(while: { " -".contains($0) }) }
        // After a crash of gcloud itself, its output continues with advice.
        let crash = lines.first { $0.contains("gcloud crashed") }
        guard let last = crash ?? lines.last(where: { !$0.isEmpty }) else { return "" }
        var text = last.hasPrefix("ERROR: ") ? last.dropFirst("ERROR: ".count) : last
        // The text continues with the origin of the login.
        if let end = text.firstRange(of: " This command is authenticated") { text = text[..<end.lowerBound] }
        return ": " + text.prefix(300)
    }
}
