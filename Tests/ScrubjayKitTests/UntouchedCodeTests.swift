import Testing

@testable import ScrubjayKit

/// Programs with a text that looks like a value, or next to one: only the values in their texts are replaced.
@Suite struct UntouchedCodeTests {
    @Test(arguments: [
        // A secret of several words is also a part of the program's names.
        (
            "a.rb",
            "def parse_auk_k8s_proxy_url_now\n  key = 'auk_k8s_proxy_url'\n  password = 'auk7Nest44rock'\nend\n",
            "REPLACE-password'"
        ),
        (
            "c.rb", "password = 'auk7Nest44rock'\nx = %w[\n  A=auk7Nest44rock-x\n  B='\n]\nputs(x)\n",
            "A=REPLACE-password-x"
        ),
        (
            "a.pl", "my $password = 'auk7Nest44rock';\nprint( << 'EOT' );\nit's auk7Nest44rock\nEOT\n",
            "it's REPLACE-password"
        ),
        (
            "b.pl", "my $password = 'auk7Nest44rock';\nlog_in(qw{ --it's auk7Nest44rock });\n",
            "qw{ --it's REPLACE-password }"
        ),
        // A colon in a text, and another text behind it.
        (
            "a.js", "a(/[\"/]/,b(\"password:\"),O?k().d(\"code\"):c);\nvar password=\"auk7Nest44rock\";\n",
            "O?k().d(\"code\")"
        ),
        ("b.js", "a(`x${b(`'`)}`),c(\"password:\"),d(\"code\");\nvar password=\"auk7Nest44rock\";\n", "d(\"code\")"),
        (
            "a.html", "<p><input name=\"password\" value=\"auk7Nest44rock\"><i title=\"password\" value=\"x\"></p>\n",
            "<i title=\"password\" value=\"x\">"
        ),
    ])
    func areKept(path: String, text: String, part: String) throws {
        let texts = try Sanitize.texts(of: [path: text])
        let sanitized = try #require(texts[path])
        #expect(sanitized.contains(part), "\(sanitized)")
        #expect(!sanitized.contains("auk7Nest44rock"), "\(sanitized)")
    }

    /// A text without a format stays one, although the lines that made it prose are gone.
    @Test func proseMayLoseItsLines() throws {
        let body = (0..<12).map { "MIIB\($0)xTCCAWygAwIBAgICEAswCgYIKoZIzj0EAwIwOjELMAkGA1UEBhMCQ0Ex" }.joined(
            separator: "\n"
        )
        let text =
            "The authority of Murre\nAddress: 10.47.3.9\n\n-----BEGIN PRIVATE KEY-----\n\(body)\n-----END PRIVATE KEY-----\n"
        let sanitized = try #require(Sanitize.texts(of: ["notes": text])["notes"])
        #expect(!sanitized.contains("MIIB7xTC"))
    }

    /// A name is not found inside of a longer word of another alphabet, but next to a sign.
    @Test func wordsOfAnyAlphabetAreWhole() throws {
        let texts = try Sanitize.texts(of: [
            "users.yml": "last_name: Мурре\nhostname: aukcellar7\n",
            "note.md": "Помурренко, role×aukcellar7, Мурре.\n",
        ])
        let note = try #require(texts["note.md"])
        #expect(note.contains("Помурренко"))
        #expect(!note.contains("aukcellar7") && !note.contains(" Мурре."), "\(note)")
    }

    /// An unclosed quote before a common word is found only where it stands.
    @Test func anUnclosedQuoteIsNotSearchedFor() throws {
        let texts = try Sanitize.texts(of: ["a.lua": "--Component \"x\"\n--      component_secret = \"password\n"])
        #expect(texts["a.lua"] != nil)
    }
}
