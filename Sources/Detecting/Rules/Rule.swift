/// Named data that describes the places and the form of a kind of value.
public struct Rule: Hashable, Sendable {
    /// The unique name, as words joined by dashes.
    public let id: String
    /// The kind of the value.
    public let kind: Kind
    /// The confidence of the rule's findings.
    public let confidence: Confidence
    /// The value in one lower-case phrase.
    public let summary: String
    /// The specification of the format; nil if no source is needed.
    public let source: String?
    /// The whole names of settings, such as `PUBLIC_URL`.
    public let settings: [String]
    /// The last words of settings' names, such as `api_key`.
    ///
    /// A leading `*` allows the first word to be the end of a longer one; a trailing `*` makes the words the beginning
    /// of a name.
    public let keys: [String]
    /// The endings of names of settings that hold something else; for a rule with beginnings, whole names.
    public let exceptKeys: [String]
    /// Texts that satisfy the rule, shown in the rule reference and run by a test.
    public let examples: [Example]
    /// Texts that look similar but do not satisfy the rule.
    public let counterexamples: [Example]

    /// The literals at whose first byte `pattern` is tried.
    let anchors: [String]
    /// Expressions of fixed length that also serve as anchors.
    let expressions: [String]
    /// The maximum number of bytes before an anchor at which the pattern may start.
    ///
    /// The earliest start whose match includes the anchor counts.
    let reach: Int
    /// Whether the pattern starts at the start of the anchor's line.
    let fromLineStart: Bool
    /// Whether anchors and pattern ignore letter case.
    let ignoresCase: Bool
    /// The form of the text at an anchor; for a rule with settings or keys, the form of their value.
    let pattern: Pattern?
    /// The shape whose detector finds the value.
    let shape: Shape?
    /// What must not be before the value in its command or line; nil for nothing.
    let notBehind: Pattern?
    /// Whether the value is a word of a command line, and therefore ends where a shell word does.
    let isInCommand: Bool
    /// Whether the value is an operand of a command, like the further words after it that are not options.
    let hasOperands: Bool
    /// Whether the pattern applies to file paths rather than texts.
    let readsPath: Bool
    /// The files to which the rule applies; nil for all.
    let paths: Pattern?
    /// The checks that the value must pass.
    let validators: [Validator]
    /// The minimum entropy of the value, in bits per byte; hand-written text has less than a token.
    let minimumEntropy: Double?
    /// The checksum that values of the format contain.
    let checksum: Checksum?

    /// Whether the rule knows settings by the beginning of their names rather than by their last words.
    var knowsBeginnings: Bool { keys.contains { $0.last == "*" } }

    /// Whether a value that is itself the name of a setting is ignored, if the setting is known only by its last words.
    var mayNameItself: Bool { settings.isEmpty && kind != .password }

    /// Makes a rule by which the setting named `setting` is of the kind `kind`, whatever its value is.
    ///
    /// Its id contains the setting's name as words joined by dashes.
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
        notBehind: Pattern? = nil,
        isInCommand: Bool = false,
        hasOperands: Bool = false,
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
        self.notBehind = notBehind
        self.isInCommand = isInCommand
        self.hasOperands = hasOperands
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
    /// Whether `value` passes all requirements other than the pattern.
    func accepts(_ value: [UInt8]) -> Bool {
        validators.allSatisfy { $0.accepts(value) }
            && minimumEntropy.map { Validator.entropy(of: value) >= $0 } ?? true
    }

    /// The confidence of a finding of `value`, which a wrong checksum lowers.
    func confidence(in value: [UInt8]) -> Confidence {
        checksum?.verifies(value) == false ? min(confidence, .medium) : confidence
    }
}

extension Rule {
    /// The shapes that require arithmetic or a parser rather than a pattern.
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
        case secretManifest
        case secretFile
        case loginTable
        case loginTableName
        case resourceName
        case reverseName

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
            case .secretManifest: 13
            case .secretFile: 14
            case .loginTable: 15
            case .loginTableName: 16
            case .resourceName: 17
            case .reverseName: 18
            }
        }
    }
}
