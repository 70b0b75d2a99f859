@testable import Detecting
import Documents
import Testing

@Suite("the built-in rules")
struct RuleTests {
    private static let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))

    @Test func haveUniqueNamesAndSummaries() {
        let rules = RuleSet.builtIn.rules
        let kinds = Set(rules.map(\.kind))
        #expect(kinds.isSuperset(of: [.password, .token, .privateKey, .ipv4, .domain, .email, .userName]))
        #expect(Set(rules.map(\.id)).count == rules.count)
        for rule in rules {
            #expect(rule.summary.first?.isLowercase == true || rule.summary.hasPrefix("API"), "\(rule.id)")
            #expect(!rule.summary.hasSuffix("."), "\(rule.id)")
        }
        #expect(RuleSet.builtIn.rule("github-token")?.kind == .token)
        #expect(RuleSet.builtIn.rule("no-such-rule") == nil)
    }

    @Test(arguments: RuleSet.builtIn.rules.map(\.id))
    func bearOutTheirExamples(id: String) throws {
        let failures = try Self.check.get().failures(of: id)
        #expect(failures.isEmpty, "\(failures.map { "\($0.rule): \($0.message)" })")
    }

    @Test func findASettingThatWasAdded() {
        let rule = Rule(setting: "MURRE_COUNT", kind: .secretKey, summary: "how many there are")
        let scanner = Scanner(rules: RuleSet.builtIn.adding([rule]), fingerprintKey: [1, 2, 3])
        let result = scanner.scan([Document(path: ".env", bytes: Array("MURRE_COUNT=seven\n".utf8))])
        #expect(result.findings.map(\.rule) == ["setting-murre-count"])
        #expect(result.findings.first?.location?.fileSpan == Span(12, 17))
    }

    @Test func readsTheAddressesOfASetting() {
        let rules = [
            Rule(setting: "SIP_URI", kind: .email, summary: "an account"),
            Rule(setting: "ADVERTISE_IPS", kind: .ipv4, summary: "addresses"),
        ]
        let scanner = Scanner(rules: RuleSet(rules), fingerprintKey: [1])
        let text = "SIP_URI=test@sip2sip.info\nSIP_URI=sip:lia@puffin.test\nADVERTISE_IPS=127.0.0.1,10.3.4.5\n"
        let result = scanner.scan([Document(path: ".env", bytes: Array(text.utf8))])
        #expect(result.findings.map(\.location?.fileSpan) == [Span(38, 53), Span(78, 86)])
    }

    @Test func readsAHomeFolderAsThePartOfAPath() {
        let rule = Rule(setting: "CONFIG", kind: .homePath, summary: "where the settings are")
        let scanner = Scanner(rules: RuleSet([rule]), fingerprintKey: [1])
        let text = "CONFIG=/home/lmurre/.jitsi-meet-cfg\nOLD_CONFIG=/srv/x\nrun --config /config/prosody.cfg.lua\n"
        let result = scanner.scan([Document(path: ".env", bytes: Array(text.utf8))])
        #expect(result.findings.map(\.location?.fileSpan) == [Span(7, 19)])
    }

    /// Long texts behind an anchor, quoted or not, are within the bounds of every pattern.
    @Test(arguments: [
        String(repeating: "a", count: 6000), "\"" + String(repeating: "a\\\"", count: 3000),
        String(repeating: "a=\"b\" -p 'c' ", count: 500), String(repeating: "a.b-c:d/e, ", count: 500),
    ])
    func abandonNoMatch(filler: String) {
        for rule in RuleSet.builtIn.rules {
            guard let pattern = rule.pattern else { continue }
            // A rule without an anchor is about a setting, whose value may be as long as the filler.
            for anchor in rule.anchors.isEmpty ? [""] : rule.anchors {
                for lead in ["", String((filler + " ").suffix(rule.reach))] {
                    var abandoned = false
                    let text = Array((lead + anchor + filler).utf8)
                    _ = pattern.match(text, from: 0, through: lead.utf8.count, &abandoned)
                    #expect(!abandoned, "\(rule.id)")
                }
            }
        }
    }

    private static let check = Result { try RuleCheck(.builtIn) }
}
