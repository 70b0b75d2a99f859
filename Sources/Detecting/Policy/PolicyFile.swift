public import Collecting

/// The owner's decisions about a deployment, from the `.scrubjay.yml` at its root.
///
/// Unknown entries are refused, so that no decision is overlooked. The format is specified in `docs/formats/policy.md`.
public struct PolicyFile: Hashable, Sendable {
    /// The name of the file at the root of the scanned tree.
    public static let name = ".scrubjay.yml"

    /// Values that are identified without being stored: by a public name or by fingerprint.
    public struct Selection: Hashable, Sendable {
        /// A value that is identified by its fingerprint.
        public struct Value: Hashable, Sendable {
            /// The fingerprint, as reported by a scan.
            public var fingerprint: String
            /// The reason for the decision.
            public var reason: String?

            /// Makes an entry.
            public init(fingerprint: String, reason: String? = nil) {
                self.fingerprint = fingerprint
                self.reason = reason
            }
        }

        /// Lower-case host names; each includes all names under it.
        public var domains: [String]
        /// Values of any kind.
        public var values: [Value]

        /// Makes a selection, empty by default.
        public init(domains: [String] = [], values: [Value] = []) {
            self.domains = domains
            self.values = values
        }

        /// Returns the selected domain that equals the host name or contains it; nil if there is none.
        public func domain(of host: String) -> String? {
            domains.first { host == $0 || host.hasSuffix("." + $0) }
        }
    }

    /// A word that the owner wants to be searched for everywhere.
    public struct SensitiveWord: Hashable, Sendable {
        /// The word.
        public var word: String
        /// The kind of the word, which determines its stand-in.
        public var kind: Kind
    }

    /// An action on values of some kinds, or on files.
    public struct Action: Hashable, Sendable {
        /// The sort of action.
        public enum Deed: String, Hashable, Sendable, CaseIterable {
            /// Values are replaced, which is the default.
            case replace
            /// Values are kept.
            case keep
            /// Files are omitted.
            case omit
        }

        /// The sort of action.
        public var deed: Deed
        /// The kinds of values; empty for an action on files.
        public var kinds: Set<Kind>
        /// The files; empty for all.
        public var paths: [PathPattern]

        /// Makes an action.
        public init(_ deed: Deed, kinds: Set<Kind> = [], paths: [PathPattern] = []) {
            self.deed = deed
            self.kinds = kinds
            self.paths = paths
        }

        /// Whether the action applies to the file.
        func applies(to path: String) -> Bool { paths.isEmpty || paths.contains { $0.matches(path) } }
    }

    /// The name and description of a parameter.
    public struct ParameterText: Hashable, Sendable {
        /// The default name, or the fingerprint of its value.
        public var key: String
        /// The new name; nil for the default.
        public var name: String?
        /// The description; nil for the default.
        public var summary: String?
    }

    /// The handling of time zone names, which reveal where someone lives.
    public enum TimeZoneAction: String, Hashable, Sendable, CaseIterable {
        /// They are kept.
        case keep
        /// They become `UTC`.
        case replace
    }

    /// The owner's additional rules.
    public var rules: [Rule]
    /// The files that a scan skips.
    public var exclude: PathExclusion
    /// The files that a sanitized tree includes although it omits them by default.
    public var include: PathExclusion
    /// The id of the key with which the fingerprints were made; nil if there are none.
    public var fingerprintKeyID: String?
    /// The values that are kept.
    public var keep: Selection
    /// The values to replace, which is also the default; listed here so that a review does not ask about them.
    public var replace: Selection
    /// The words to search for everywhere.
    public var sensitive: [SensitiveWord]
    /// The actions by kind and path; the first that applies decides.
    public var actions: [Action]
    /// The names and descriptions of parameters.
    public var parameters: [ParameterText]
    /// The handling of time zones.
    public var timeZone: TimeZoneAction

    /// Makes a policy; by default it contains no decision.
    public init(rules: [Rule] = [], exclude: PathExclusion = PathExclusion()) {
        self.rules = rules
        self.exclude = exclude
        include = PathExclusion()
        keep = Selection()
        replace = Selection()
        sensitive = []
        actions = []
        parameters = []
        timeZone = .keep
    }

    /// Reads a policy.
    ///
    /// - Parameters:
    ///   - bytes: the YAML text.
    ///   - path: the file's path, for errors.
    /// - Throws: ``PolicyError`` with the first problem.
    public init(reading bytes: [UInt8], path: String) throws(PolicyError) {
        var reader = PolicyReader(bytes, path: path)
        self = reader.read()
        if let first = reader.problems.first { throw first }
    }

    /// Returns all problems of a policy, in order of its text; empty if it is valid.
    public static func problems(in bytes: [UInt8], path: String) -> [PolicyError] {
        var reader = PolicyReader(bytes, path: path)
        _ = reader.read()
        return reader.problems
    }

    /// Whether the policy contains a fingerprint, which is meaningful only together with its key.
    public var hasFingerprints: Bool {
        !keep.values.isEmpty || !replace.values.isEmpty || parameters.contains { PolicyReader.isFingerprint($0.key) }
    }

    /// Returns the action on a file as a whole: it is kept or omitted; nil if nothing was decided.
    public func deed(withFile path: String) -> Action.Deed? {
        actions.first { $0.kinds.isEmpty && $0.applies(to: path) }?.deed
    }

    /// Whether the file is included in a sanitized tree although it is omitted by default.
    public func bringsBack(_ path: String) -> Bool { include.excludes(path) }

    /// Returns the action on values of a kind in a file; nil if nothing was decided.
    public func deed(with kind: Kind, in path: String) -> Action.Deed? {
        actions.first { $0.kinds.contains(kind) && $0.applies(to: path) }?.deed
    }
}
