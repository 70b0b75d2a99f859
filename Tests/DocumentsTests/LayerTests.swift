import Documents
import TestKit
import Testing

/// Texts inside of texts, and the places of what is in them.
@Suite struct LayerTests {
    /// Finds the only place of `needle` in the layers of a document.
    func locate(_ needle: String, in document: Document) throws -> Location {
        let bytes = Array(needle.utf8)
        var found: [Location] = []
        for layer in document.layers where layer.text.count >= bytes.count {
            for start in 0...(layer.text.count - bytes.count)
            where layer.text[start..<(start + bytes.count)].elementsEqual(bytes) {
                let span = Span(start, start + bytes.count)
                if !layer.covered.contains(where: { $0.contains(span) }) { found.append(layer.location(of: span)) }
            }
        }
        try #require(found.count == 1, "\(found)")
        return found[0]
    }

    /// Puts a token in the place of `needle` and reads it back, there and where the edit says it is.
    func roundTrip(_ path: String, _ text: String, _ needle: String, _ token: String = "T0ken") throws -> String {
        let document = Document(path: path, bytes: Array(text.utf8))
        let location = try locate(needle, in: document)
        #expect(try document.value(at: location) == Array(needle.utf8))
        let edited = try document.applying([Edit(location, replacement: Array(token.utf8))])
        #expect(try Document.value(in: edited.bytes, at: edited.locations[0]) == Array(token.utf8))
        let again = Document(path: path, bytes: edited.bytes)
        #expect(try locate(token, in: again).fileSpan == edited.locations[0].fileSpan)
        let undone = try again.applying([Edit(edited.locations[0], replacement: Array(needle.utf8))])
        #expect(try Document.value(in: undone.bytes, at: undone.locations[0]) == Array(needle.utf8))
        // Which characters were percent-encoded without need is forgotten once there are none.
        if !location.steps[0].encodings.contains(.percent) { #expect(undone.bytes == document.bytes) }
        return String(decoding: edited.bytes, as: UTF8.self)
    }

    @Test func aReleasedDocumentAnswersAsBefore() throws {
        let bytes = Array(#"{"key": "a\"b", "text": "x: {y: 1}"}"#.utf8)
        let held = Document(path: "a.json", bytes: bytes)
        let released = Document(releasedAt: "a.json", bytes: bytes, notes: held.notes) { bytes }
        for document in [released, released.loaded(), held.loaded()] {
            #expect(document.path == held.path && document.bytes == bytes && document.isBinary == held.isBinary)
            #expect(document.notes == held.notes && document.layers.map(\.text) == held.layers.map(\.text))
            #expect(document.layers.map { $0.values.map(\.span) } == held.layers.map { $0.values.map(\.span) })
            #expect(try document.value(at: locate("y: 1", in: document)) == Array("y: 1".utf8))
        }
        // What is let go is asked for again.
        #expect(Document(releasedAt: "a.json", bytes: bytes, notes: []) { [] }.bytes.isEmpty)
    }

    @Test(arguments: [
        [0, 1, 2], Array("{}".utf8), [0xFF, 0xFE, 0x61, 0], [0x61, 0xE4, 0x0A], [0xC0, 0xC1, 0xC0, 0x01],
    ])
    func aReleasedDocumentIsBinaryAsOneThatWasRead(bytes: [UInt8]) {
        let released = Document(releasedAt: "a.json", bytes: bytes, notes: []) { bytes }
        #expect(released.isBinary == Document(path: "a.json", bytes: bytes).isBinary)
    }

    @Test func aYAMLTextInAJSONStringIsALayer() throws {
        let text =
            #"{"items": [{"key": "decl", "value": "spec:\n  env:\n  - name: PASS\n    value: \"s\\\"ecret\"\n"}]}"#
        let document = Document(path: "a.json", bytes: Array(text.utf8))
        #expect(document.layers.map(\.format) == [.json, .yaml, .prose])
        #expect(document.layers[1].keyPath == ["items", "0", "decl"])
        let value = try #require(document.layers[1].values.first { $0.key == "PASS" })
        let location = document.layers[1].location(of: value.span)
        #expect(location.steps.map(\.encodings) == [[.jsonString, .yamlDoubleQuoted]])
        #expect(try document.value(at: location) == Array("s\"ecret".utf8))
        let edited = try document.applying([Edit(location, replacement: Array("a\"b\\c".utf8))])
        #expect(String(decoding: edited.bytes, as: UTF8.self).contains(#"\"a\\\"b\\\\c\"\n"#))
        #expect(try document.value(at: location) == Array("s\"ecret".utf8))
        #expect(try roundTrip("a.json", text, "s\"ecret") == text.replacing(#"s\\\"ecret"#, with: "T0ken"))
    }

    @Test func base64InYAMLInJSONIsFoundAndWrittenAnew() throws {
        let inner = "PASSWORD=hunter2\nUSER=bob\n"
        let base64 = "UEFTU1dPUkQ9aHVudGVyMgpVU0VSPWJvYgo="
        let text = "{\"value\": \"files:\\n- path: /a\\n  content: \(base64)\\n\"}"
        let document = Document(path: "a.json", bytes: Array(text.utf8))
        #expect(document.layers.map(\.format) == [.json, .yaml, .dotenv])
        #expect(document.layers[2].text == Array(inner.utf8))
        #expect(document.layers[2].keyPath == ["value", "files", "0", "content"])
        let location = try locate("hunter2", in: document)
        #expect(location.steps.map(\.encodings) == [[.jsonString, .yamlPlain, .base64], [.dotenvUnquoted]])
        #expect(document.bytes[location.fileSpan.range].elementsEqual(base64.utf8))
        let result = try roundTrip("a.json", text, "hunter2")
        #expect(result == text.replacing(base64, with: "UEFTU1dPUkQ9VDBrZW4KVVNFUj1ib2IK"))
    }

    @Test func editsInOneOpaqueTextAreAppliedTogether() throws {
        let text = "content: UEFTU1dPUkQ9aHVudGVyMgpVU0VSPWJvYgo=\n"
        let document = Document(path: "a.yml", bytes: Array(text.utf8))
        let edits = [
            Edit(try locate("bob", in: document), replacement: Array("alice".utf8)),
            Edit(try locate("hunter2", in: document), replacement: Array("x".utf8)),
        ]
        let edited = try document.applying(edits)
        #expect(String(decoding: edited.bytes, as: UTF8.self) == "content: UEFTU1dPUkQ9eApVU0VSPWFsaWNlCg==\n")
        #expect(try edited.locations.map { try Document.value(in: edited.bytes, at: $0) } == edits.map(\.replacement))
    }

    /// What stands encoded in a text, and how.
    static let encoded: [(text: String, needle: String, encoding: Encoding)] = [
        ("note: see cGFzc3dvcmQgaHVudGVyMg== there", "hunter2", .base64),
        ("# old aHVudGVyMiBpcyB0aGUgcGFzcw== key", "hunter2", .base64),
        ("Bearer eyJzdWIiOiJib2JAZXhhbXBsZSJ9.c2ln", "bob@example", .base64url),
        ("/opt/aHVudGVyMiBpcyB0aGUgcGFzcw/x", "hunter2", .base64),
        ("hex=68756e7465723220697320686572652e", "hunter2", .hex),
        ("https://a.example/?q=bob%40example.org&p=1", "bob@example.org", .percent),
        ("auth%2ehunter2%2eexample", "auth.hunter2.example", .percent),
        ("PASSWORD=cGFzc3cwcmQ=", "passw0rd", .base64),
        ("note: x OBQXG43XGBZGILBAMF2WWLLSN5RWW=== y", "passw0rd", .base32),
        ("PASSWORD=YWRtaW4xMjM0", "admin1234", .base64),
    ]

    @Test(arguments: encoded) func encodedTextsAreLayers(text: String, needle: String, encoding: Encoding) throws {
        let document = Document(path: "notes", bytes: Array(text.utf8))
        let location = try locate(needle, in: document)
        #expect(location.steps[0].encodings.contains(encoding))
        _ = try roundTrip("notes", text, needle)
    }

    @Test func aPercentEncodedNameKeepsItsStyle() throws {
        #expect(try roundTrip("notes", "auth%2emeet%2ejitsi", "auth.meet.jitsi", "a.b.c") == "a%2eb%2ec")
    }

    @Test func wrappedBase64KeepsItsWidthAndLineEnds() throws {
        let inner = String(repeating: "The quick brown fox, and hunter2, jumps. ", count: 3)
        let spelling = try Encoding.base64.encode(Array(inner.replacing("hunter2, jumps. The", with: "x. The").utf8))
        var wrapped = ""
        for (index, byte) in spelling.enumerated() {
            if index > 0, index.isMultiple(of: 64) { wrapped += "\r\n" }
            wrapped.unicodeScalars.append(Unicode.Scalar(byte))
        }
        let document = Document(path: "notes.txt", bytes: Array("Text:\r\n\(wrapped)\r\n".utf8))
        #expect(document.layers.count == 2)
        let location = try locate("hunter2", in: document)
        let edited = try document.applying([Edit(location, replacement: Array("hunter3".utf8))])
        #expect(edited.bytes.count == document.bytes.count)
        #expect(
            edited.bytes.split(separator: UInt8(ascii: "\n")).map(\.count)
                == document.bytes.split(separator: UInt8(ascii: "\n")).map(\.count)
        )
    }

    @Test(arguments: [
        "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        "secret: 9fd3c0a1b2e4f58697a8b9cadbecfd0e",
        "id: 3148822000000015838 and 4242424242424242",
        "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
        "a long identifier: thisIsTheNameOfSomethingInAProgram",
        "/usr/share/doc/packages/configuration/path",
        "100%da %zz 50%",
        "JVB_AUTH_PASSWORD=",
        "user: wrenfieldtwo",
        "YWRtaW4xMjM0 is a word here",
        "dGhpcyBpcyBub3QgY2Fub25pY2Fs=",
    ]) func whatDecodesToNoTextIsNoLayer(text: String) {
        #expect(Document(path: "notes", bytes: Array(text.utf8)).layers.count == 1)
    }

    @Test(arguments: [
        ("a.yml", "data: |\n  A=1\n  B=hunter2\n", Format.dotenv), ("a.yml", "data: |\n  a:\n    b: hunter2\n", .yaml),
        ("a.json", "{\"a\": \"{\\\"p\\\": \\\"hunter2\\\"}\"}", .json), ("a.yml", "a: '{\"p\": \"hunter2\"}'\n", .json),
        (".env", "A='p = \"hunter2\", q = \"x\"'\n", .assignments),
        ("run.sh", "curl -d '{\"p\":\"hunter2\"}'\n", .json),
        ("a.yml", "run: |\n  #!/bin/sh\n  login --password hunter2\n", .assignments),
        ("a.yml", "ini: |\n  [s]\n  p = hunter2\n", .ini),
        ("a.yml", "w:\n  - path: /etc/ppp/chap-secrets\n    content: |\n      bo * hunter2 *\n", .table),
        ("a.yml", "chpasswd:\n  list: |\n    bo:hunter2\n", .table),
        ("a.yml", "data:\n  u.csv: |\n    name,p\n    bo,hunter2\n", .table),
        ("a.tfstate", "{\"s\": \"#!/bin/sh\\nexport p=hunter2\\n\"}", .assignments),
        ("a.xml", "<a>{&quot;p&quot;:&quot;hunter2&quot;}</a>", .json),
    ]) func structuredValuesAreLayers(path: String, text: String, format: Format) throws {
        let document = Document(path: path, bytes: Array(text.utf8))
        #expect(document.layers.map(\.format).last == format)
        let result = try roundTrip(path, text, "hunter2")
        #expect(result == text.replacing("hunter2", with: "T0ken"))
        let key = document.layers.last?.values.first { value in
            document.layers.last.map { $0.text[value.span.range].elementsEqual("hunter2".utf8) } ?? false
        }?.key
        #expect(["B", "b", "p", "password", "secret"].contains(key))
    }

    @Test func nestingEndsAtItsLimitWithANote() throws {
        var text = Array("PASSWORD=hunter2 is the password".utf8)
        for _ in 0..<12 { text = try Encoding.base64.encode(text) }
        let document = Document(path: "notes", bytes: text)
        #expect(document.layers.count == 8)
        #expect(document.notes.contains { $0.message.contains("nested deeper") })
    }

    @Test func placesOutsideOfValuesHaveNoEncoding() throws {
        let document = Document(path: "a.json", bytes: Array("{\"a\": \"b\"} ".utf8))
        #expect(document.layers[0].location(of: Span(0, 1)) == Location(Span(0, 1)))
        #expect(document.layers[0].location(of: Span(6, 9)) == Location(Span(6, 9)))
        #expect(document.layers[0].location(of: Span(7, 8)) == Location(Span(7, 8), [.jsonString]))
        #expect(document.layers[0].location(of: Span(2, 3)) == Location(Span(2, 3), [.jsonString]))
    }

    @Test func anEscapeThatJSONLacksIsNotedWithItsLine() {
        let document = Document(path: "a.json", bytes: Array("{\n\"a\": \"\\q\"}".utf8))
        #expect(document.layers.map(\.format) == [.json])
        #expect(document.notes.map(\.line) == [2])
    }

    @Test func theNotesOfANestedTextHaveTheLineOfTheFile() {
        let document = Document(path: "a.yml", bytes: Array("x: 1\ndata: |\n  A=1\n  B=2\n  C=\"x\n".utf8))
        #expect(document.layers.map(\.format) == [.yaml, .dotenv])
        #expect(document.notes.map(\.line) == [5])
    }
}
