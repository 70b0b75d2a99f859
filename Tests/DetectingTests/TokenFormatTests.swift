@testable import Detecting
import Documents
import Testing

@Suite("the formats of tokens")
struct TokenFormatTests {
    private static let rules = (try? RuleLoader.load(EmbeddedData.tokens)) ?? []
    private static let scanner = Scanner(fingerprintKey: [7])

    @Test func areMany() {
        // Those without a pattern are settings whose name alone tells.
        #expect(Self.rules.count { $0.pattern != nil } >= 150)
    }

    @Test func haveExamplesAndSources() {
        for rule in Self.rules {
            #expect(!rule.examples.isEmpty, "\(rule.id) has no example")
            #expect(rule.source?.hasPrefix("https://") == true, "\(rule.id) has no public source")
            #expect(rule.kind.severity == .secret || rule.kind == .accountID, "\(rule.id)")
        }
    }

    /// The rules with a pattern may begin anywhere in a text: a short anchor would stop the search at every word.
    @Test func haveAnchorsOfTwoBytesOrMore() {
        for rule in Self.rules {
            for anchor in rule.anchors { #expect(anchor.utf8.count >= 2, "\(rule.id): '\(anchor)'") }
        }
    }

    @Test func carryRightChecksumsInTheirExamples() {
        for rule in Self.rules {
            guard let checksum = rule.checksum else { continue }
            for example in rule.examples {
                let (text, values) = example.unmarked
                for value in values { #expect(checksum.verifies(Array(text[value.range])) != false, "\(rule.id)") }
            }
        }
    }

    @Test func areDoubtfulWhereTheChecksumIsWrong() throws {
        let rule = try #require(Self.rules.first { $0.id == "npm-token" })
        var token = try #require(rule.examples.first?.parts.compactMap { $0.value }.first)
        let right = Self.scanner.scan([Document(path: "a.txt", bytes: token)])
        #expect(right.findings.map(\.confidence) == [.high])
        token[10] = token[10] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
        let wrong = Self.scanner.scan([Document(path: "a.txt", bytes: token)])
        #expect(wrong.findings.map(\.rule) == ["npm-token"])
        #expect(wrong.findings.map(\.confidence) == [.medium])
    }

    /// What its owner has encrypted already is meant to be published.
    @Test(
        arguments: [
            ("vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n" + String(repeating: "3162653864\n", count: 12)),
            (
                "group_vars.yml",
                "admin_password: !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    "
                    + String(repeating: "62313365396662343061393464336163", count: 2) + "\n"
            ),
            ("secrets.yaml", "db_password: ENC[AES256_GCM,data:Tr7o1w==,iv:1vKBtq6eTfMzDw==,tag:x0A==,type:str]\n"),
            (
                "sealed.yaml",
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                spec:
                    encryptedData:
                        foo: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq11vKBtq6eTfMzDwTr7o1w0pL
                """
            ),
        ]
    )
    func leaveWhatIsEncrypted(path: String, text: String) {
        let index = Result { try RuleIndex(RuleSet(Self.rules)) }
        #expect(throws: Never.self) {
            let found = DocumentDetector.detect(
                in: Document(path: path, bytes: Array(text.utf8)),
                index: try index.get()
            )
            #expect(found.candidates.isEmpty)
        }
    }
}

extension Rule.Example.Part {
    /// The bytes of a value; nil of what stands around one.
    fileprivate var value: [UInt8]? {
        guard case .value(let bytes) = self else { return nil }
        return bytes
    }
}
