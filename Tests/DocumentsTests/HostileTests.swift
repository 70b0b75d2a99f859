import Documents
import Testing

/// Inputs made to exhaust a reader's stack, memory or time.
@Suite struct HostileTests {
    static let paths = [
        ".env", "a.yml", "a.json", "a.properties", "a.ini", "a.lua", "a.sh", "a.conf", "a.xml", "README.md", "a.jinja",
        "a",
    ]

    @Test(arguments: paths) func anEmptyFileHasNoValues(path: String) {
        let document = Document(path: path, bytes: [])
        #expect(document.layers.count == 1)
        #expect(document.layers[0].values.isEmpty)
        #expect(document.notes.isEmpty)
    }

    @Test(arguments: paths) func deepNestingIsNoDanger(path: String) throws {
        for pattern in [
            "[", "{", "{\"a\":", "<a>", "a {\n", "((", "- ", "'\"", "${", "a: [", "\"\\\"", "%41/", "k=", "<!--", "{{",
        ] {
            let text = String(repeating: pattern, count: 100_000)
            let document = Document(path: path, bytes: Array(text.utf8))
            #expect(try document.applying([]).bytes == document.bytes)
        }
    }

    @Test(arguments: paths) func aLongLineTakesLinearTime(path: String) throws {
        let line = String(repeating: "key=value, \"name\": 'x y' https://example.org/%41%42?a=b&c=d ; ", count: 160_000)
        let document = Document(path: path, bytes: Array(line.utf8))
        #expect(document.bytes.count > 9_000_000)
        #expect(try document.applying([]).bytes == document.bytes)
    }
}
