@testable import Detecting
import Documents
import Testing

/// Secrets in the text of a template, and in what is no longer YAML because of one.
@Suite("secrets in templates")
struct TemplateSecretTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func passwords(in path: String, _ text: String) -> [Span] {
        scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings
            .filter { $0.kind == .password }.compactMap(\.location?.fileSpan)
    }

    /// A template quotes no more than the text that it fills in.
    @Test(arguments: [
        (".env.j2", "DB_PASSWORD={{wetgullrock}}\nSMTP_PASSWORD={{Wetgull5}}\n"),
        ("my.cnf.j2", "[client]\npassword = {{wetgullrock8}}\n"),
        ("app.conf.jinja", "mail_password = {{wetgullrock8}}\n"),
        ("app.ini.jinja2", "[mail]\npassword = {{Wetgull5}}\n"),
        ("values.yaml.gotmpl", "db:\n  password: {{Wetgull5}}\n"),
        ("compose.yml.j2", "{% if x %}\nenv:\n  DB_PASSWORD: {{Wetgull5}}\n{% endif %}\n"),
    ])
    func whatATemplateWritesOut(path: String, sample: String) {
        let marked = MarkedText(sample)
        #expect(Self.passwords(in: path, marked.text) == marked.spans)
    }

    /// What stands in the code of a template is a name.
    @Test(arguments: [
        "{% if password == other_password %}\nx\n{% endif %}\n", "{% set password = vault_password %}\n",
        "x = {{ lookup(y, password=db_password) }}\n",
    ])
    func whatTheCodeOfATemplateNames(text: String) {
        #expect(Self.passwords(in: "app.conf.j2", text).isEmpty)
    }

    /// A flow collection has its values where a template keeps the text from being YAML.
    @Test func aFlowCollectionInATemplate() {
        let marked = MarkedText(
            """
            {% if x %}
            env:
              - { name: SMTP_PASSWORD, value: "{{Wetgull4}}" }
              - { name: OTHER, value: 'x' }
            environment: { APP_PASSWORD: {{wet-gull}}, PORT: 80, list: [a, { password: {{wet-auk}} }] }
            {% endif %}

            """
        )
        #expect(Self.passwords(in: "values.yml", marked.text) == marked.spans)
    }

    /// Each of several names gets the value at its place.
    @Test(arguments: [
        ("a.py", "host, port, login, passwd = \"198.18.0.9\", 5432, \"lmurre\", \"{{wet gull}}\"\n"),
        ("a.py", "login, password = 'lmurre', '{{wet-gull}}'  # of the rock\n"),
        ("a.py", "password, host = '{{wet-gull}}', 'rock'\n"),
        ("a.lua", "local user, password = \"lmurre\", \"{{wet-gull}}\"\n"),
        ("a.pl", "my ($user, $password) = (\"lmurre\", \"{{wet-gull}}\");\n"),
        ("a.go", "user, password := \"lmurre\", \"{{wet-gull}}\"\n"),
        ("a.rb", "host, password = \"rock.example.org\", \"{{wet-gull}}\"\n"),
    ])
    func valuesOfSeveralNames(path: String, sample: String) {
        let marked = MarkedText(sample)
        #expect(Self.passwords(in: path, marked.text) == marked.spans)
    }

    @Test func valuesThatCannotBeAssignedToNames() {
        let text = "user, password = login, os.environ[\"PW\"]\n"
        #expect(Self.passwords(in: "a.py", text).isEmpty)
    }

    /// Whoever logs in as anonymous has no password.
    @Test func theAddressOfAnAnonymousLogin() {
        let text = "machine a.example.org login anonymous password lia@puffin.test\n"
        #expect(Self.passwords(in: ".netrc", text).isEmpty)
    }
}
