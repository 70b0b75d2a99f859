@testable import Detecting
import Documents
import Testing

/// How far the value of a setting goes, and which texts are values although they look like expressions.
@Suite("where values end")
struct ValueExtentTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func secrets(in path: String, _ text: String) -> [Span] {
        scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings
            .filter { $0.kind.severity == .secret }.compactMap(\.location?.fileSpan)
    }

    @Test(arguments: [
        ("compose.yml", "environment:\n  DB_PASSWORD: ${DB_PASSWORD:-{{otterbay9}}}\n"),
        (".env", "DB_PASSWORD=${DB_PASSWORD:-{{otterbay9}}}\nX=${DB_PASSWORD:+{{otterbay8}}}\n"),
        ("a.sh", "mysql -u auk -p\"${DB_PASSWORD:-{{otterbay9}}}\"\n"),
        ("a.service", "[Service]\nExecStart=/x --db 'host=db password={{otterbay9}}'\n"),
        ("compose.yml", "services: {a: {command: \"app --dsn 'host=db password={{otterbay9}}'\"}}\n"),
        ("a.cfg.lua", "sql = { driver = \"MySQL\", password = [[{{otter-bay9}}]], host = \"db\" }\n"),
        ("l.conf", "output { x { user => \"auk\" password => \"{{otter-bay9}}\" } }\n"),
        (
            "a.sh",
            "echo -e \"password={{otter-bay9}}\\nuser=auk\" > f\nprintf 'user=a\\npassword={{otter-bay8}}\\n' > g\n"
        ),
        ("a.sh", "expect -c 'expect \"assword:\"; send \"{{otter-bay9}}\\r\"; interact'\n"),
        ("a.ps1", "$password = '{{otter''bay9}}'\n"),
        ("inventory", "web1 ansible_host=db ansible_password=\"{{otter bay}}\"\n"),
        ("a.php", "<?php\n$c['a']='xS<<S';\n$c['password']='{{otter\\'bay9}}';\n"),
        ("a.php", "<?php define('DB_PASSWORD', '{{otter\\'bay9}}');\n"),
        ("a.sh", "mysql -p\"{{otter\\\"bay9}}\" x\n"),
        ("a.sh", "PW=\"{{otter\\$bay9}}\"\n"),
        ("a.sh", "PW={{'it'\\''s otter'}}; MYSQL_PWD={{otter\\ bay9}} mysql\nPASSWORD={{\"otter\"\"bay\"}}\n"),
    ])
    func isFoundAsAWhole(path: String, marked: String) {
        let text = MarkedText(marked)
        #expect(Self.secrets(in: path, text.text) == text.spans, "\(path): \(marked)")
    }

    /// A value on a command line ends where the shell's word ends, or what surrounds the command.
    @Test(arguments: [
        ("a.sh", "X=$(curl -u lmurre:{{otterbay9}})\n"), ("a.sh", "X=`mysql -u lmurre -p{{otterbay9}}`\n"),
        ("a.sh", "if mysqladmin -u root -p{{otterbay9}}; then echo ok; fi\n"),
        ("a.sh", "sshpass -p {{otterbay9}}|tee x\n"),
        ("a.sh", "redis-cli -a {{otterbay9}}>/dev/null\n"), ("a.sh", "ipmitool -U ADMIN -P {{otterbay9}}&\n"),
        ("a.sh", "ssh web \"curl -u lmurre:{{otterbay9}};exit\"\n"), ("a.sh", "sshpass -p {{otter\\;bay9}} ssh x\n"),
        ("a.xml", "<a><c>cmdkey /add:x /user:lmurre /pass:{{otterbay9}}</c><d/></a>\n"),
        ("a.html", "<p>mysql -u lmurre -p{{otterbay9}}<br>x &nbsp; mysql -u lmurre -p{{otterbay8}}&nbsp;y</p>\n"),
        (
            "a.md",
            "Aufruf `curl -u lmurre:{{otterbay9}}` und **sshpass -p {{otterbay8}}** und ~~zip -P {{otterbay7}}~~ weg\n"
        ),
        (
            "a.txt",
            "(siehe mysql -u lmurre -p{{otterbay9}}), „sshpass -p {{otterbay8}}“, dann sshpass -p {{otterbay7}}.\n"
        ),
        ("a.org", "Aufruf =sshpass -p {{otterbay9}}= und\n"), ("a.tex", "\\texttt{sshpass -p {{otterbay9}}} und\n"),
        ("a.yml", "- {run: mysql -u lmurre -p{{otterbay9}}, name: x}\n"),
        ("a.yml", "- x: 'cmdkey /add:srv /user:lmurre /pass:{{otterbay9}}'\n"),
        ("a.md", "`mysql --password={{otterbay9}}` und „mysql --password={{otterbay8}}“\n"),
    ])
    func endsWithItsCommand(path: String, marked: String) {
        let text = MarkedText(marked)
        #expect(Self.secrets(in: path, text.text) == text.spans, "\(path): \(marked)")
    }

    /// In quotes of its own a password holds what would end it elsewhere.
    @Test(arguments: ["ot;ter)9", "ot`ter|9", "o<t>er&9", "ott**er~~9", "(otter]9", "otter9.", "ot</b>9"])
    func isWholeInItsQuotes(password: String) {
        for marked in [
            "sshpass -p '{{\(password)}}' ssh x\n", "curl -u 'lmurre:{{\(password)}}' x\n",
            "mysql -u lmurre -p'{{\(password)}}' x\n", "ssh web 'x'; sshpass -p '{{\(password)}}' ssh y; echo 'z'\n",
        ] {
            let text = MarkedText(marked)
            #expect(Self.secrets(in: "a.sh", text.text) == text.spans, "\(marked)")
        }
    }

    @Test func bracesOfAConnectionAreNotPartOfIt() {
        let text = "url: jdbc:sqlserver://db;password={otter;bay}\n"
        #expect(Self.secrets(in: "a.yml", text) == [Span(35, 44)])
    }

    /// Of what makes an expression, a drawn password may hold any part.
    @Test(arguments: [
        "?ALOR2HcSGKgV", "_bbjwH,HAomRE*", "m%(s04>9_1a.Kn", "aK<9x>Pq77", "pk[-BDF/${hFj/", "7KcM98Ndy$(X-",
        "SKMh)d.L{%;7",
        ".+77`318wi4Y!r", "$zF&CL*gXN", "[;ESnV9Ayu3i3]", "o<LWpyiA>|*iJ=", "1ZsBkXl$(t)o3f", "In_Gms=}'~z>o>",
        "<E;2,F]idPSDI>",
    ])
    func aDrawnPasswordIsNoExpression(password: String) {
        for (path, marked) in [
            ("a.json", "{\"password\": \"{{\(password)}}\"}\n"), ("a.env", "DB_PASSWORD=\"{{\(password)}}\"\n"),
        ] where !(path == "a.env" && password.contains("$")) {
            let text = MarkedText(marked)
            #expect(Self.secrets(in: path, text.text) == text.spans, "\(path): \(marked)")
        }
    }

    @Test(arguments: [
        "${DB_PASSWORD}", "x-${env:DB}", "${{ secrets.DB }}", "{{ db.password }}", "$(cat /run/x)", "<%= ENV['DB'] %>",
        "#{ENV['DB']}", "{% raw %}", "%(db_password)s", "%{hiera('db')}", "${DB_PASSWORD:?DB_PASSWORD must be set}",
        "<password>", "[your password]", "(password)", "?required", "postgres://auk:<pw>@db/x", ".*password.*",
    ])
    func anExpressionIsNoPassword(text: String) {
        for (path, text) in [("a.json", "{\"password\": \"\(text)\"}\n"), ("a.yml", "password: '\(text)'\n")]
        where !(path == "a.yml" && text.contains("ENV[")) {
            #expect(Self.secrets(in: path, text).isEmpty, "\(path): \(text)")
        }
    }

    @Test func whatACommandGivesIsNoName() {
        let text = "RUN useradd -p $(openssl passwd -1 x) auk && grep x /etc/passwd\nHostKeyAlgorithms ssh-rsa,x\n"
        let finding = Self.scanner.scan([Document(path: "Dockerfile", bytes: Array(text.utf8))]).findings
        #expect(!finding.contains { $0.mask.hasPrefix("p") || $0.mask.hasPrefix("s") })
    }
}
