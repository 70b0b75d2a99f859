import Documents
import Sanitizing
import Testing

@Suite struct FormCheckTests {
    private func difference(_ before: String, _ after: String, path: String) -> String? {
        FormCheck { $0.contains("wren") }.difference(
            from: Document(path: path, bytes: Array(before.utf8)),
            to: Document(path: path, bytes: Array(after.utf8))
        )?.what
    }

    @Test(arguments: [
        ("a: wren.test\nb: [1, x]\n", "a: example.org\nb: [10000001, x]\n", "x.yml"),
        ("hosts:\n  wren.test: {port: 1}\n", "hosts:\n  example.org: {port: 1}\n", "x.yml"),
        ("{\"a\": \"s3\", \"b\": 471147114711}", "{\"a\": \"REPLACE-a\", \"b\": 100000000001}", "x.json"),
        ("A=wren # x\nB='y z'\n", "A=user1 # x\nB='REPLACE-b'\n", ".env"),
        ("[a]\nb = wren\n", "[a]\nb = user1\n", "x.ini"),
        ("a = \"wren\"\n", "a = \"user1\"\n", "x.toml"),
    ])
    func aReplacedValueKeepsTheForm(before: String, after: String, path: String) {
        #expect(difference(before, after, path: path) == nil)
    }

    @Test(arguments: [
        ("a: wren\nb: c\n", "a: 4711\nb: c\n", "x.yml"), ("a: wren\nb: c\n", "a: x: y\nb: c\n", "x.yml"),
        ("a: wren\nb: c\n", "a: user1\nd: c\n", "x.yml"), ("a: wren\nb: c\n", "a: user1 # b: c\n", "x.yml"),
        ("a: 1\nb: c\n", "a: \"1\"\nb: c\n", "x.yml"), ("{\"a\": true}", "{\"a\": 1}", "x.json"),
        ("{\"a\": \"wren\"}", "{\"a\": \"use\"r1\"}", "x.json"), ("A=wren\nB=x\n", "A=user1\n", ".env"),
        ("a = \"wren\"\n", "a = \"user1\n", "x.toml"),
    ])
    func anotherFormIsSeen(before: String, after: String, path: String) {
        #expect(difference(before, after, path: path) != nil)
    }

    /// Programs and markup are compared as well, outside their texts.
    @Test func aBrokenProgramIsSeen() {
        func difference(_ before: String, _ after: String, _ path: String) -> Int?? {
            FormCheck { _ in true }.difference(
                from: Document(path: path, bytes: Array(before.utf8)),
                replacedAt: [],
                to: Array(after.utf8),
                standInsAt: []
            ).map(\.line)
        }
        #expect(difference("x = \"wren\"\n", "x = \"user1\"\n", "a.lua") == nil)
        #expect(difference("x = 1\ny = wren.a\n", "x = 1\ny = REPLACE-a.a\n", "a.lua") == .some(2))
        #expect(difference("<a>wren</a>\n", "<a>user1</a>\n", "a.xml") == nil)
        #expect(difference("<a>wren</a>\n", "<a>user1\n", "a.xml") == .some(2))
    }
}
