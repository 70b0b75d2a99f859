@testable import Detecting
import Documents
import Testing

/// What others have written and a deployment only contains.
@Suite("values of third parties")
struct ThirdPartyTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func spans(in path: String, _ text: String) -> [Span] {
        scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings.compactMap(\.location?.fileSpan)
    }

    // MARK: - Translations

    @Test(arguments: [
        "lang/lang.nb-no.json", "locales/de-DE/portal.json", "i18n/x.json", "lang.pt-br.json", "messages_uz.json",
        "phpmailer.lang-sl.json",
    ])
    func theTextsOfAProgramAreNoValues(path: String) {
        let text = #"{"login": "Kirish", "password": "密碼", "hostname": "Vert", "dkim_private_key": "Ključ 2"}"#
        #expect(Self.spans(in: path, text).isEmpty)
        #expect(Self.spans(in: "app.json", text).count == 4)
    }

    @Test func aTranslationMayHoldASecret() {
        let secret = MarkedText(#"{"password": "{{Fulmar-22-rock}}"}"#)
        #expect(Self.spans(in: "locales/de.json", secret.text) == secret.spans)
    }

    // MARK: - Packages

    @Test func theAuthorsOfPackagesAreNotTheOwner() {
        let text = #"{"authors": [{"name": "Lia Murre", "email": "lia@puffin.test"}]}"#
        #expect(Self.spans(in: "composer.lock", text).isEmpty)
        #expect(!Self.spans(in: "composer.json", text).isEmpty)
    }

    @Test(arguments: ["node_modules/x/a.js", "web/vendor/x/y/a.js", "static/app.min.js", "lib/site-packages/a.js"])
    func codeOfOthersHasOnlySecretsOfAFormat(path: String) {
        #expect(
            Self.spans(in: path, "const user = { password: \"Fulmar-22-rock\", host: \"auk.puffin.test\" };\n").isEmpty
        )
        let token = MarkedText("const t = \"{{ghp_{}q8Zr3LmVx7KcT2nBw5YhJ4dFs6GpAe1Ut4XB}}\";\n")
        let found = Self.spans(in: path, token.text)
        #expect(found == Self.spans(in: "src/a.js", token.text))
    }

    @Test func theAccountOfAnImageIsOnlyReplacedWhereItIsMade() {
        let recipe = "RUN useradd --uid 2003 --create-home plumage\n"
        let notes = "The pattern of the plumage differs.\n"
        let files = ["Dockerfile": recipe, "notes.txt": notes].map {
            Document(path: $0.key, bytes: Array($0.value.utf8))
        }
        #expect(Self.scanner.scan(files).findings.map(\.path) == ["Dockerfile"])
    }

    // MARK: - Programs

    @Test(arguments: [
        "$pass = $storage->checkClient('plumage_client', 'plumage_code');",
        "$app_password = (in_array('plumage_passwds', $acl)) ? 1 : 0;",
        "var confirm_password = document.getElementsByName('plumage_password')[1].value;",
    ])
    func whatAQuestionIsAboutIsNoResult(line: String) {
        #expect(Self.spans(in: "a.php", "<?php\n\(line)\n").isEmpty)
    }

    @Test func theResultOfAConversionIsOne() {
        let text = MarkedText("<?php\n$password = wrap('{{Fulmar-22-rock}}', 'y');\n")
        #expect(Self.spans(in: "a.php", text.text).contains(text.spans[0]))
    }

    @Test func thePathOfASettingIsNoPassword() {
        #expect(Self.spans(in: "const.go", "const flagPassword = \"postgres.password\"\n").isEmpty)
        #expect(Self.spans(in: "const.go", "const dbPassword = \"fulmar.rock\"\n").count == 1)
    }

    @Test func whatAFunctionOfATemplateIsGivenIsNoSecret() {
        let text = "{{- $tlsSecret := include \"puffin.meet.fullname\" . }}\nname: {{ printf \"%s-tls\" $x }}\n"
        #expect(Self.spans(in: "templates/_helpers.tpl", text).isEmpty)
        let fallback = MarkedText("password: {{ default \"{{Fulmar-22-rock}}\" .Values.password }}\n")
        #expect(Self.spans(in: "templates/secret.tpl", fallback.text) == fallback.spans)
    }

    @Test func theResultOfATestIsNoPassword() {
        #expect(Self.spans(in: "test.sh", "echo \"Pass: no folder was created\"\n").isEmpty)
        #expect(Self.spans(in: "event.rs", "    UserChangedPassword = 1001,\n").isEmpty)
    }

    // MARK: - Pictures and drawings

    @Test func bytesOfAPictureAreNoSetting() {
        func spans(_ value: [UInt8], behind name: String) -> Int {
            let bytes: [UInt8] = [0x89, 0x50, 0, 0xFF, 0x7C] + Array(name.utf8) + value + [0, 0xB1, 0x7E]
            return Self.scanner.scan([Document(path: "a.bin", bytes: bytes)]).findings.count
        }
        #expect(spans([0xE6, 0xAD, 0xA5, 0x3F, 0x88, 0x3F, 0x81, 0xA8, 0x42], behind: "pW=") == 0)
        #expect(spans([0xE6, 0xAD, 0xA5, 0x3F, 0x88, 0x3F, 0x81, 0xA8, 0x42], behind: "password=") == 0)
        #expect(spans(Array("Fulmar-22-rock".utf8), behind: "password=") == 1)
    }

    @Test(arguments: ["# ", "#", "  #   ", "// ", "; "])
    func eachLineOfAKeyInCommentsIsAValue(mark: String) {
        let lines = ["A", "B", "C"].map { String(repeating: $0, count: 20) + String(repeating: "x9Kq", count: 11) }
        let key = ["-----BEGIN PRIVATE KEY-----"] + lines + ["-----END PRIVATE KEY-----"]
        let text = "a: 1\n" + key.map { mark + $0 + "\n" }.joined()
        let found = Self.spans(in: "a.yml", text).map { String(decoding: Array(text.utf8)[$0.range], as: UTF8.self) }
        #expect(found == lines)
    }

    @Test func coordinatesAreNoAddresses() {
        let path = #"<svg><path d="M8 4.2.4.4 9 5.2.5.5 3"/><polygon points="4.2.4.4 5.2.5.5"/></svg>"#
        #expect(Self.spans(in: "flag.svg", path).isEmpty)
        let label = MarkedText("<svg><text x=\"4\">{{41.7.22.9}}</text></svg>")
        #expect(Self.spans(in: "net.svg", label.text) == label.spans)
    }
}
