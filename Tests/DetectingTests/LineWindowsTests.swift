@testable import Detecting
import Documents
import Testing

@Suite("lines that are read by themselves")
struct LineWindowsTests {
    private static func parts(_ text: String, around words: String...) throws -> [String] {
        let bytes = Array(text.utf8)
        var windows = LineWindows(bytes)
        for word in words {
            let start = try #require(bytes.indices.first { bytes[$0...].starts(with: word.utf8) })
            windows.add(around: Span(start, start + word.utf8.count))
        }
        return windows.parts.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    @Test func takeTheLine() throws {
        #expect(try Self.parts("a = 1\nkittiwake = 2\nc = 3\n", around: "kittiwake") == ["kittiwake = 2"])
    }

    @Test func followAStatement() throws {
        #expect(try Self.parts("x\nsecret = (\n    'auk'\n)\ny\n", around: "secret") == ["secret = (\n    'auk'"])
        #expect(
            try Self.parts("x\n{name: 'secret',\nvalue: 'auk'}\ny\n", around: "secret") == [
                "{name: 'secret',\nvalue: 'auk'}"
            ]
        )
    }

    @Test func joinWhatOverlaps() throws {
        #expect(try Self.parts("a = auk, b = wren\nc\nd = gull\n", around: "auk", "wren", "gull").count == 2)
    }

    /// Of a line without end a part is read that begins with the name.
    @Test func boundALongLine() throws {
        let filler = String(repeating: "f(x);", count: 2000)
        let parts = try Self.parts(filler + "\"secret\":\"auk\"," + filler, around: "secret")
        #expect(parts.count == 1)
        #expect(parts[0].hasPrefix("\"secret\":\"auk\","))
        #expect(parts[0].utf8.count <= 2100)
    }

    /// What a program holds is found whether its lines are read or all of it.
    @Test(arguments: [
        "connect(host='db', password='k1ttiwake-7')\n",
        "config = {\n    'db_password': 'k1ttiwake-7',\n    'x': 1,\n}\n",
        "PASSWORD = (\n    'k1ttiwake-7'\n)\n",
        "# the old password = \"k1ttiwake-7\"\n",
        "url = 'https://auk:k1ttiwake-7@files.puffin.test/x'\n",
        "key = b64decode('cGFzc3dvcmQ9azF0dGl3YWtlLTcgYW5kIHNvIG9uIGFuZCBzbyBvbg==')\n",
        "s = \"{\\\"password\\\": \\\"k1ttiwake-7\\\"}\"\n",
    ])
    func findTheSame(line: String) {
        let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))
        let filler = (0..<40).map { "def f\($0)(token):\n    return token.next(\($0))\n" }.joined()
        let bytes = Array((filler + line + filler).utf8)
        var found: [Span] = []
        scanner.scan(BytesInMemory([("tool.py", bytes)])) { found += $0.findings.compactMap(\.location?.fileSpan) }
        let expected = scanner.scan([Document(path: "tool.py", bytes: bytes)]).findings.compactMap(\.location?.fileSpan)
        #expect(!expected.isEmpty)
        #expect(found == expected)
    }
}
