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

    /// The networks that everybody's containers have, and blocks that no one owner fills.
    @Test(arguments: [
        ("podSubnet: 10.244.0.0/16\n", 0), ("serviceSubnet: 10.96.0.0/12\n", 0), ("bip: 172.17.0.0/16\n", 0),
        ("subnet: 172.28.0.0/16\n", 1), ("subnet: 10.244.3.0/24\n", 1), ("host: 10.244.0.9\n", 1),
    ])
    func aNetworkOfEverybodyIsNone(text: String, count: Int) {
        let findings = Self.scanner.scan([Document(path: "a.yaml", bytes: Array(text.utf8))]).findings
        #expect(findings.filter { $0.kind == .ipv4 }.count == count, "\(text)")
    }

    @Test(arguments: [
        ("application.yml", "spring: {user: {password: \"{noop}{{otterbay9}}\"}}\n"),
        ("a.sh", "openssl enc -aes-256-cbc -pass pass:{{Otterbay9x}} > x\n"),
        ("junos.conf", "set ike policy p pre-shared-key ascii-text \"{{$9$abcDEFghiJKL}}\"\n"),
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
        ("a.sh", "PASS=({{otterbay9}} {{auk-bay8}})\nPASSWORDS=(\"{{otter bay}}\" \"{{auk bay}}\")\n"),
        ("a.sh", "curl -u \"auk:{{otter\\\"bay9}}\" http://db\n"),
        ("a.sh", "app -e db_password={{Otter.Bay}}\n"),
        ("a.sh", "echo 'auk:{{$6$Zk1vYq7mS3dXQw8n$JDCk1kGo8JxLEFIy2U}}' | chpasswd -e\n"),
        ("a.yml", "db_pass: !unsafe '{{${auk}-bay}}'\n"),
        ("a.yml", "x: &k {{otter-bay9}}\ndb: {password: *k}\n"),
        ("a.json", "[{\"op\":\"add\",\"path\":\"/spec/dbPassword\",\"value\":\"{{otter bay}}\"}]\n"),
        ("a.yml", "- op: add\n  path: /spec/dbPassword\n  value: {{otter bay}}\n"),
        ("a.rs", "let password = r#\"{{otter\"bay}}\"#;\n"),
        ("a.cs", "string password = @\"{{otter\"\"bay}}\";\n"),
        (
            "swanctl.conf",
            "secrets { ike { id = db secret = \"{{otter bay}}\" } eap { id = x secret = {{otterbay9}} } }\n"
        ),
        ("a.ini", "[x]\nPassWort = {{otter bay}}\n"),
        (".env", "DB_PASS_LIVE={{Otter-bay}}\nPASSWORD_AUK={{Otter-bay9}}\n"),
        (
            "a.tf",
            "x = <<-EOT\n    #cloud-config\n    users: [{name: auk, plain_text_passwd: {{otterbay9}}}]\n  EOT\n"
                + "y = <<EOF\n{\"apiKey\": \"{{otterbay8-77}}\"}\nEOF\n"
        ),
        ("compose.yml", "environment: { POSTGRES_PASSWORD: {{postgres}} }\n"),
        (".github/workflows/a.yml", "env: { POSTGRES_PASSWORD: {{otterbay}} }\n"),
        ("a.yml", "url: \"postgres://auk:{{otter%2520bay}}@db:5432/x\"\n"),
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

    @Test(arguments: [
        ("a.sh", "MYSQL_PWD=\\$(grep x /etc/x | cut -d'>' -f2)\n"),
        ("a.sh", "expect \"password:\"; puts \"ready 7\"\n"),
        ("a.yml", "db_pass: '{{ auk }}-bay'\nname: &n shop\ntitle: *n\n"),
        ("a.json", "[{\"op\":\"add\",\"path\":\"/metadata/labels/app\",\"value\":\"otter bay\"}]\n"),
        (".env", "PASSWORD_MIN_LENGTH=12\nPASSWORD_HASH_ALGORITHM=argon2id\nDB_HOST_LIVE=db\n"),
        ("a.tf", "x = <<EOF\n{\"name\": \"auk\"}\nEOF\n"),
        (".github/workflows/a.yml", "env: { POSTGRES_PASSWORD: postgres }\n"),
        ("x/.gitlab-ci.yml", "variables:\n  DATABASE_URL: postgres://postgres:test@postgres/x\n"),
    ])
    func whatBelongsToNoSettingIsNone(path: String, text: String) {
        #expect(Self.secrets(in: path, text).isEmpty, "\(path): \(text)")
    }

    @Test func whatACommandGivesIsNoName() {
        let text = "RUN useradd -p $(openssl passwd -1 x) auk && grep x /etc/passwd\nHostKeyAlgorithms ssh-rsa,x\n"
        let finding = Self.scanner.scan([Document(path: "Dockerfile", bytes: Array(text.utf8))]).findings
        #expect(!finding.contains { $0.mask.hasPrefix("p") || $0.mask.hasPrefix("s") })
    }
}
