/// Named data that describes a kind of value: where it stands, and what it looks like.
public struct Rule: Hashable, Sendable {
    /// The unique name, in words with dashes.
    public let id: String
    /// What the value is.
    public let kind: Kind
    /// How sure a finding of this rule is.
    public let confidence: Confidence
    /// What the value is, in one lower-case phrase.
    public let summary: String
    /// Where the format is specified; nil where the rule needs no source.
    public let source: String?
    /// The settings whose whole name this is, as `PUBLIC_URL`.
    public let settings: [String]
    /// The words with which the name of a setting ends, as `api_key`; `*` before the first lets it end a word, and `*` behind the
    /// last means that a name begins so.
    public let keys: [String]
    /// The settings whose names end so, and that hold something else; of a rule about beginnings, whole names.
    public let exceptKeys: [String]
    /// Texts that all satisfy the rule, shown in the rule reference and run by a test.
    public let examples: [Example]
    /// Texts that look like it and are not.
    public let counterexamples: [Example]

    /// The literals at whose first byte `pattern` is tried.
    let anchors: [String]
    /// Expressions of one length that are anchors as well.
    let expressions: [String]
    /// How many bytes before an anchor the pattern may start; the earliest start of which the match takes in the
    /// anchor counts.
    let reach: Int
    /// Whether the pattern starts where the anchor's line does.
    let fromLineStart: Bool
    /// Whether anchors and pattern match letters in either case.
    let ignoresCase: Bool
    /// What stands at an anchor; of a rule with settings or keys, what their value is.
    let pattern: Pattern?
    /// The shape whose detector finds the value.
    let shape: Shape?
    /// Whether the pattern is about the paths of files and not about their texts.
    let readsPath: Bool
    /// The files that the rule is about; nil for all.
    let paths: Pattern?
    /// What the value must pass.
    let validators: [Validator]
    /// The least entropy of the value, in bits a byte: what was typed for a token has less.
    let minimumEntropy: Double?
    /// The checksum that values of the format carry.
    let checksum: Checksum?

    /// Whether the rule knows settings by the beginning of their names, and not by their last words.
    var knowsBeginnings: Bool { keys.contains { $0.last == "*" } }

    /// Whether the value of a setting that the rule knows by its last words may be a name of a setting, and then is no value.
    var mayNameItself: Bool { settings.isEmpty && kind != .password }

    /// Makes the rule that the setting named `setting` is of the kind `kind`, whatever its value looks like.
    ///
    /// Its id is the setting's name in words with dashes.
    public init(setting: String, kind: Kind, summary: String) {
        self.init(
            id: "setting-" + KeyName(setting).words.joined(separator: "-"),
            kind: kind,
            confidence: .high,
            summary: summary,
            settings: [setting]
        )
    }

    init(
        id: String,
        kind: Kind,
        confidence: Confidence,
        summary: String,
        source: String? = nil,
        settings: [String] = [],
        keys: [String] = [],
        exceptKeys: [String] = [],
        anchors: [String] = [],
        expressions: [String] = [],
        reach: Int = 0,
        fromLineStart: Bool = false,
        ignoresCase: Bool = false,
        pattern: Pattern? = nil,
        shape: Shape? = nil,
        readsPath: Bool = false,
        paths: Pattern? = nil,
        validators: [Validator] = [],
        minimumEntropy: Double? = nil,
        checksum: Checksum? = nil,
        examples: [Example] = [],
        counterexamples: [Example] = []
    ) {
        self.id = id
        self.kind = kind
        self.confidence = confidence
        self.summary = summary
        self.source = source
        self.settings = settings
        self.keys = keys
        self.exceptKeys = exceptKeys
        self.anchors = anchors
        self.expressions = expressions
        self.reach = reach
        self.fromLineStart = fromLineStart
        self.ignoresCase = ignoresCase
        self.pattern = pattern
        self.shape = shape
        self.readsPath = readsPath
        self.paths = paths
        self.validators = validators
        self.minimumEntropy = minimumEntropy
        self.checksum = checksum
        self.examples = examples
        self.counterexamples = counterexamples
    }
}

extension Rule {
    /// Whether `value` passes all that the rule asks of a value beside its pattern.
    func accepts(_ value: [UInt8]) -> Bool {
        validators.allSatisfy { $0.accepts(value) }
            && minimumEntropy.map { Validator.entropy(of: value) >= $0 } ?? true
    }

    /// How sure a finding of `value` is: a wrong checksum leaves doubt.
    func confidence(in value: [UInt8]) -> Confidence {
        checksum?.verifies(value) == false ? min(confidence, .medium) : confidence
    }
}

extension Rule {
    /// The shapes that need arithmetic or a parser instead of a pattern.
    enum Shape: String, Hashable, Sendable, CaseIterable {
        case ipv4
        case ipv6
        case mac
        case email
        case hostDomain
        case urlHost
        case bareHost
        case privateHost
        case loginName
        case phone
        case privateKey
        case certificate
        case certificateName

        /// The number of the shape.
        var number: Int {
            switch self {
            case .ipv4: 0
            case .ipv6: 1
            case .mac: 2
            case .email: 3
            case .hostDomain: 4
            case .urlHost: 5
            case .bareHost: 6
            case .privateHost: 7
            case .loginName: 8
            case .phone: 9
            case .privateKey: 10
            case .certificate: 11
            case .certificateName: 12
            }
        }
    }
}
