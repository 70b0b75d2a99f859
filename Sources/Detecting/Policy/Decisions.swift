/// An owner's decisions about values, indexed for a scan.
public struct Decisions: Sendable {
    /// The reason why a value is kept.
    public enum Reason: Hashable, Sendable {
        /// The policy keeps the value with this fingerprint.
        case fingerprint(String)
        /// The scanned tree declares the value with this digest as kept.
        case digest(String)
        /// The host name is this domain, or is under it.
        case domain(String)
        /// The policy keeps values of this kind, in this file or everywhere.
        case kind(Kind)
    }

    /// The id of the rule that finds the policy's sensitive words.
    public static let wordRule = "sensitive-word"
    /// The id of the rule that finds values of an earlier run, which only that run's sealed map contains.
    public static let mapRule = "sealed-map"

    /// The policy; empty if there is none.
    private var policy = PolicyFile()
    /// The digests of values that are kept without a policy.
    private var digests: Set<String> = []
    /// The digests of values that are kept unless they are secrets.
    private var digestsOfNoSecrets: Set<String> = []
    /// The kept fingerprints, and whether a reason is given, which is required for a secret.
    private var reasons: [String: Bool] = [:]
    /// Values to search for everywhere in addition to the policy's words.
    private var values: [KnownValue] = []
    /// Values of earlier runs, which are searched for in the same way as values found in this run.
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

    /// Makes the decisions that a tree declares: domains with everything under them, and digests of values.
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

    /// Returns the reason why a value with these ids is kept everywhere; nil if it is not.
    func reason(fingerprint: String?, digest: String?, kind: Kind) -> Reason? {
        if let fingerprint, let isReasoned = reasons[fingerprint], isReasoned || kind.severity != .secret {
            return .fingerprint(fingerprint)
        }
        if let digest, digests.contains(digest) || kind.severity != .secret && digestsOfNoSecrets.contains(digest) {
            return .digest(digest)
        }
        return nil
    }

    /// Returns the reason why a host name is kept everywhere; nil if it is not.
    func reason(domain: [UInt8]) -> Reason? {
        guard !policy.keep.domains.isEmpty else { return nil }
        let name = domain.filter { $0 != UInt8(ascii: "\\") }.map(\.lowered)
        return policy.keep.domain(of: String(decoding: name, as: UTF8.self)).map(Reason.domain)
    }

    /// Returns the reason why values of the kind are kept in the file; nil if they are not.
    func reason(kind: Kind, path: String) -> Reason? {
        policy.deed(with: kind, in: sourcePaths[path] ?? path) == .keep ? .kind(kind) : nil
    }

    /// Whether the reason applies only to some files.
    public func isBoundToPaths(_ reason: Reason) -> Bool {
        guard case .kind(let kind) = reason else { return false }
        return policy.actions.contains { $0.kinds.contains(kind) && !$0.paths.isEmpty }
    }

    /// The words to search for everywhere.
    var words: [KnownValue] {
        policy.sensitive.map { KnownValue(word: Array($0.word.utf8), kind: $0.kind, rule: Self.wordRule) } + values
    }

    /// Returns the same decisions, which additionally keep domains with everything under them, and values that have one
    /// of the given digests and are not secrets.
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

    /// Returns the same decisions with values of earlier runs, which count wherever values of their confidence do.
    public func remembering(_ values: [KnownValue]) -> Decisions {
        var decisions = self
        decisions.remembered += values
        return decisions
    }
}
