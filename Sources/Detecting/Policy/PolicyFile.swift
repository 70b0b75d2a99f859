public import Collecting

/// The owner's decisions about a deployment, as the `.scrubjay.yml` at its root has them.
///
/// What is not known is refused, so that no decision is overlooked. The format is specified in `docs/formats/policy.md`.
public struct PolicyFile: Hashable, Sendable {
    /// The name of the file, at the root of what is scanned.
    public static let name = ".scrubjay.yml"

    /// Values that are named rather than held: by what may be read in public, and by fingerprint.
    public struct Selection: Hashable, Sendable {
        /// A value that is known by its fingerprint.
        public struct Value: Hashable, Sendable {
            /// The fingerprint, as a scan tells it.
            public var fingerprint: String
            /// Why it was decided so.
            public var reason: String?

            /// Makes an entry.
            public init(fingerprint: String, reason: String? = nil) {
                self.fingerprint = fingerprint
                self.reason = reason
            }
        }

        /// Names of hosts, in lower case: each stands for itself and for all names under it.
        public var domains: [String]
        /// Values of any kind.
        public var values: [Value]

        /// Makes a selection; without arguments of nothing.
        public init(domains: [String] = [], values: [Value] = []) {
            self.domains = domains
            self.values = values
        }

        /// The domain that the host name is, or is under; nil where there is none.
        public func domain(of host: String) -> String? {
            domains.first { host == $0 || host.hasSuffix("." + $0) }
        }
    }

    /// A word that is looked for everywhere because the owner says so.
    public struct SensitiveWord: Hashable, Sendable {
        /// The word.
        public var word: String
        /// What it is, which decides its stand-in.
        public var kind: Kind
    }

    /// What is done with values of some kinds, or with files.
    public struct Action: Hashable, Sendable {
        /// What is done.
        public enum Deed: String, Hashable, Sendable, CaseIterable {
            /// They are replaced, as they are where nothing is said.
            case replace
            /// The values stay.
            case keep
            /// The files are left out.
            case omit
        }

        /// What is done.
        public var deed: Deed
        /// The kinds of values; empty where it is about files.
        public var kinds: Set<Kind>
        /// The files; empty for all.
        public var paths: [PathPattern]

        /// Makes an action.
        public init(_ deed: Deed, kinds: Set<Kind> = [], paths: [PathPattern] = []) {
            self.deed = deed
            self.kinds = kinds
            self.paths = paths
        }

        /// Whether it is about the file.
        func applies(to path: String) -> Bool { paths.isEmpty || paths.contains { $0.matches(path) } }
    }

    /// What a parameter is called and described as.
    public struct ParameterText: Hashable, Sendable {
        /// The name that it would have, or the fingerprint of its value.
        public var key: String
        /// The name that it gets; nil for the one it has.
        public var name: String?
        /// What it is for; nil for what Scrubjay says.
        public var summary: String?
    }

    /// What is done with names of time zones, which say where somebody lives.
    public enum TimeZoneAction: String, Hashable, Sendable, CaseIterable {
        /// They stay.
        case keep
        /// They become `UTC`.
        case replace
    }

    /// The rules that the owner adds to those that come with Scrubjay.
    public var rules: [Rule]
    /// The files that a scan leaves alone.
    public var exclude: PathExclusion
    /// The files that come back in which a sanitized tree leaves out by default.
    public var include: PathExclusion
    /// Which key the fingerprints are made with; nil where there are none.
    public var fingerprintKeyID: String?
    /// The values that stay.
    public var keep: Selection
    /// The values that are replaced as they would be anyway, so that a review asks no more.
    public var replace: Selection
    /// The words that are looked for everywhere.
    public var sensitive: [SensitiveWord]
    /// What is done by kind and by path; of those that fit, the first decides.
    public var actions: [Action]
    /// What parameters are called.
    public var parameters: [ParameterText]
    /// What is done with time zones.
    public var timeZone: TimeZoneAction

    /// Makes a policy; without arguments it is the one of an owner who has decided nothing.
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
    /// - Throws: ``PolicyError``, the first of all that are in it.
    public init(reading bytes: [UInt8], path: String) throws(PolicyError) {
        var reader = PolicyReader(bytes, path: path)
        self = reader.read()
        if let first = reader.problems.first { throw first }
    }

    /// All that is wrong with a policy, in the order of its text; nothing where it can be used.
    public static func problems(in bytes: [UInt8], path: String) -> [PolicyError] {
        var reader = PolicyReader(bytes, path: path)
        _ = reader.read()
        return reader.problems
    }

    /// Whether something in it is named by a fingerprint, which has a meaning with one key only.
    public var hasFingerprints: Bool {
        !keep.values.isEmpty || !replace.values.isEmpty || parameters.contains { PolicyReader.isFingerprint($0.key) }
    }

    /// What is to be done with a file as a whole: it stays or is left out; nil where nothing was decided.
    public func deed(withFile path: String) -> Action.Deed? {
        actions.first { $0.kinds.isEmpty && $0.applies(to: path) }?.deed
    }

    /// Whether the file comes back in that a sanitized tree leaves out by default.
    public func bringsBack(_ path: String) -> Bool { include.excludes(path) }

    /// What is to be done with the values of a kind in a file; nil where nothing was decided.
    public func deed(with kind: Kind, in path: String) -> Action.Deed? {
        actions.first { $0.kinds.contains(kind) && $0.applies(to: path) }?.deed
    }
}
