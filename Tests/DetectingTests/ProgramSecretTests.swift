@testable import Detecting
import Documents
import Testing

/// Secrets as the source text of a program writes them: definitions, declarations, and keys line by line.
@Suite("secrets in programs")
struct ProgramSecretTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func spans(in path: String, _ text: String, of kinds: Set<Kind>) -> [Span] {
        scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings
            .filter { kinds.contains($0.kind) }.compactMap(\.location?.fileSpan)
    }

    // MARK: - Declarations

    @Test(arguments: ["h", "c", "cc", "hpp", "ino", "pde"])
    func whatCDeclares(fileExtension: String) {
        let marked = MarkedText(
            """
            #define WIFI_PASS "{{razorbill}}"
            #  define DB_PASSWORD   "{{gull-red}}"  // broker
            const char *password = "{{wet-auk}}";
            const char* mqtt_password = "{{fulmar-2}}";
            char root_password[] = "{{guillemot}}";
            char user_password[32] = "{{kittiwake}}";
            static const char* ADMIN_PASS PROGMEM = "{{cormorant}}";
            const char OTA_PASS[] PROGMEM = "{{dovekie}}";

            """
        )
        #expect(Self.spans(in: "secrets.\(fileExtension)", marked.text, of: [.password]) == marked.spans)
    }

    @Test func whatCDeclaresWithoutASecret() {
        let text = """
            #include "password.h"
            #define PASSWORD_LENGTH 32
            #define MQTT_PORT 1883
            char *password = get_password(name);
            password[i] = next;
            int tokens[32];

            """
        #expect(Self.spans(in: "a.c", text, of: [.password, .token, .secretKey]).isEmpty)
    }

    @Test(arguments: ["scala", "kts", "dart", "zig", "mts", "vue"])
    func whatATypedLanguageDeclares(fileExtension: String) {
        let marked = MarkedText("val password: String = \"{{razorbill}}\"\nconst dbPassword = \"{{gull-red}}\";\n")
        #expect(Self.spans(in: "a.\(fileExtension)", marked.text, of: [.password]) == marked.spans)
    }

    @Test(arguments: ["inc", "ejs", "erb", "tpl", "phtml"])
    func whatATemplateDeclares(fileExtension: String) {
        let marked = MarkedText("const password = \"{{razorbill}}\";\nprivate static $db_password = '{{gull-red}}';\n")
        #expect(Self.spans(in: "a.\(fileExtension)", marked.text, of: [.password]) == marked.spans)
    }

    // MARK: - Private keys

    /// Three lines of a key that nobody has.
    private static let lines = [
        String(repeating: "Aq3", count: 20) + "MHcC", String(repeating: "Bz7", count: 20) + "oAoG",
        "wIBAQQgAAAA0w==",
    ]

    private static func key(_ before: String, _ behind: String, joint: String = "\n") -> MarkedText {
        let head = "-----BEGIN {}PRIVATE KEY-----"
        let end = "-----END {}PRIVATE KEY-----"
        return MarkedText(
            ([head] + lines.map { "{{\($0)}}" } + [end]).map { before + $0 + behind }.joined(separator: joint) + "\n"
        )
    }

    @Test(arguments: [
        ("key.h", "\"", "\\n\"", "\n"), ("key.h", "\"", "\\r\\n\"", " \\\n"), ("Key.java", "\"", "\\n\"", " +\n"),
        ("key.php", "'", "'", " .\n"), ("key.js", "'", "'", ", "), ("key.py", "\"", "\\n\"", "\n    "),
        ("key.sh", "echo \"", "\" >> key.pem", "\n"), ("key.yml", "- \"", "\"", "\n"), ("key.c", "// ", "", "\n"),
        ("key.html", "", "<br>", "\n"),
    ])
    func aKeyIsFoundLineByLine(path: String, before: String, behind: String, joint: String) {
        let marked = Self.key(before, behind, joint: joint)
        #expect(Self.spans(in: path, marked.text, of: [.privateKey]) == marked.spans)
    }

    @Test func stringsBetweenTheMarksOfAKeyAreNone() {
        let text = """
            const head = "-----BEGIN PRIVATE KEY-----"
            const names = ["razorbillAndGuillemotOnTheLongCliffOfTheIsland", "gull", "kittiwakeAndFulmar"]
            const end = "-----END PRIVATE KEY-----"

            """
        #expect(Self.spans(in: "a.go", text, of: [.privateKey]).isEmpty)
    }

    // MARK: - Descriptions

    @Test(arguments: [
        ("stack.yml", "Parameters:\n  DbPassword: {Type: String, Default: {{razorbill}}}\n"),
        ("stack.yml", "Parameters:\n  DbPassword:\n    Type: String\n    Default: {{razorbill}}\n"),
        (
            "arm.json",
            "{\"a\": {\"sqlPassword\": {\"type\": \"string\", \"defaultValue\": \"{{razorbill}}\"}}}\n"
        ),
        ("main.tf.json", "{\"variable\": {\"db_password\": {\"type\": \"string\", \"default\": \"{{razorbill}}\"}}}\n"),
        ("app.json", "{\"env\": {\"MAIL_PASSWORD\": {\"description\": \"x\", \"value\": \"{{razorbill}}\"}}}\n"),
        ("templates.json", "{\"env\": [{\"name\": \"DB_PASSWORD\", \"default\": \"{{razorbill}}\"}]}\n"),
        ("play.yml", "vars_prompt:\n  - name: db_password\n    prompt: Password?\n    default: {{razorbill}}\n"),
        ("beans.xml", "<bean><property name=\"password\"><value>{{razorbill}}</value></property></bean>\n"),
        ("run.sh", ": \"${DB_PASS:={{razorbill}}}\"\n"),
        ("beat.yml", "a: {password: \"${ES_PWD:{{razorbill}}}\"}\n"),
    ])
    func theDefaultOfADescribedSetting(path: String, text: String) {
        let marked = MarkedText(text)
        #expect(Self.spans(in: path, marked.text, of: [.password]) == marked.spans)
    }

    @Test(arguments: [
        ("api.yml", "properties:\n  password: {type: string, description: razorbill}\n"),
        ("api.json", "{\"properties\": {\"color\": {\"default\": \"razorbill\"}}}\n"),
        ("run.sh", "echo ${PASSWORD:0:3} ${PASSWORD:?razorbill}\n"),
    ])
    func aDescriptionWithoutASecret(path: String, text: String) {
        #expect(Self.spans(in: path, text, of: [.password]).isEmpty)
    }
}
