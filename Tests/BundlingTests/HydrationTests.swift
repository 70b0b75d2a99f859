import Archive
import Bundling
import Detecting
import Documents
import Sanitizing
import Sodium
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A source whose bytes are all the same.
private let constant = RandomSource { span in
    for offset in 0..<span.byteCount { span.storeBytes(of: 0xAB, toByteOffset: offset, as: UInt8.self) }
}

/// A sanitized tree in which the stand-ins are found by looking for them.
private struct Tree {
    var members: [Member]
    var parameters: [Parameter] = []

    init(_ files: [String: String]) {
        members = files.map { Member(path: $0.key, bytes: text($0.value)) }
    }

    /// Adds a parameter with all places of its stand-in, in contents and in paths.
    mutating func add(
        _ name: String,
        _ kind: Kind,
        standIn: String,
        isRequired: Bool = true,
        generator: Parameter.Generator? = nil,
        origin: Parameter.Origin? = nil,
        encodings: [Encoding] = [],
        only line: Int? = nil
    ) {
        var places: [Parameter.Place] = []
        for member in members.sorted(by: { $0.path < $1.path }) {
            places += spans(of: standIn, in: text(member.path)).map {
                Parameter.Place(path: member.path, pathSpan: $0)
            }
            places += spans(of: standIn, in: member.bytes).map {
                Parameter.Place(path: member.path, location: Location($0, encodings))
            }
        }
        if let line {
            // The stand-in stands inside of others, too; its own place is the line that holds nothing else.
            places.removeAll { place in
                guard let start = place.location?.fileSpan.start, let bytes = members.first?.bytes else { return true }
                return bytes[..<start].count { $0 == UInt8(ascii: "\n") } != line - 1
            }
        }
        parameters.append(
            Parameter(
                name: name,
                kind: kind,
                severity: kind.severity,
                summary: "a value",
                standIn: standIn,
                isRequired: isRequired,
                generator: generator,
                origin: origin,
                places: places
            )
        )
    }

    private func spans(of standIn: String, in bytes: [UInt8]) -> [Span] {
        let wanted = text(standIn)
        guard bytes.count >= wanted.count else { return [] }
        return (0...(bytes.count - wanted.count)).filter { bytes[$0...].starts(with: wanted) }.map {
            Span($0, $0 + wanted.count)
        }
    }

    /// The tree as somebody finds it who verified its bundle.
    func hydration() throws -> Hydration {
        let file = ParameterFile(parameters: parameters, omissions: [])
        let list = Member(path: ParameterFile.name, bytes: file.serialized())
        let tar = try Sample.packed(members + [list]).tar()
        return try Hydration(of: Sample.verifySigned(tar))
    }

    static var jitsi: Tree {
        var tree = Tree([
            ".env": "PUBLIC_URL=https://meet.example.org\nJVB_AUTH_PASSWORD=placeholder-1\nADDRESS=192.0.2.10\n",
            "config.json": #"{"host": "meet.example.org", "admin": "admin@example.net"}"# + "\n",
            "conf/meet.example.org.conf": "server_name meet.example.org;\n",
            "zone": "192-0-2-10.static\n",
            "README.md": "Nothing to fill in here.\n",
        ])
        tree.add("domain", .domain, standIn: "meet.example.org")
        tree.add("jvb_auth_password", .password, standIn: "placeholder-1", generator: .hex(bytes: 16))
        tree.add("address", .ipv4, standIn: "192.0.2.10")
        tree.add(
            "address_dashed",
            .hostName,
            standIn: "192-0-2-10",
            origin: Parameter.Origin(parameter: "address", derivation: .dashed)
        )
        tree.add("admin", .email, standIn: "admin@example.net", encodings: [.jsonString])
        return tree
    }
}

@Suite struct HydrationTests {
    private let values = [
        "domain": text("meet.berlin.example"),
        "address": text("198.51.100.7"),
        "admin": text("root@berlin.example"),
    ]

    @Test func aPlaceOfANumberTakesANumber() throws {
        var tree = Tree(["alarm.yml": "code: 10000001\n"])
        tree.add("alarm_code", .password, standIn: "10000001", encodings: [.yamlPlain])
        let hydration = try tree.hydration()
        let problem = try #require(hydration.problems(with: ["alarm_code": text("kelp-otter")]).first)
        #expect(problem.message == "the value cannot be written at alarm.yml:1, which takes a number")
        #expect(problem.hint == "give a number, as the stand-in is")
        #expect(hydration.problems(with: ["alarm_code": text("4711")]).isEmpty)
    }

    @Test func allProblemsAreTold() throws {
        var wrong = values
        wrong["domain"] = text("no domain")
        wrong["address"] = text("999.1.1.1")
        wrong["nobody"] = text("x")
        let problems = try Tree.jitsi.hydration().problems(with: wrong)
        #expect(problems.map(\.place) == ["address", "domain", "nobody"])
        #expect(problems.map(\.code) == [.invalidValue, .invalidValue, .unknownParameter])
    }

    @Test func fillsEveryPlace() throws {
        let plan = try Tree.jitsi.hydration().plan(values: values, fresh: constant)
        #expect(plan.missing.isEmpty)
        let files = try plan.files()
        let contents = Dictionary(
            uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
        )
        let secret = String(repeating: "ab", count: 16)
        #expect(
            contents == [
                ".env": "PUBLIC_URL=https://meet.berlin.example\nJVB_AUTH_PASSWORD=\(secret)\nADDRESS=198.51.100.7\n",
                "config.json": #"{"host": "meet.berlin.example", "admin": "root@berlin.example"}"# + "\n",
                "conf/meet.berlin.example.conf": "server_name meet.berlin.example;\n",
                "zone": "198-51-100-7.static\n",
                "README.md": "Nothing to fill in here.\n",
            ]
        )
        #expect(files.map(\.path) == files.map(\.path).sorted { MemberPath.precedes($0, $1) })
    }

    @Test func filesWithSecretsAreForTheirOwner() throws {
        var tree = Tree.jitsi
        tree.members.append(Member(path: "start", isExecutable: true, bytes: text("#!/bin/sh\n")))
        tree.members.append(Member(path: "keyed", isExecutable: true, bytes: text("#!/bin/sh\n# placeholder-2\n")))
        tree.add("token", .token, standIn: "placeholder-2", generator: .base64url(bytes: 8))
        let files = try tree.hydration().plan(values: values, fresh: constant).files()
        let modes = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.mode) })
        #expect(modes[".env"] == 0o600)
        #expect(modes["keyed"] == 0o700)
        #expect(modes["start"] == 0o755)
        #expect(modes["config.json"] == 0o644)
        #expect(files.filter(\.holdsSecret).map(\.path) == [".env", "keyed"])
    }

    @Test func theOriginalValuesGiveBackTheStandIns() throws {
        // Hydrated with its own stand-ins, except for secrets, a tree is what it was.
        let tree = Tree.jitsi
        let plan = try tree.hydration().plan(
            values: [
                "domain": text("meet.example.org"), "address": text("192.0.2.10"), "admin": text("admin@example.net"),
            ],
            fresh: constant
        )
        for file in try plan.files() where file.path != ".env" {
            let original = try #require(tree.members.first { $0.path == file.path })
            #expect(file.bytes == original.bytes)
        }
    }

    @Test func freshSecretsDifferEachTime() throws {
        let hydration = try Tree.jitsi.hydration()
        let first = try hydration.plan(values: values).files()
        let second = try hydration.plan(values: values).files()
        #expect(first.map(\.path) == second.map(\.path))
        #expect(first.first { $0.path == ".env" }?.bytes != second.first { $0.path == ".env" }?.bytes)
    }

    @Test func aGivenSecretIsNotReplaced() throws {
        var values = values
        values["jvb_auth_password"] = text("of my own")
        let plan = try Tree.jitsi.hydration().plan(values: values, fresh: constant)
        #expect(plan.parameters(from: .generated).isEmpty)
        let environment = try #require(try plan.files().first { $0.path == ".env" })
        #expect(String(decoding: environment.bytes, as: UTF8.self).contains("JVB_AUTH_PASSWORD=of my own\n"))
    }

    @Test func whatStaysFollowsTheDomainAndTheUserThatWereGiven() throws {
        var tree = Tree([
            "a.txt": "user1@chat.example.org\ncontact1@example.com\n/home/user1\nexample.org\nuser1\n"
        ])
        tree.add("mail", .email, standIn: "user1@chat.example.org", isRequired: false)
        tree.add("other_mail", .email, standIn: "contact1@example.com", isRequired: false)
        tree.add("home", .homePath, standIn: "/home/user1", isRequired: false)
        tree.add("domain", .domain, standIn: "example.org", only: 4)
        tree.add("user", .userName, standIn: "user1", only: 5)
        let plan = try tree.hydration().plan(values: ["domain": text("finch.test"), "user": text("cora")])
        #expect(plan.parameters(from: .kept).map(\.name) == ["other_mail"])
        let files = try plan.files()
        #expect(
            String(decoding: files[0].bytes, as: UTF8.self)
                == "cora@chat.finch.test\ncontact1@example.com\n/home/cora\nfinch.test\ncora\n"
        )
    }

    @Test func oneValueInTwoLetterCasesIsGivenOnce() throws {
        var tree = Tree(["a.txt": "example.org\nEXAMPLE.ORG\n"])
        tree.add("domain", .domain, standIn: "example.org")
        tree.add("domain_2", .domain, standIn: "EXAMPLE.ORG")
        let plan = try tree.hydration().plan(values: ["domain": text("finch.test")])
        #expect(plan.missing.isEmpty)
        #expect(try plan.files().map { String(decoding: $0.bytes, as: UTF8.self) } == ["finch.test\nfinch.test\n"])
        let both = try tree.hydration().plan(values: ["domain": text("finch.test"), "domain_2": text("Finch.Test")])
        #expect(try both.files().map { String(decoding: $0.bytes, as: UTF8.self) } == ["finch.test\nFinch.Test\n"])
    }

    @Test func aDollarIsDoubledForCompose() throws {
        var tree = Tree([
            "docker-compose.yml": "environment:\n  SECRET: \"REPLACE-secret\"\n", "conf.yml": "s: \"REPLACE-secret\"\n",
        ])
        tree.add("secret", .password, standIn: "REPLACE-secret", encodings: [.yamlDoubleQuoted])
        let files = try tree.hydration().plan(values: ["secret": text("x$y-long")]).files()
        #expect(
            files.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                "s: \"x$y-long\"\n", "environment:\n  SECRET: \"x$$y-long\"\n",
            ]
        )
    }

    @Test func tellsWhereEachValueComesFrom() throws {
        let plan = try Tree.jitsi.hydration().plan(values: ["domain": text("berlin.example")], fresh: constant)
        #expect(plan.parameters(from: .given).map(\.name) == ["domain"])
        #expect(plan.parameters(from: .generated).map(\.name) == ["jvb_auth_password"])
        #expect(plan.parameters(from: .derived).map(\.name) == ["address_dashed"])
        #expect(plan.missing.map(\.name) == ["address", "admin"])
        let error = #expect(throws: BundleError(.missingValues, "")) { try plan.files() }
        #expect(error?.message == "a value is missing for address, admin")
    }

    @Test func valuesThatNobodyAskedForAreRefused() throws {
        let hydration = try Tree.jitsi.hydration()
        for name in ["domian", "", "address_dashed"] {
            let error = #expect(throws: BundleError(.unknownParameter, "")) {
                try hydration.plan(values: [name: text("canary")])
            }
            #expect(error?.place == name)
            #expect(error.map { "\($0)".contains("canary") } == false)
        }
    }

    @Test func theStandInOfASecretIsRefused() throws {
        let hydration = try Tree.jitsi.hydration()
        #expect(throws: BundleError(.invalidValue, "")) {
            try hydration.plan(values: ["jvb_auth_password": text("placeholder-1")])
        }
    }

    @Test func valuesThatDoNotFitAFileNameAreRefused() throws {
        var tree = Tree(["a-stand-in.conf": "x", "b.conf": "x"])
        tree.add("user", .userName, standIn: "a-stand-in")
        let hydration = try tree.hydration()
        for value in ["../a", "a/b", "b\\c", "B", "b"] {
            let plan = try hydration.plan(values: ["user": text(value)])
            #expect(throws: BundleError(.invalidValue, ""), "\(value)") { try plan.files() }
        }
        #expect(try hydration.plan(values: ["user": text("c")]).files().map(\.path) == ["b.conf", "c.conf"])
    }

    @Test func valuesThatCannotBeSpelledAreRefusedByName() throws {
        var tree = Tree(["script": "A='stand-in'\nB='other-one'\n"])
        tree.add("other", .password, standIn: "other-one", encodings: [.shellSingleQuoted])
        tree.add("password", .password, standIn: "stand-in", encodings: [.shellSingleQuoted])
        let hydration = try tree.hydration()
        let error = #expect(throws: BundleError(.invalidValue, "")) {
            try hydration.plan(values: ["other": text("fine"), "password": text("can'ary")])
        }
        #expect(error?.message.contains("script:1") == true && error?.hint != nil)
        #expect(error?.place == "password")
        #expect(error.map { "\($0)".contains("ary") } == false)
    }

    @Test func nothingShowsAValue() throws {
        let plan = try Tree.jitsi.hydration().plan(
            values: values.merging(["jvb_auth_password": text("canary")]) { $1 },
            fresh: constant
        )
        let files = try plan.files()
        var dumped = ""
        dump(plan, to: &dumped)
        dump(files, to: &dumped)
        let numbers = text("canary").map(String.init).joined(separator: ", ")
        for shown in ["\(plan)", String(reflecting: plan), "\(files)", String(reflecting: files), dumped] {
            #expect(!shown.contains("canary"))
            #expect(!shown.contains(numbers))
            #expect(!shown.contains("99\n"), "the value of the letter c")
        }
        #expect(dumped.contains("jvb_auth_password"))
    }
}

@Suite struct HydrationParametersTests {
    @Test func aBundleWithoutParametersIsRefused() throws {
        let tar = try Sample.packed().tar()
        let bundle = try Sample.verifySigned(tar)
        #expect(throws: BundleError(.malformedParameters, "")) { try Hydration(of: bundle) }
        let broken = try Sample.packed([Member(path: ParameterFile.name, bytes: text("{}"))]).tar()
        let brokenBundle = try Sample.verifySigned(broken)
        #expect(throws: BundleError(.malformedParameters, "")) { try Hydration(of: brokenBundle) }
    }

    @Test func placesWithoutTheirStandInsAreRefused() throws {
        let changes: [(inout Tree) -> Void] = [
            { $0.parameters[0].standIn = "meet.example.net" },
            { $0.parameters[0].places[0].path = "nowhere" },
            { $0.parameters[0].places[0] = Parameter.Place(path: ".env", location: Location(Span(0, 5))) },
            { $0.parameters[0].places[0] = Parameter.Place(path: ".env", location: Location(Span(0, 5000))) },
            { $0.parameters[0].places[0] = Parameter.Place(path: ".env", pathSpan: Span(0, 4)) },
            { $0.parameters[0].places.append($0.parameters[0].places[0]) },
            { $0.parameters[0].places[0].path = Manifest.name },
            { $0.parameters[0].places[0].path = ParameterFile.name },
        ]
        #expect(throws: Never.self) { try Tree.jitsi.hydration().plan(values: [:]) }
        for (index, change) in changes.enumerated() {
            var tree = Tree.jitsi
            change(&tree)
            #expect(throws: BundleError(.misplacedStandIn, ""), "change \(index)") { try tree.hydration() }
        }
    }

    @Test func aCircleIsRefused() throws {
        var tree = Tree.jitsi
        tree.parameters[3].origin?.parameter = "address_dashed"
        #expect(throws: BundleError(.malformedParameters, "")) { try tree.hydration().plan(values: [:]) }
    }
}

@Suite struct ValueGrammarTests {
    /// Values of a kind, and the stand-in that says that the kind is meant.
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: Kind
        var standIn: String
        var good: [String]
        var bad: [String]
        var testDescription: String { kind.rawValue }
    }

    static let cases = [
        Case(
            kind: .domain,
            standIn: "example.org",
            good: ["a.de", "meet.example.org", "xn--zrich-kva.ch", "_xmpp.example.org", "1.example"],
            bad: [
                "", "localhost", "a..b", ".a.b", "a.b.", "-a.de", "a-.de", "a b.de", "zürich.ch", "1.2.3.4",
                "https://a.de",
                "a.de:80", "a.de\n", String(repeating: "a", count: 64) + ".de", "a\u{0}.de",
            ]
        ),
        Case(
            kind: .hostName,
            standIn: "host-1",
            good: ["web", "web.internal", "WEB-1"],
            bad: ["", "web 1", "web/1", "-web", "192.0.2.1"]
        ),
        Case(
            kind: .ipv4,
            standIn: "192.0.2.1",
            good: ["0.0.0.0", "255.255.255.255", "10.1.2.3"],
            bad: ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4/24", "1.2.3.x", "1.2.3.+4", " 1.2.3.4"]
        ),
        Case(
            kind: .ipv6,
            standIn: "2001:db8::1",
            good: [
                "::", "::1", "fe80::1", "1:2:3:4:5:6:7:8", "2001:DB8::", "::ffff:192.0.2.1", "1::8",
                "1:2:3:4:5:6:1.2.3.4",
            ],
            bad: [
                "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "1.2.3.4", "::1.2.3",
                "1.2.3.4::", "1:2:3:4:5:6:7:8::", ":1:2:3:4:5:6:7", "fe80::1%eth0", "1:2:3:4:5:6:7:1.2.3.4",
            ]
        ),
        Case(
            kind: .mac,
            standIn: "00:00:5e:00:53:01",
            good: ["aa:bb:cc:dd:ee:ff", "AA-BB-CC-DD-EE-FF"],
            bad: ["", "aa:bb:cc:dd:ee", "aa:bb:cc:dd:ee:fg", "aabbccddeeff", "a:b:c:d:e:f"]
        ),
        Case(
            kind: .email,
            standIn: "someone@example.org",
            good: ["a@b.de", "a.b+c@d.example.org", "ü@b.de"],
            bad: ["", "a", "@b.de", "a@", "a@b@c.de", "a b@c.de", "a@b c.de"]
        ),
        Case(
            kind: .projectID,
            standIn: "example-project-1",
            good: ["abcdef", "my-project-123", "a" + String(repeating: "b", count: 29)],
            bad: [
                "", "abcde", "1abcdef", "-abcdef", "abcdef-", "Abcdef", "abc_def", "abc.def",
                "a" + String(repeating: "b", count: 30),
            ]
        ),
        Case(kind: .projectNumber, standIn: "100000000001", good: ["123456789012"], bad: ["", "12a", "-1", "1 2"]),
        Case(
            kind: .phone,
            standIn: "+1 202 555 0100",
            good: ["+49 (30) 123-456", "112"],
            bad: ["", "12", "call me", "+"]
        ),
        Case(
            kind: .homePath,
            standIn: "/home/user",
            good: ["/home/me", "/Users/me"],
            bad: ["", "home", "~/x", "/a\nb"]
        ),
        Case(
            kind: .password,
            standIn: "placeholder",
            good: ["x", "with spaces ünd 'quotes'"],
            bad: ["", "a\nb", "a\u{0}b"]
        ),
        Case(kind: .privateKey, standIn: "placeholder", good: ["MIIB\nAQAB"], bad: ["", "a\u{0}b", "a\rb"]),
    ]

    private func error(_ kind: Kind, _ standIn: String, _ value: [UInt8]) throws -> BundleError? {
        var tree = Tree(["a": standIn])
        tree.add("name", kind, standIn: standIn)
        let hydration = try tree.hydration()
        do {
            _ = try hydration.plan(values: ["name": value])
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: cases) func valuesAreOfTheirKind(_ example: Case) throws {
        for value in example.good {
            #expect(try error(example.kind, example.standIn, text(value)) == nil, "\(value)")
        }
        for value in example.bad {
            let error = try error(example.kind, example.standIn, text(value))
            #expect(error?.code == .invalidValue, "\(value)")
            #expect(error?.place == "name")
            if value.count > 4 { #expect(error.map { "\($0)".contains(value) } == false) }
        }
        #expect(try error(example.kind, example.standIn, [0x61, 0xFF])?.code == .invalidValue)
    }

    @Test func aStandInOfAnotherFormSaysThatTheGrammarIsNotMeant() throws {
        #expect(try error(.ipv4, "192.0.2.0/24", text("10.0.0.0/8")) == nil)
        #expect(try error(.projectID, "domain.example:project", text("domain.org:own")) == nil)
    }
}
