import Detecting
import TestKit
import Testing

@Suite("texts of policies")
struct PolicyTextTests {
    private static let print = "00112233445566778899aabbccddeeff"

    private static func adding(_ decisions: PolicyText.Decision..., to text: String) throws(PolicyError) -> String {
        var policy = try PolicyText(Array(text.utf8), path: "p")
        for decision in decisions { try policy.add(decision) }
        return String(decoding: policy.bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            ("", "keep:\n  domains:\n    - a.test\n"),
            ("# only words", "# only words\n\nkeep:\n  domains:\n    - a.test\n"),
            ("timezone: keep\n", "timezone: keep\n\nkeep:\n  domains:\n    - a.test\n"),
            (
                "keep:   # what stays\n\nexclude: [b]\n",
                "keep:   # what stays\n  domains:\n    - a.test\n\nexclude: [b]\n"
            ),
            (
                "keep:\n    domains:  # names\n    # - c.test\ntimezone: keep\n",
                "keep:\n    domains:  # names\n      - a.test\n    # - c.test\ntimezone: keep\n"
            ),
            (
                "keep:\n  domains:\n  # one\n  -  'b.test' # two\n  # three\n",
                "keep:\n  domains:\n  # one\n  -  'b.test' # two\n  - a.test\n  # three\n"
            ),
            ("keep:\n  domains:\n  - b.test", "keep:\n  domains:\n  - b.test\n  - a.test\n"),
            (
                "fingerprintKeyID: 0123456789abcdef\nkeep:\n  values:\n    - fingerprint: \(print)\n      reason: x\n",
                "fingerprintKeyID: 0123456789abcdef\nkeep:\n  domains:\n    - a.test\n  values:\n"
                    + "    - fingerprint: \(print)\n      reason: x\n"
            ),
            ("timezone: keep\r\n", "timezone: keep\r\n\r\nkeep:\r\n  domains:\r\n    - a.test\r\n"),
        ] as [(String, String)]
    )
    func takeADecisionAndKeepTheRest(text: String, expected: String) throws {
        #expect(try Self.adding(.keepDomain("a.test"), to: text) == expected)
    }

    @Test func takeValuesWithTheirReasons() throws {
        let text = try Self.adding(
            .fingerprintKey("0123456789abcdef"),
            .keepValue(
                .init(fingerprint: Self.print, reason: "it's on\u{3000}the: poster # 1"),
                note: "password, in a\nb"
            ),
            .keepValue(.init(fingerprint: String(Self.print.reversed())), note: ""),
            to: "# mine\n"
        )
        let reversed = String(Self.print.reversed())
        #expect(
            text == """
                # mine

                fingerprintKeyID: 0123456789abcdef

                keep:
                  values:
                    - fingerprint: \(Self.print)  # password, in a?b
                      reason: 'it''s on\u{3000}the: poster # 1'
                    - fingerprint: \(reversed)

                """
        )
        let policy = try PolicyFile(reading: Array(text.utf8), path: "p")
        #expect(policy.keep.values.first?.reason == "it's on\u{3000}the: poster # 1")
    }

    @Test func omitAFileEvenBehindOtherActions() throws {
        let behind = try Self.adding(.omit(path: "a/b*[1].bin"), to: "actions:\n  - {do: keep, kinds: [ipv4]}\n")
        #expect(behind == "actions:\n  - {do: keep, kinds: [ipv4]}\n  - do: omit\n    paths: ['/a/b\\*\\[1].bin']\n")
        let first = try Self.adding(.omit(path: "a"), to: "actions:\n  # all\n  - {do: replace, paths: [a]}\n")
        #expect(first == "actions:\n  # all\n  - do: omit\n    paths: ['/a']\n  - {do: replace, paths: [a]}\n")
        let policy = try PolicyFile(reading: Array(first.utf8), path: "p")
        #expect(policy.deed(withFile: "a") == .omit && policy.deed(withFile: "b/a") == .replace)
    }

    @Test(arguments: [
        "keep: {domains: [b.test]}\n", "keep:\n  domains: [b.test]\n", "{timezone: keep}\n", "keep:\n  domains: []\n",
    ])
    func areNotTouchedWhereNothingCanBeAdded(text: String) throws {
        var policy = try PolicyText(Array(text.utf8), path: "p")
        #expect(throws: PolicyError.self) { try policy.add(.keepDomain("a.test")) }
        #expect(policy.bytes == Array(text.utf8))
    }

    @Test func areNoPolicyTheySay() {
        #expect(throws: PolicyError.self) { try PolicyText(Array("x: y\n".utf8), path: "p") }
        #expect(throws: PolicyError.self) { try Self.adding(.keepDomain("com"), to: "") }
    }

    /// Decisions in any order, added to a text with comments between its lines, leave every line that was there.
    @Test(arguments: 0..<200)
    func growByWholeLines(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let start = [
            "# a\nkeep:\n  # b\n  domains:\n    # c\n    - b.test\n    # d\n\n# e\n", "exclude:\n- x\n# tail\n", "",
            "actions:\n# first\n- do: omit\n  paths:\n  - y\n# last\ntimezone: keep # f\n",
        ][Int.random(in: 0..<4, using: &random)]
        var text = try PolicyText(Array(start.utf8), path: "p")
        try text.add(.fingerprintKey("0123456789abcdef"))
        for number in 0..<8 {
            let digits = String(repeating: "0", count: 31) + String(number)
            let decisions: [PolicyText.Decision] = [
                .keepDomain("k\(number).test"), .replaceDomain("r\(number).test"), .omit(path: "o\(number)/ü"),
                .keepValue(.init(fingerprint: digits, reason: "r"), note: "n"),
                .replaceValue(.init(fingerprint: digits), note: "n"),
            ]
            try text.add(decisions[Int.random(in: 0..<5, using: &random)])
        }
        var rest = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)[
            ...
        ]
        for line in start.split(separator: "\n") {
            let place = rest.firstIndex(of: line)
            #expect(place != nil, "\(line)")
            rest = rest[((place ?? rest.startIndex) + 1)...]
        }
    }
}
