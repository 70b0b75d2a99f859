import Documents
import TestKit
import Testing

/// Inputs made to exhaust a reader's stack or memory, in every format.
///
/// `HostileScanTests` has those of sizes at which work that grows with the square of the input does not end in time.
@Suite struct HostileTests {
    static let paths = [
        ".env", "a.yml", "a.json", "a.properties", "a.ini", "a.lua", "a.sh", "a.conf", "a.xml", "README.md", "a.jinja",
        "a.toml", "passwd", "hosts", "a.csv", "db.zone", "known_hosts", "ssh_config", "a.ovpn", "a.service", "a",
    ]

    /// Stretches that open something, escape something or look like the beginning of something, again and again.
    static let patterns = [
        "[", "{", "{\"a\":", "<a>", "a {\n", "((", "- ", "'\"", "${", "a: [", "\"\\\"", "%41/", "k=", "<!--", "{{",
        "QUJD",
        "aaaaaaaaaaaaaaaaQUJDREVG\n", "&a [*a,", "<<EOF\n", "\\\n", "a='${b:-", "k: |\n  ", "a=\"\\\"",
    ]

    @Test(arguments: paths) func anEmptyFileHasNoValues(path: String) {
        for bytes in [[], Array("\n".utf8), [0xEF, 0xBB, 0xBF]] as [[UInt8]] {
            let document = Document(path: path, bytes: bytes)
            #expect(document.layers.count == 1)
            #expect(document.layers[0].text == bytes)
            #expect(document.layers[0].values.isEmpty)
            #expect(document.notes.isEmpty)
        }
    }

    @Test(.timeLimit(.minutes(4)), arguments: patterns) func whatOpensAndNeverClosesIsRead(pattern: String) throws {
        let text = Array(String(repeating: pattern, count: 2_500).utf8)
        for path in Self.paths {
            let document = Document(path: path, bytes: text)
            #expect(document.layers[0].text == text)
            #expect(try document.applying([]).bytes == text)
        }
    }

    /// What fuzzing found: files that made a reader trap.
    @Test(arguments: [("authorized_keys", "ssh-rsa\",/e\",e\na!\",e"), ("authorized_keys", "ssh-ed25519\"x")])
    func aBrokenFileIsRead(path: String, text: String) throws {
        let document = Document(path: path, bytes: Array(text.utf8))
        #expect(try document.applying([]).bytes == Array(text.utf8))
    }

    /// Fuzzing found a login whose password ended behind the word that it is in.
    @Test(arguments: [
        "(oSet:\"pob | chpasswdsswd\n", "x --flag bo:pw\" | chpasswd\n",
        "x --flag v \"bo:pwb | chpasswde;\"retpods{;[cv\n",
        "Cex_tb C=[ 'C=' 'x' a=b\n''(o  bo:pw\" A| chpasswd\nx' a=b\n''(o:null| chpasswd\n",
        "Cex_tb C=' 'C=' 'x' a=b\no:pw\" bo:pw\" | chpasswd\nx' a=b\n''(o  bo:pw\" | chpasswd\n",
    ])
    func valuesDoNotCross(text: String) {
        for path in ["Makefile", "a.sh", "Dockerfile", "a.conf", ".env"] {
            let document = Document(path: path, bytes: Array(text.utf8))
            let values = document.layers[0].values
            let spans = values.map(\.span)
            for outer in values where outer.role == .value {
                for inner in values where inner.role == .value && outer.span.contains(inner.span) {
                    #expect(inner.encoding == outer.encoding, "\(path): \(outer) \(inner)")
                }
            }
            for left in spans {
                #expect(
                    spans.allSatisfy { !$0.overlaps(left) || $0.contains(left) || left.contains($0) },
                    "\(path)"
                )
            }
        }
    }

    @Test(.timeLimit(.minutes(4)), arguments: ["a.json", "a.yml"], ["[", "{\"a\":", "- "])
    func deepNestingIsNotedAndReadWithoutKeys(path: String, opener: String) {
        let document = Document(path: path, bytes: Array(String(repeating: opener, count: 50_000).utf8))
        #expect(document.layers[0].format == .assignments)
        #expect(document.notes.count == 1)
    }

    @Test func nestingWithinTheLimitIsRead() {
        let text = String(repeating: "[", count: 250) + "7" + String(repeating: "]", count: 250)
        for path in ["a.json", "a.yml"] {
            let document = Document(path: path, bytes: Array(text.utf8))
            #expect(document.notes.isEmpty)
            #expect(document.layers[0].values.map(\.keyPath.count) == [250])
        }
    }

    @Test(.timeLimit(.minutes(4)), arguments: paths) func aLongLineIsRead(path: String) throws {
        let line = String(
            repeating: "key=value, \"name\": 'x y' https://example.org/%41%42?a=b&c=d ; ",
            count: 5_000
        )
        let document = Document(path: path, bytes: Array(line.utf8))
        #expect(document.bytes.count > 300_000)
        #expect(try document.applying([]).bytes == document.bytes)
    }

    @Test(.timeLimit(.minutes(4))) func aLineOfMegabytesIsOneValue() throws {
        let bytes = Array("KEY=".utf8) + [UInt8](repeating: UInt8(ascii: "y"), count: 4_000_000)
        let document = Document(path: ".env", bytes: bytes)
        #expect(document.layers[0].values.last?.span == Span(4, bytes.count))
        let edited = try document.applying([Edit(Location(Span(4, bytes.count)), replacement: [UInt8(ascii: "z")])])
        #expect(edited.bytes == Array("KEY=z".utf8))
    }

    @Test(.timeLimit(.minutes(4))) func aliasesAreNotExpanded() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let document = Document(path: "a.yml", bytes: Array(text.utf8))
        #expect(document.layers[0].format == .yaml)
        #expect(document.layers[0].values.filter { $0.role == .value }.count == 2)
        // A scalar has the keys of its aliases, each of which is one more value.
        let named = Document(path: "a.yml", bytes: Array("a: &x b\nc: *x\nd: [*x, *y]\n".utf8))
        #expect(
            named.layers[0].values.filter { $0.role == .value }.map {
                "\($0.keyPath.joined(separator: "/")) \($0.span)"
            }
            .count == 3
        )
    }

    @Test func moreValuesThanTheLimitAreNoted() {
        // A list of `1,` is the densest text there is.
        let bytes = Array("[".utf8) + Array(String(repeating: "1,", count: 2_100_000).utf8) + Array("1]".utf8)
        let document = Document(path: "a.json", bytes: bytes)
        #expect(document.layers[0].values.count == 1 << 21)
        #expect(document.notes.map(\.message).contains { $0.contains("more than 2097152 values") })
    }

    @Test func manyNotesAreCutShort() {
        let document = Document(path: ".env", bytes: Array(String(repeating: "no assignment\n", count: 5_000).utf8))
        #expect(document.notes.count == 65)
        #expect(document.notes.last?.line == nil)
    }

    @Test(
        arguments: paths,
        ["KEY=\"abc", "KEY='abc", "{\"a\": \"abc", "a: 'abc", "<a b=\"abc", "a = [[abc", "/* abc", "```\nabc"]
    )
    func whatIsNotClosedLosesNothing(path: String, text: String) throws {
        let document = Document(path: path, bytes: Array(text.utf8))
        let layer = document.layers[0]
        let start = try #require(text.utf8.count >= 3 ? text.utf8.count - 3 : nil)
        let location = layer.location(of: Span(start, start + 3))
        let edited = try document.applying([Edit(location, replacement: Array("xyz".utf8))])
        #expect(String(decoding: edited.bytes, as: UTF8.self) == text.replacing("abc", with: "xyz"))
    }

    @Test(arguments: paths) func brokenUTF8IsReadOrBinary(path: String) throws {
        for tail in [[0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF]] as [[UInt8]] {
            let bytes = Array("name: value of some length\n".utf8) + tail
            let document = Document(path: path, bytes: bytes)
            #expect(!document.notes.isEmpty)
            #expect(try document.applying([]).bytes == bytes)
        }
    }

    @Test func notesHoldNoValue() {
        let secret = "hunter2-Secret"
        let texts = [
            "\(secret) \(secret)\nA=\"\(secret)", "{\"\(secret)\": \(secret)}", "a: [\(secret)", "a: *\(secret)\n",
            "!\(secret)! %\(secret)\n\t- \(secret)", "\"\\q\(secret)\"",
        ]
        for path in Self.paths {
            for text in texts {
                let document = Document(path: path, bytes: Array(text.utf8))
                for note in document.notes { #expect(!note.message.contains("hunter2")) }
            }
        }
    }
}
