import Documents
import Foundation
import TestKit
import Testing

@testable import Detecting

@Suite("decisions")
struct DecisionTests {
    private static let key = [UInt8](repeating: 9, count: 32)

    private static func policy(_ text: String) throws -> PolicyFile {
        try PolicyFile(reading: Array(text.utf8), path: "p")
    }

    private static func keeping(_ fingerprint: String, reason: String? = nil) -> PolicyFile {
        var policy = PolicyFile()
        policy.keep.values = [.init(fingerprint: fingerprint, reason: reason)]
        return policy
    }

    /// Scans documents, and as files of a source, which must say the same.
    private static func scan(_ policy: PolicyFile, _ files: (path: String, text: String)...) -> ScanResult {
        let scanner = Scanner(fingerprintKey: key, decisions: Decisions(policy))
        let files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let result = scanner.scan(files.map { Document(path: $0.path, bytes: Array($0.text.utf8)) })
        var found: [String] = []
        var kept: [String] = []
        scanner.scan(BytesInMemory(files.map { ($0.path, Array($0.text.utf8)) })) { text in
            found += text.findings.map(place)
            kept += text.kept.map { place($0.finding) + " \($0.reason)" }
        }
        #expect(found == result.findings.map(place))
        #expect(kept == result.kept.map { place($0.finding) + " \($0.reason)" })
        return result
    }

    private static func place(_ finding: Finding) -> String {
        "\(finding.path):\(finding.line):\(finding.column) \(finding.kind.rawValue)"
    }

    private static func fingerprint(_ kind: Kind, in result: ScanResult) throws -> String {
        try #require(result.findings.first { $0.kind == kind }).fingerprint
    }

    @Test func keepADomainAndAllUnderIt() throws {
        let files = [
            ("a.yml", "image: registry.murre-works.net/x\nurl: https://eu.registry.murre-works.net/y\n"),
            ("b.yml", "site: https://www.murre-works.net/\nother: https://xregistry.murre-works.net/\n"),
        ]
        let before = Self.scan(PolicyFile(), files[0], files[1])
        #expect(before.findings.count { $0.kind == .domain } == 4)
        let policy = try Self.policy("keep:\n  domains: [registry.murre-works.net]\n")
        let result = Self.scan(policy, files[0], files[1])
        #expect(Set(result.findings.map(\.path)) == ["b.yml"])
        #expect(result.findings.count { $0.kind == .domain } == 2)
        #expect(result.kept.map(\.finding.path) == ["a.yml", "a.yml"])
        #expect(result.kept.allSatisfy { $0.reason == .domain("registry.murre-works.net") })
        let all = try Self.policy("keep:\n  domains: [murre-works.net]\n")
        let nothing = Self.scan(all, files[0], files[1])
        #expect(nothing.findings.isEmpty && nothing.kept.count == 4)
    }

    @Test func doNotKeepMailAtADomain() throws {
        let policy = try Self.policy("keep:\n  domains: [murre-works.net]\n")
        let result = Self.scan(policy, ("a.md", "ask bo.lund@murre-works.net or https://murre-works.net/\n"))
        #expect(result.findings.map(\.kind) == [.email])
        #expect(result.kept.map(\.finding.column) == [40])
    }

    @Test func keepAValueEverywhereAndWhatIsInside() throws {
        let files = [
            ("a.env", "ADMIN_EMAIL=bo.lund@wren-rocks.net\nPUBLIC_URL=https://meet.wren-rocks.net\n"),
            ("b.yml", "data: \(Data("mail bo.lund@wren-rocks.net now".utf8).base64EncodedString())\n"),
        ]
        let before = Self.scan(PolicyFile(), files[0], files[1])
        let policy = Self.keeping(try Self.fingerprint(.email, in: before))
        let result = Self.scan(policy, files[0], files[1])
        #expect(!result.findings.contains { $0.kind == .email })
        #expect(result.findings.map(\.line) == [2], "the domain goes where it stands by itself: \(result.findings)")
        #expect(Set(result.kept.map(\.finding.path)) == ["a.env", "b.yml"])
        #expect(!"\(result.kept.map(\.value))".contains("lund"))
    }

    @Test func keepASecretOnlyWithAReason() throws {
        let file = ("a.env", "JVB_AUTH_PASSWORD=k1ttiwake-and-gull\n")
        let print = try Self.fingerprint(.password, in: Self.scan(PolicyFile(), file))
        #expect(Self.scan(Self.keeping(print), file).findings.count == 1)
        let result = Self.scan(Self.keeping(print, reason: "on the poster"), file)
        #expect(result.findings.isEmpty && result.kept.map(\.reason) == [.fingerprint(print)])
        let other = Scanner(fingerprintKey: [1], decisions: Decisions(Self.keeping(print, reason: "x")))
        #expect(other.scan([Document(path: "a.env", bytes: Array(file.1.utf8))]).findings.count == 1)
    }

    @Test func doNotCoverASecretByWhatIsNone() throws {
        let file = ("a.env", "JVB_AUTH_PASSWORD=k1ttiwake7gull\nADMIN_EMAIL=k1ttiwake7gull@wren-rocks.net\n")
        let before = Self.scan(PolicyFile(), file)
        #expect(before.findings.contains { $0.kind == .password && $0.line == 2 })
        let result = Self.scan(Self.keeping(try Self.fingerprint(.email, in: before)), file)
        #expect(result.findings.contains { $0.kind == .password && $0.line == 2 })
        #expect(result.kept.isEmpty, "the email address does not stay, since a part of it goes")
    }

    @Test func doNotCoverASensitiveWord() throws {
        let policy = try Self.policy("keep: {domains: [murre-works.net]}\nsensitive: [falkenhorst]\n")
        let result = Self.scan(
            policy,
            ("a.md", "see https://falkenhorst.murre-works.net/ and https://murre-works.net/\n")
        )
        #expect(result.findings.map(\.rule) == ["sensitive-word"])
        #expect(result.kept.map(\.finding.column) == [13, 54], "the domain stays at both places")
    }

    @Test func keepWhatStandsInNamesOfFiles() throws {
        let policy = try Self.policy("keep: {domains: [registry.murre-works.net]}\n")
        let result = Self.scan(
            policy,
            ("a.yml", "url: https://registry.murre-works.net/ https://www.murre-works.net/\n"),
            ("certs/murre-works.net/a.pem", "x\n"),
            ("certs/registry.murre-works.net/a.pem", "x\n")
        )
        #expect(result.kept.contains { $0.finding.path.contains("/registry.") && $0.finding.pathSpan != nil })
        #expect(result.findings.filter { $0.pathSpan != nil }.map(\.path) == ["certs/murre-works.net/a.pem"])
    }

    @Test func keepAKindInSomeFiles() throws {
        let policy = try Self.policy("actions:\n  - {do: keep, kinds: [ipv4], paths: [docs/]}\n")
        let result = Self.scan(policy, ("a.env", "JVB_ADDRESS=240.1.2.3\n"), ("docs/x.env", "JVB_ADDRESS=240.1.2.3\n"))
        #expect(result.findings.map(\.path) == ["a.env"])
        #expect(result.kept.map(\.finding.path) == ["docs/x.env"])
        #expect(result.kept.allSatisfy { !$0.isKeptEverywhere && $0.reason == .kind(.ipv4) })
    }

    @Test func followFilesToOtherPaths() throws {
        let policy = try Self.policy("actions:\n  - {do: keep, kinds: [ipv4], paths: [docs/]}\n")
        var scanner = Scanner(fingerprintKey: Self.key, decisions: Decisions(policy))
        let document = Document(path: "user1/x.env", bytes: Array("JVB_ADDRESS=240.1.2.3\n".utf8))
        #expect(scanner.scan([document]).findings.count == 1)
        scanner.decisions.sourcePaths = ["user1/x.env": "docs/x.env"]
        #expect(scanner.scan([document]).findings.isEmpty)
    }

    @Test func findWordsInEveryCaseAndEncodingAndInNames() throws {
        let policy = try Self.policy("sensitive: [Falkenhorst, {word: Bob, kind: personName}]\n")
        let base64 = Data("say falkenhorst again".utf8).base64EncodedString()
        let result = Self.scan(
            policy,
            ("notes.md", "At FALKENHORST we met bob, and Bobby in falkenhorst_2 and Falkenhorsts.\n"),
            ("secret.yml", "kind: Notes\ndata:\n  note: \(base64)\n"),
            ("Falkenhorst/readme.txt", "nothing\n")
        )
        let places = result.findings.map { "\($0.path):\($0.line):\($0.column)" }
        #expect(
            places == [
                "Falkenhorst/readme.txt:0:1", "notes.md:1:4", "notes.md:1:23", "notes.md:1:41", "notes.md:1:59",
                "secret.yml:3:9",
            ]
        )
        #expect(result.findings.allSatisfy { $0.rule == "sensitive-word" && $0.confidence == .high })
        #expect(result.findings.map(\.kind) == [.userName, .userName, .personName, .userName, .userName, .userName])
    }

    @Test func findWordsThatAreOrdinary() throws {
        let policy = try Self.policy("sensitive: [music]\n")
        #expect(Self.scan(policy, ("a.md", "we play music\n")).findings.count == 1)
    }

    @Test func acceptWhatIsPublishedAsKept() throws {
        let text = "JVB_AUTH_PASSWORD=k1ttiwake-and-gull\nURL=https://cdn.murre-works.net\n"
        let document = Document(path: "a.env", bytes: Array(text.utf8))
        let digest = ValueDigest.digest(of: Array("k1ttiwake-and-gull".utf8), kind: .password)
        #expect(ValueDigest.isDigest(digest) && !ValueDigest.isDigest(digest.uppercased()))
        let scanner = Scanner(
            fingerprintKey: Self.key,
            decisions: Decisions(domains: ["murre-works.net"], digests: [digest])
        )
        let result = scanner.scan([document])
        #expect(result.findings.isEmpty)
        #expect(result.kept.map(\.reason) == [.digest(digest), .domain("murre-works.net")])
        #expect(result.kept.first?.digest == digest)
    }
}
