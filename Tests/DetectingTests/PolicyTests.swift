import Collecting
import Detecting
import Testing

@Suite("policy files")
struct PolicyTests {
    private static let rule = """
        - id: murre-token
          kind: token
          confidence: high
          summary: a token
          anchors: [murre_]
          pattern: 'murre_[a-z]{4}'

        """

    private static func read(_ text: String) throws(PolicyError) -> PolicyFile {
        try PolicyFile(reading: Array(text.utf8), path: "x/.scrubjay.yml")
    }

    @Test(arguments: ["", "# nothing yet\n", "---\n", "rules:\n", "rules: []\n"])
    func thatDecideNothing(text: String) throws {
        #expect(try Self.read(text) == PolicyFile())
    }

    @Test func haveTheirPatterns() throws {
        let policy = try Self.read("exclude:\n  - docs/\n  - '*.lock' # made by a tool\n")
        #expect(policy.exclude.excludes("docs/a") && policy.exclude.excludes("x/yarn.lock"))
        #expect(!policy.exclude.excludes("docs") && policy.rules.isEmpty)
    }

    @Test func haveTheirRulesInOrder() throws {
        let second = Self.rule.replacing("murre-token", with: "auk-token")
        let policy = try Self.read("---\nrules:\n" + Self.rule + second)
        #expect(policy.rules.map(\.id) == ["murre-token", "auk-token"])
        #expect(policy.rules.first?.facts.first?.texts == ["murre_"])
    }

    @Test(
        arguments: [
            ("rules: murre\n", nil, 1, 8, "its rules are not a list"),
            ("rules:\n  murre: x\n", nil, 2, 3, "its rules are not a list"),
            ("rules:\n" + rule + rule, "murre-token", 8, 3, "two rules have this id"),
            ("rules:\n" + rule + "rules:\n" + rule, nil, 8, 1, "'rules' is given twice"),
            ("rules:\n- kind: token\n", nil, 2, 3, "rule 1 has no id"),
            (
                "rules:\n- id: Murre Token\n", nil, 2, 3,
                "rule 1 has an id with characters other than lower-case letters, digits and hyphens"
            ),
        ] as [(String, String?, Int, Int, String)]
    )
    func thatAreRefused(text: String, rule: String?, line: Int, column: Int, message: String) {
        let error = #expect(throws: PolicyError.self) { try Self.read(text) }
        #expect(error?.path == "x/.scrubjay.yml")
        #expect(error?.rule == rule)
        #expect(error?.message == message)
        #expect(error?.line == line && error?.column == column, "\(error?.place ?? "")")
    }

    @Test(
        arguments: [
            ("kind: token", "kind: tokn", "its kind 'tokn' is not known"),
            ("kind: token", "kind: ''", "it has no kind"),
            ("confidence: high", "confidence: [high]", "its confidence is not a text"),
            ("summary: a token", "reach: 1", "it has no summary"),
            ("summary: a token", "sumary: a token", "it has an unknown field 'sumary'; did you mean 'summary'?"),
            ("anchors: [murre_]", "anchors: murre_", "its anchors are not a list"),
            ("anchors: [murre_]", "anchors: ['']", "its anchors contain something other than texts"),
            ("anchors: [murre_]", "anchors: [{a: b}]", "its anchors contain something other than texts"),
            (
                "anchors: [murre_]", "reach: 2",
                "it says nowhere to look: no settings, keys, anchors, expressions, shape or inPath"
            ),
            (
                "anchors: [murre_]", "expressions: ['a+']",
                "one of its expressions is invalid, or matches nothing or texts of different lengths"
            ),
            ("summary: a token", "summary: x\n  reach: -1", "its reach '-1' is not known"),
            ("summary: a token", "summary: x\n  reach: 100000", "its reach '100000' is not known"),
            ("summary: a token", "summary: x\n  ignoreCase: yes", "its ignoreCase 'yes' is not known"),
            ("summary: a token", "summary: x\n  validators: [lucky]", "its validator 'lucky' is not known"),
            (
                "summary: a token", "summary: x\n  examples: [{path: .env}]",
                "one of its examples has no text, or more than path and text"
            ),
            ("pattern: 'murre_[a-z]{4}'", "shape: murre", "its shape 'murre' is not known"),
            ("pattern: 'murre_[a-z]{4}'", "source: x", "it has no pattern"),
            (
                "pattern: 'murre_[a-z]{4}'", "pattern: 'murre_('",
                "its pattern cannot be used: a group starts with (?: or (?<value>"
            ),
        ]
    )
    func whoseRuleIsRefused(old: String, new: String, message: String) {
        let text = "rules:\n" + Self.rule.replacing(old, with: new)
        let error = #expect(throws: PolicyError.self) { try Self.read(text) }
        #expect(error?.rule == "murre-token")
        #expect(error?.message == message)
    }

    @Test func whoseExpressionVectorscanRefuses() {
        let text =
            "rules:\n" + Self.rule.replacing("anchors: [murre_]", with: "expressions: ['(?<value>a)(?<value>b)']")
        let error = #expect(throws: PolicyError.self) { try Self.read(text) }
        #expect(error?.rule == "murre-token")
        #expect(error?.message.hasPrefix("one of its anchors or expressions cannot be used: ") == true)
    }
}
