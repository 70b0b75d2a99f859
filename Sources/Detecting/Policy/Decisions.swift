/// An owner's decisions about values, indexed for a scan.
public struct Decisions: Sendable {
    /// The reason why a value stays.
    public enum Reason: Hashable, Sendable {
        /// The policy keeps the value with this fingerprint.
        case fingerprint(String)
        /// The scanned tree declares the value with this digest as kept.
        case digest(String)
        /// The name is this domain, or is under it.
        case domain(String)
        /// The policy keeps values of this kind, in this file or everywhere.
        case kind(Kind)
    }

    /// The id of the rule that finds words of the policy.
    public static let wordRule = "sensitive-word"
    /// The id of the rule that finds values of an earlier run, which only its sealed map knows.
    public static let mapRule = "sealed-map"

    /// The policy; empty if there is none.
    private var policy = PolicyFile()
    /// The digests of values that stay without a policy.
    private var digests: Set<String> = []
    /// Which values may stay that are no secrets, by their digests.
    private var digestsOfNoSecrets: Set<String> = []
    /// The kept fingerprints, with whether a reason is given; a secret needs one.
    private var reasons: [String: Bool] = [:]
    /// Values to search for everywhere in addition to the policy's words.
    private var values: [KnownValue] = []
    /// Values of earlier runs, to search for as one searches for what was found.
    private(set) var remembered: [KnownValue] = []
    /// The original paths of renamed files, which the policy refers to.
    public var sourcePaths: [String: String] = [:]

    /// Makes an empty set of decisions.
    public init() {}

    /// Makes the decisions of a policy.
    public init(_ policy: PolicyFile) {
        self.policy = policy
        for value in policy.keep.values { reasons[value.fingerprint] = value.reason != nil }
    }

    /// Makes the decisions that a tree declares: names with everything under them, and values by their digests.
    public init(domains: [String], digests: Set<String>) {
        policy.keep.domains = domains
        self.digests = digests
    }

    /// Whether anything may be kept.
    var keepsAnything: Bool {
        asksForDigests || !reasons.isEmpty || !policy.keep.domains.isEmpty
            || policy.actions.contains { $0.deed == .keep }
    }

    /// Whether digests of values are needed.
    var asksForDigests: Bool { !digests.isEmpty || !digestsOfNoSecrets.isEmpty }

    /// Whether fingerprints of values are needed.
    var asksForFingerprints: Bool { !reasons.isEmpty }

    /// Returns why a value with these ids stays everywhere.
    func reason(fingerprint: String?, digest: String?, kind: Kind) -> Reason? {
        if let fingerprint, let isReasoned = reasons[fingerprint], isReasoned || kind.severity != .secret {
            return .fingerprint(fingerprint)
        }
        if let digest, digests.contains(digest) || kind.severity != .secret && digestsOfNoSecrets.contains(digest) {
            return .digest(digest)
        }
        return nil
    }

    /// Returns why a host name stays everywhere.
    func reason(domain: [UInt8]) -> Reason? {
        guard !policy.keep.domains.isEmpty else { return nil }
        let name = domain.filter { $0 != UInt8(ascii: "\\") }.map(\.lowered)
        return policy.keep.domain(of: String(decoding: name, as: UTF8.self)).map(Reason.domain)
    }

    /// Returns why values of the kind stay in the file.
    func reason(kind: Kind, path: String) -> Reason? {
        policy.deed(with: kind, in: sourcePaths[path] ?? path) == .keep ? .kind(kind) : nil
    }

    /// Whether the reason applies to some files only.
    public func isBoundToPaths(_ reason: Reason) -> Bool {
        guard case .kind(let kind) = reason else { return false }
        return policy.actions.contains { $0.kinds.contains(kind) && !$0.paths.isEmpty }
    }

    /// The words to search for everywhere.
    var words: [KnownValue] {
        policy.sensitive.map { KnownValue(word: Array($0.word.utf8), kind: $0.kind, rule: Self.wordRule) } + values
    }

    /// The same decisions, and that names stay with all that is under them, and values by their digests that were found to be no
    /// secrets.
    public func alsoKeeping(domains: [String], digestsOfNoSecrets: Set<String>) -> Decisions {
        var decisions = self
        decisions.policy.keep.domains += domains.filter { !policy.keep.domains.contains($0) }
        decisions.digestsOfNoSecrets.formUnion(digestsOfNoSecrets)
        return decisions
    }

    /// Returns the same decisions, with additional values to search for everywhere, whether or not a rule finds them.
    public func seeking(_ values: [KnownValue]) -> Decisions {
        var decisions = self
        decisions.values += values.compactMap(KnownValue.init(everywhere:))
        return decisions
    }

    /// Returns the same decisions, with values of earlier runs, which count wherever a value of their confidence does.
    public func remembering(_ values: [KnownValue]) -> Decisions {
        var decisions = self
        decisions.remembered += values
        return decisions
    }
}
