import Bundling
import Collecting
import Detecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What an owner decides, from the policy to the bundle.
@Suite struct PolicyWayTests {
    private let folder: TemporaryFolder
    private let key: FingerprintKey
    private let root: FilePath

    init() throws {
        folder = try TemporaryFolder()
        key = try FingerprintKey(file: FilePath(folder.path + "/key"))
        root = FilePath(folder.path + "/deployment")
        for (path, text) in Self.files { try folder.write(text, to: "deployment/" + path) }
    }

    private static let files = [
        ".env": """
        JVB_AUTH_PASSWORD=k1ttiwake-and-gull-7
        JICOFO_AUTH_PASSWORD=0ther-k1ttiwake-99
        PUBLIC_URL=https://meet.wren-rocks.net
        ADMIN_EMAIL=bo.lund@wren-rocks.net

        """,
        "compose.yml":
            "services:\n  web:\n    image: registry.murre-works.net/meet:1\n    other: www.murre-works.net/x\n",
        "notes.md": "Falkenhorst runs at meet.wren-rocks.net; see https://statistics.auk-data.org/ for more.\n",
        "old/.env.bak": "JVB_AUTH_PASSWORD=k1ttiwake-and-gull-7\n", "logo.png": "\u{0}\u{1}PNG",
        "tls/cert.key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ]

    private func write(_ policy: String) throws { try folder.write(policy, to: "deployment/.scrubjay.yml") }

    private func scan() throws -> Scan { try Scan(fingerprintKey: key, policy: PolicyFile(of: root)) }

    private func sanitize(to output: String = "clean") throws -> (Sanitize.Preparation, Sanitize.Outcome) {
        let sanitize = Sanitize(source: root, output: FilePath("\(folder.path)/\(output)"), scan: try scan())
        let preparation = try sanitize.prepare()
        return (preparation, try sanitize.apply(preparation))
    }

    private func text(_ path: String) throws -> String { String(decoding: try folder.read(path), as: UTF8.self) }

    private func fingerprint(_ path: String, line: Int) throws -> String {
        let sanitize = Sanitize(source: root, output: "x", scan: try Scan(fingerprintKey: key))
        let findings = try sanitize.prepare(with: PolicyFile()).report.result.findings
        return try #require(findings.first { $0.path == path && $0.line == line }).fingerprint
    }

    @Test func decisionsHoldFromTheScanToTheBundle() throws {
        let password = try fingerprint(".env", line: 2)
        let email = try fingerprint(".env", line: 4)
        try write(
            """
            fingerprintKeyID: \(key.id)
            keep:
              domains: [registry.murre-works.net, nowhere.test]
              values:
                - {fingerprint: \(password), reason: it is on the poster}
                - fingerprint: \(email)
                - fingerprint: 00000000000000000000000000000000
            sensitive: [Falkenhorst]
            include: ["*.bak", "*.key", "*.png"]
            actions: [{do: omit, paths: [/nothing]}]
            parameters:
              jvb_auth_password: {name: bridge_password, description: what the bridge says}
              no_such: {name: y}

            """
        )
        let (preparation, outcome) = try sanitize()
        let env = try text("clean/.env")
        #expect(env.contains("JVB_AUTH_PASSWORD=REPLACE-bridge-password\n"))
        #expect(env.contains("JICOFO_AUTH_PASSWORD=0ther-k1ttiwake-99\n"))
        #expect(env.contains("ADMIN_EMAIL=bo.lund@wren-rocks.net\n"))
        #expect(!env.contains("meet.wren-rocks.net"))
        #expect(try text("clean/old/.env.bak") == "JVB_AUTH_PASSWORD=REPLACE-bridge-password\n")
        let compose = try text("clean/compose.yml")
        #expect(compose.contains("image: registry.murre-works.net/meet:1\n"))
        #expect(!compose.contains("www.murre-works.net") && compose.contains("other: www."))
        #expect(try !text("clean/notes.md").contains("Falkenhorst"))
        let bridge = try #require(outcome.parameters.parameters.first { $0.name == "bridge_password" })
        #expect(bridge.summary == "what the bridge says" && bridge.standIn == "REPLACE-bridge-password")
        #expect(outcome.parameters.omissions.map(\.path) == [".scrubjay.yml", "logo.png", "tls/cert.key"])
        #expect(
            preparation.policyNotes.map(\.message) == [
                "the value 00000000000000000000000000000000 that it keeps does not occur",
                "the domain nowhere.test that it keeps does not occur",
                "logo.png is included, but left out anyway: it cannot be sanitized",
                "tls/cert.key is included, but left out anyway: it cannot be sanitized",
                "there is no parameter no_such",
            ]
        )
        let kept = outcome.parameters.kept
        #expect(kept.first == .domain("registry.murre-works.net") && kept.count == 3)
        let published = try text("clean/parameters.json")
        #expect(!published.contains("k1ttiwake") && !published.contains("lund") && !published.contains("poster"))
        let report = try bundleAndVerify("clean")
        #expect(report.files.isEmpty)
        #expect(report.kept.map(\.finding.kind).contains(.password))
        #expect(Set(report.kept.map(\.finding.path)) == [".env", "compose.yml", "parameters.json"])
    }

    private func bundleAndVerify(_ tree: String) throws -> Verify.Report {
        let archive = FilePath("\(folder.path)/\(tree).tar")
        let scan = try Scan(fingerprintKey: FingerprintKey())
        let bundle = BundlePacking(
            tree: FilePath("\(folder.path)/\(tree)"),
            output: archive,
            name: "demo",
            version: "1.0.0",
            released: 1_767_225_600,
            scan: scan
        )
        let packed = try bundle.prepare()
        let secret = SecretKey.generate()
        let acceptance = Verify.Acceptance(keyring: Keyring([secret.publicKey]), time: 0)
        _ = try bundle.apply(packed, signers: [MinisignSigner(secret)])
        return try Verify(file: archive, acceptance: acceptance, scan: scan).run()
    }

    /// What stays is accepted by those who have no policy, also where a part of a name around it goes.
    @Test(arguments: ["actions: [{do: keep, kinds: [domain, ipv4]}]", "keep: {domains: [registry.murre-works.net]}"])
    func whatIsKeptCanBeBundledWhateverIsAround(decision: String) throws {
        try folder.write(
            "url: https://falkenhorst.registry.murre-works.net/\nJVB_ADDRESS: 240.1.2.3\nother: '240.1.2.3'\n"
                + "data: \(Data("at eu.registry.murre-works.net".utf8).base64EncodedString())\n",
            to: "deployment/a.yml"
        )
        try write(decision + "\nsensitive: [falkenhorst]\n")
        _ = try sanitize()
        let text = try text("clean/a.yml")
        #expect(text.contains("url: https://user1.registry.murre-works.net/\n"))
        #expect(text.hasSuffix("data: \(Data("at eu.registry.murre-works.net".utf8).base64EncodedString())\n"))
        #expect(text.contains("240.1.2.3") == decision.hasPrefix("actions"))
        let report = try bundleAndVerify("clean")
        #expect(report.files.isEmpty)
        #expect(report.kept.filter { $0.finding.path == "a.yml" }.count >= 2)
    }

    @Test func whatWasNotKeptCannotBeBundled() throws {
        try write("keep:\n  domains: [registry.murre-works.net]\n")
        _ = try sanitize()
        let other = try text("clean/compose.yml").replacing("registry.", with: "www.")
        try folder.write(other, to: "clean/compose.yml")
        let error = #expect(throws: KitError.self) { try bundleAndVerify("clean") }
        #expect(error?.code == .sensitive && error?.message.hasPrefix("compose.yml:3: ") == true)
    }

    @Test func aSecretWithoutAReasonIsReplacedAndSaid() throws {
        let password = try fingerprint(".env", line: 2)
        try write("fingerprintKeyID: \(key.id)\nkeep: {values: [{fingerprint: \(password)}]}\n")
        let (preparation, _) = try sanitize()
        #expect(
            preparation.policyNotes.map(\.message) == [
                "the value \(password) is a secret; to keep it, give a reason"
            ]
        )
        #expect(try !text("clean/.env").contains("0ther-k1ttiwake"))
        var notes: [Scan.Note] = []
        notes = try scan().run(.path(root)) { _ in }.notes
        #expect(notes.contains { $0.message.hasSuffix("to keep it, give a reason") })
    }

    @Test func fingerprintsOfAnotherKeyAreRefused() throws {
        let key = "fingerprintKeyID: 0123456789abcdef\n"
        // Without fingerprints, it is nobody's business whose key it would be.
        try write(key)
        _ = try scan()
        try write(key + "replace:\n  values: [{fingerprint: \(String(repeating: "0", count: 32))}]\n")
        let error = #expect(throws: KitError.self) { try scan() }
        #expect(error?.code == .unsuitable && error?.remedy == .sameFingerprintKey)
    }

    @Test func kindsStayInSomeFilesOnly() throws {
        try folder.write("JVB_ADDRESS=240.1.2.3\n", to: "deployment/docs/a.env")
        try folder.write("JVB_ADDRESS=240.1.2.3\n", to: "deployment/b.env")
        try folder.write("ADMIN_EMAIL=bo.lund@wren-rocks.net\n", to: "deployment/docs/b.env")
        try write("actions:\n  - {do: keep, kinds: [ipv4, email], paths: [docs/]}\n  - {do: omit, paths: [notes.md]}\n")
        let (_, outcome) = try sanitize()
        #expect(try text("clean/docs/a.env") == "JVB_ADDRESS=240.1.2.3\n")
        #expect(try text("clean/docs/b.env") == "ADMIN_EMAIL=bo.lund@wren-rocks.net\n")
        #expect(try !text("clean/.env").contains("wren-rocks"))
        #expect(try !text("clean/b.env").contains("240.1.2.3"))
        #expect(
            outcome.parameters.omissions.contains { $0.path == "notes.md" && $0.reason == "left out by the policy" }
        )
    }

    @Test func twoParametersOfOneNameAreRefused() throws {
        try write("parameters:\n  jvb_auth_password: {name: jicofo_auth_password}\n")
        let error = #expect(throws: SanitizingError.self) { try sanitize() }
        #expect(error?.code == .ambiguousName)
        try write(
            """
            parameters:
              jvb_auth_password: {name: jicofo_auth_password}
              jicofo_auth_password: {name: jvb_auth_password}

            """
        )
        _ = try sanitize()
        #expect(try text("clean/.env").hasPrefix("JVB_AUTH_PASSWORD=REPLACE-jicofo-auth-password\n"))
    }

    @Test func theSecondScanKnowsFilesByTheirOldPaths() throws {
        try folder.write("JVB_ADDRESS=240.1.2.3\n", to: "deployment/Falkenhorst/a.env")
        try write("sensitive: [Falkenhorst]\nactions:\n  - {do: keep, kinds: [ipv4], paths: [Falkenhorst/]}\n")
        _ = try sanitize()
        #expect(try text("clean/user1/a.env") == "JVB_ADDRESS=240.1.2.3\n")
    }

    @Test func oneFileGetsThePolicyBesideIt() throws {
        try write("keep: {domains: [murre-works.net]}\n")
        let file = root.appending("compose.yml")
        #expect(try PolicyFile(of: file).keep.domains == ["murre-works.net"])
        let summary = try Scan(fingerprintKey: key, policy: PolicyFile(of: file)).run(.path(file)) { _ in }
        #expect(summary.placeCount == 0 && summary.kept == [.domain("murre-works.net"): 2])
    }

    // MARK: - Draft and review

    @Test func aDraftIsAPolicyThatDecidesNothingAndShowsNoSecret() throws {
        let draft = try PolicyDraft(of: root, key: key, readers: "Who reads it.")
        let policy = try PolicyFile(reading: Array(draft.text.utf8), path: "draft")
        var nothing = PolicyFile()
        nothing.fingerprintKeyID = key.id
        #expect(policy == nothing)
        #expect(draft.text.contains("    # - murre-works.net  # compose.yml:3, 2 places\n"))
        #expect(draft.text.contains("    # - auk-data.org  # notes.md:1\n"))
        #expect(draft.text.contains("  # - '/old/.env.bak'  # a stray copy"))
        #expect(!draft.text.contains("cert.key"))
        #expect(draft.text.contains("# jvb_auth_password: {description: password, set as JVB_AUTH_PASSWORD}"))
        #expect(!draft.text.contains("k1ttiwake") && !draft.text.contains("lund"))
        #expect(draft.undecidedCount >= 2)
    }

    @Test func answersGoIntoThePolicyAndHold() throws {
        try write("# mine\nkeep:\n  domains:\n    # those of others\n    - auk-data.org   # numbers\n")
        var preparation = try Sanitize(source: root, output: "x", scan: scan()).prepare()
        #expect(preparation.undecided.map(\.shown) == ["murre-works.net", "logo.png"])
        var review = try Review(preparation, root: root, key: key)
        let items = review.items
        let context = try #require(review.context(of: items[0]))
        #expect(context.before == "    image: registry.murre-works.net/meet:1")
        #expect(context.after.hasPrefix("    image: registry.") && !context.after.contains("murre"))
        try review.take(.keep(reason: nil), about: items[0])
        #expect(throws: KitError.self) { try review.take(.keep(reason: "x"), about: items[1]) }
        try review.take(.omitFile, about: items[1])
        try review.write()
        #expect(
            try text("deployment/.scrubjay.yml") == """
                # mine
                keep:
                  domains:
                    # those of others
                    - auk-data.org   # numbers
                    - murre-works.net

                actions:
                  - do: omit
                    paths: ['/logo.png']

                """
        )
        preparation = try Sanitize(source: root, output: "x", scan: scan()).prepare()
        #expect(preparation.undecided.isEmpty)
    }

    @Test func whatIsReplacedIsNotAskedForAgain() throws {
        var review = try Review(Sanitize(source: root, output: "x", scan: scan()).prepare(), root: root, key: key)
        for item in review.items where item.kind != nil { try review.take(.replace, about: item) }
        try review.write()
        let preparation = try Sanitize(source: root, output: "x", scan: scan()).prepare()
        #expect(preparation.undecided.map(\.shown) == ["logo.png"])
        #expect(try folder.permissions(of: "deployment/.scrubjay.yml") == 0o644)
    }

    @Test func aPolicyThatChangedMeanwhileIsNotWrittenOver() throws {
        var review = try Review(Sanitize(source: root, output: "x", scan: scan()).prepare(), root: root, key: key)
        try review.take(.replace, about: review.items[0])
        try write("timezone: replace\n")
        let error = #expect(throws: KitError.self) { try review.write() }
        #expect(error?.code == .refused)
        #expect(try text("deployment/.scrubjay.yml") == "timezone: replace\n")
    }

    @Test func timeZonesGoWhereThePolicySaysSo() throws {
        try write("timezone: replace\n")
        try folder.write(
            "TZ=Europe/Lisbon\nOTHER=/usr/share/zoneinfo/America/Argentina/Ushuaia\n",
            to: "deployment/tz.env"
        )
        func sanitized() throws -> String {
            let sanitize = Sanitize(
                source: root,
                output: FilePath(folder.path + "/clean"),
                replacesOutput: true,
                scan: try scan()
            )
            _ = try sanitize.apply(try sanitize.prepare())
            return try text("clean/tz.env")
        }
        #expect(try sanitized() == "TZ=UTC\nOTHER=/usr/share/zoneinfo/UTC\n")
        try write("timezone: keep\n")
        #expect(try sanitized() == "TZ=Europe/Lisbon\nOTHER=/usr/share/zoneinfo/America/Argentina/Ushuaia\n")
    }

    @Test func aSecretThatIsANumberBecomesOne() throws {
        try folder.write("{\"pin\": {\"password\": 471147}, \"list\": [\"x\"]}\n", to: "deployment/pin.json")
        let sanitize = Sanitize(source: root, output: FilePath(folder.path + "/clean"), scan: try scan())
        _ = try sanitize.apply(try sanitize.prepare())
        #expect(try text("clean/pin.json") == "{\"pin\": {\"password\": 10000001}, \"list\": [\"x\"]}\n")
    }

    @Test func theRuleOfTimeZonesBearsOutItsExamples() throws {
        var policy = PolicyFile()
        policy.timeZone = .replace
        let rules = RuleSet.timeZones(of: policy)
        #expect(rules.map(\.id) == ["time-zone"])
        #expect(try RuleCheck(RuleSet(rules)).failures(of: "time-zone").isEmpty)
        #expect(RuleSet.timeZones(of: PolicyFile()).isEmpty)
    }

    @Test func aLineShowsNoSecret() throws {
        try folder.write(
            "login: https://bo:k1ttiwake-and-gull-7@cdn.auk-data.org/x JICOFO 0ther-k1ttiwake-99\n",
            to: "deployment/a.md"
        )
        let review = try Review(Sanitize(source: root, output: "x", scan: scan()).prepare(), root: root, key: key)
        let item = try #require(review.items.first { $0.shown == "auk-data.org" })
        let context = try #require(review.context(of: item))
        #expect(item.path == "a.md" && !context.before.contains("k1ttiwake") && !context.after.contains("k1ttiwake"))
        #expect(context.before.contains("@cdn.auk-data.org/x") && context.before.contains("‹"))
        #expect(context.after.contains("REPLACE-jvb-auth-password@cdn."))
    }
}
