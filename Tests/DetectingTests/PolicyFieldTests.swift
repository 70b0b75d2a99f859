import Collecting
import Detecting
import Foundation
import TestKit
import Testing

@Suite("fields of a policy")
struct PolicyFieldTests {
    private static let fields =
        "rules, exclude, include, fingerprintKeyID, keep, replace, sensitive, actions, parameters, timezone"
    private static let print = "00112233445566778899aabbccddeeff"
    private static let keyed = "fingerprintKeyID: 0123456789abcdef\n"

    private static func read(_ text: String) throws(PolicyError) -> PolicyFile {
        try PolicyFile(reading: Array(text.utf8), path: "x/.scrubjay.yml")
    }

    @Test func areReadFromTheExampleOfTheSpecification() throws {
        let path = "\(Repository.root)/docs/formats/policy.md"
        let page = try String(contentsOfFile: path, encoding: .utf8)
        let start = try #require(page.range(of: "```yaml\n"))
        let end = try #require(page[start.upperBound...].range(of: "```\n"))
        let policy = try Self.read(String(page[start.upperBound..<end.lowerBound]))
        #expect(policy.fingerprintKeyID == "0123456789abcdef")
        #expect(policy.keep.domains == ["registry.example.net"])
        #expect(policy.keep.values.map(\.reason) == [nil, "the password of the demonstration, which is on the poster"])
        #expect(policy.replace.domains == ["statistics.example.org"])
        #expect(policy.sensitive.map(\.word) == ["Falkenhorst", "blue heron"])
        #expect(policy.sensitive.map(\.kind) == [.userName, .projectID])
        #expect(policy.actions.map(\.deed) == [.replace, .keep, .omit])
        #expect(policy.bringsBack("logs/start.log") && !policy.bringsBack("a/logs/start.log"))
        #expect(policy.exclude.excludes("docs/examples/a"))
        #expect(policy.parameters.map(\.key) == ["jvb_auth_password", "8899aabbccddeeff0011223344556677"])
        #expect(policy.parameters.map(\.name) == ["bridge_password", nil])
        #expect(policy.timeZone == .replace)
        #expect(policy.rules.map(\.id) == ["murre-token"])
        for field in Self.fields.split(separator: ", ") { #expect(page.contains("| `\(field)` |"), "\(field)") }
    }

    @Test(
        arguments: [
            ("words\n", 1, 1, "the file is not a mapping of names to values; known are \(fields)"),
            ("- a\n", 1, 3, "the file is not a mapping of names to values; known are \(fields)"),
            ("# one\nkept: x\n", 2, 1, "the file has a field 'kept', which is not known; known are \(fields)"),
            (
                "a: 1\n---\nb: 1\n", 1, 4,
                "it is not valid YAML: a second document starts here, and one is read"
            ),
            ("keep: [\n", 2, 1, "it is not valid YAML: did not find expected node content"),
            ("exclude: docs\n", 1, 10, "'exclude' is not a list of patterns"),
            ("exclude:\n  docs: x\n", 2, 3, "'exclude' is not a list of patterns"),
            ("exclude: ['[a']\n", 1, 11, "'exclude': a set of characters is not closed by ]"),
            ("include: [{a: b}]\n", 1, 12, "a pattern of 'include' is not a text"),
            ("a: &x [b]\nexclude: *x\n", 1, 1, "the file has a field 'a', which is not known; known are \(fields)"),
            (
                "exclude: &x [b]\ninclude: *x\n", 2, 1,
                "'include' is an alias, which is not supported; write out its value"
            ),
            ("fingerprintKeyID: 12\n", 1, 19, "'fingerprintKeyID' is not 16 lower-case hexadecimal digits"),
            ("keep: [a.test]\n", 1, 8, "'keep' is not a mapping of names to values; known are domains, values"),
            (
                "keep:\n  names: [a]\n", 2, 3,
                "'keep' has a field 'names', which is not known; known are domains, values"
            ),
            (
                "keep:\n  domain: [a.test]\n", 2, 3,
                "'keep' has a field 'domain', which is not known; did you mean 'domains'?"
            ),
            ("exlude: [a]\n", 1, 1, "the file has a field 'exlude', which is not known; did you mean 'exclude'?"),
            (
                "sensitive: [{word: wren, kind: emial}]\n", 1, 32,
                "a kind is 'emial', which is unknown; did you mean 'email'?"
            ),
            ("keep:\n  domains: a.test\n", 2, 12, "'domains' of 'keep' is not a list of names"),
            ("keep: {domains: [a.test, A.test]}\n", 1, 26, "'a.test' is given twice"),
            (
                "keep: {domains: ['*.a.test']}\n", 1, 18,
                "a domain of 'keep' is not a domain of an owner: labels of letters, digits and hyphens, joined by dots, and not a public suffix such as com"
            ),
            (
                "keep: {domains: [co.uk]}\n", 1, 18,
                "anyone can have names under this domain of 'keep'; list the domains that you mean"
            ),
            (
                "keep: {values: [{fingerprint: \(print)}]}\n", 1, 31,
                "a fingerprint depends on the key that it is made with, and 'fingerprintKeyID' does not say which that is"
            ),
            (keyed + "keep: {values: [{reason: x}]}\n", 2, 18, "an entry of 'values' of 'keep' has no fingerprint"),
            (
                keyed + "keep: {values: [{fingerprint: AB}]}\n", 2, 31,
                "a fingerprint is not 32 lower-case hexadecimal digits"
            ),
            (
                "keep: {domains: [a.test]}\nreplace: {domains: [a.test]}\n", 2, 1,
                "'a.test' is both kept and replaced"
            ),
            ("sensitive: Falke\n", 1, 12, "'sensitive' is not a list of words"),
            (
                "sensitive: [ab]\n", 1, 13,
                "a sensitive word has 3 bytes or more, in one line: shorter ones stand everywhere by chance"
            ),
            ("sensitive: [Falke, falke]\n", 1, 20, "a word is given twice"),
            ("sensitive: [{kind: userName}]\n", 1, 14, "an entry of 'sensitive' has no word"),
            (
                "sensitive: [{word: Falke, kind: bird}]\n", 1, 33,
                "a kind is 'bird', which is unknown; known are \(Kind.allCases.map(\.rawValue).joined(separator: ", "))"
            ),
            ("actions:\n  - kinds: [ipv4]\n", 2, 5, "an action does not say what it does: do: replace, keep or omit"),
            (
                "actions: [{do: hide, kinds: [ipv4]}]\n", 1, 16,
                "what an action does is 'hide', which is unknown; known are replace, keep, omit"
            ),
            (
                "actions:\n  - {do: keep, paths: [docs/]}\n", 2, 6,
                "an action that keeps names the kinds that it keeps; a whole file is never kept as it is"
            ),
            (
                "actions:\n  - {do: keep, kinds: [ipv4, token, password]}\n", 2, 6,
                "values of the kind 'password' are secrets; keep them one by one under 'keep', each with a reason"
            ),
            (
                "actions: [{do: omit, kinds: [ipv4]}]\n", 1, 12,
                "an action that omits leaves out files: it has 'paths', and no 'kinds'"
            ),
            ("actions: [{do: omit}]\n", 1, 12, "an action that omits leaves out files: it has 'paths', and no 'kinds'"),
            ("actions: [{do: replace}]\n", 1, 12, "an action that replaces says what: it has 'kinds' or 'paths'"),
            ("actions: [{do: omit, paths: []}]\n", 1, 22, "'paths' of an action is empty; leave it out for all files"),
            ("parameters: {Jvb: {name: x}}\n", 1, 14, "'Jvb' is neither the name of a parameter nor a fingerprint"),
            (
                "parameters: {jvb: {name: X-Y}}\n", 1, 26,
                "'X-Y' is not a valid parameter name: lower-case letters, digits and underscores, starting with a letter"
            ),
            ("parameters: {a: {name: x}, b: {name: x}}\n", 1, 38, "two parameters get the name 'x'"),
            ("parameters: {a: {name: x}, a: {name: y}}\n", 1, 28, "'a' is given twice"),
            (
                "parameters: {a: {nam: x}}\n", 1, 18,
                "the parameter 'a' has a field 'nam', which is not known; did you mean 'name'?"
            ),
            ("timezone: UTC\n", 1, 11, "'timezone' is 'UTC', which is unknown; known are keep, replace"),
        ] as [(String, Int, Int, String)]
    )
    func areRefusedAtTheirPlace(text: String, line: Int, column: Int, message: String) {
        let error = #expect(throws: PolicyError.self) { try Self.read(text) }
        #expect(error?.message == message)
        #expect(error?.place == "x/.scrubjay.yml:\(line):\(column)")
    }

    @Test func areAllComplainedAboutInOrder() {
        let text =
            "timezone: x\nrules:\n  - kind: token\n  - {id: a, kind: x}\nactions:\n  - {do: keep}\nsensitive: [a]\n"
        let problems = PolicyFile.problems(in: Array(text.utf8), path: "p")
        #expect(problems.map(\.line) == [1, 3, 4, 6, 7])
        #expect(problems.map(\.rule) == [nil, nil, "a", nil, nil])
    }

    /// Whatever is written, it is a policy or has an error at a place that it has.
    @Test func areReadOrRefusedHoweverTheyAreBroken() throws {
        let path = "\(Repository.root)/docs/formats/policy.md"
        let page = try String(contentsOfFile: path, encoding: .utf8)
        let start = try #require(page.range(of: "```yaml\n")?.upperBound)
        let end = try #require(page[start...].range(of: "```\n")?.lowerBound)
        let example = Array(page[start..<end].utf8)
        var random = SeededGenerator(seed: 12)
        var refused = 0
        for _ in 0..<3000 {
            var bytes = example
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 2: bytes.insert(Array("-:[]{}'\"&*#\n ".utf8).randomElement(using: &random) ?? 0, at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 20))
                }
            }
            let problems = PolicyFile.problems(in: bytes, path: "p")
            let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
            #expect(problems.allSatisfy { (1...lines).contains($0.line ?? 0) && ($0.column ?? 0) > 0 })
            if !problems.isEmpty { refused += 1 }
        }
        #expect(refused > 1000 && refused < 3000)
    }

    @Test func decideByTheFirstActionThatFits() throws {
        let policy = try Self.read(
            """
            actions:
              - {do: replace, kinds: [ipv4], paths: [secret/]}
              - {do: keep, kinds: [ipv4, ipv6]}
              - {do: replace, paths: [/notes.md]}
              - {do: omit, paths: ["*.md"]}

            """
        )
        #expect(policy.deed(with: .ipv4, in: "secret/a") == .replace)
        #expect(policy.deed(with: .ipv6, in: "secret/a") == .keep)
        #expect(policy.deed(with: .ipv4, in: "b") == .keep)
        #expect(policy.deed(with: .domain, in: "b") == nil)
        #expect(policy.deed(withFile: "notes.md") == .replace)
        #expect(policy.deed(withFile: "a/notes.md") == .omit)
        #expect(policy.deed(withFile: "a") == nil)
    }
}
