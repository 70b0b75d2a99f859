@testable import Detecting
import Documents
import Testing

@Suite("the built-in rules")
struct RuleTests {
    private static let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))

    @Test func haveUniqueNamesAndSummaries() {
        let rules = RuleSet.builtIn.rules
        #expect(rules.count >= 90)
        #expect(Set(rules.map(\.id)).count == rules.count)
        for rule in rules {
            #expect(rule.summary.first?.isLowercase == true || rule.summary.hasPrefix("API"), "\(rule.id)")
            #expect(!rule.summary.hasSuffix("."), "\(rule.id)")
        }
        #expect(RuleSet.builtIn.rule("github-token")?.kind == .token)
        #expect(RuleSet.builtIn.rule("no-such-rule") == nil)
    }

    @Test func knowTheTokensOfManyServices() {
        let services = RuleSet.builtIn.rules.filter { $0.kind == .token && !$0.anchors.isEmpty }
        #expect(services.count >= 20)
    }

    @Test(arguments: RuleSet.builtIn.rules.map(\.id))
    func findTheirExamples(id: String) throws {
        let rule = try #require(RuleSet.builtIn.rule(id))
        for example in rule.examples {
            let marked = MarkedText(example.text)
            #expect(!marked.spans.isEmpty, "\(id): an example marks its value")
            let found = Self.places(of: id, in: marked.text, path: example.path)
            for span in marked.spans {
                #expect(found.contains(span), "\(id): \(example.text) gives \(found)")
            }
        }
    }

    @Test(arguments: RuleSet.builtIn.rules.map(\.id))
    func passByTheirCounterexamples(id: String) throws {
        let rule = try #require(RuleSet.builtIn.rule(id))
        for example in rule.counterexamples {
            let text = example.text.split(separator: "{}", omittingEmptySubsequences: false).joined()
            let found = Self.places(of: id, in: text, path: example.path)
            #expect(found.isEmpty, "\(id): \(text) gives \(found)")
        }
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

    /// Where the rule itself finds something, before values that share bytes are weighed against each other.
    private static func places(of rule: String, in text: String, path: String) -> [Span] {
        let document = Document(path: path, bytes: Array(text.utf8))
        let number = RuleSet.builtIn.rules.firstIndex { $0.id == rule }
        return DocumentDetector.detect(in: document, index: index).candidates.compactMap { candidate in
            guard candidate.rule == number, let layer = candidate.layer else { return nil }
            return document.layers[layer].location(of: candidate.span).fileSpan
        }
    }

    private static let index: RuleIndex = {
        do {
            return try RuleIndex(.builtIn)
        } catch {
            preconditionFailure("\(error)")
        }
    }()
}
