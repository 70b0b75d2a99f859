@testable import Detecting
import Documents
import Testing

/// What looks like a value and is a name for one, or somebody else's.
@Suite("values that are only mentioned")
struct MentionTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    /// The places of findings, without those inside of another.
    private static func spans(in path: String, _ text: String) -> [Span] {
        let found = scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings
            .compactMap(\.location?.fileSpan)
        return Set(found).filter { span in !found.contains { $0 != span && $0.contains(span) } }
            .sorted { $0.start < $1.start }
    }

    @Test(arguments: [
        // Texts that Ansible has encrypted, and values of another file.
        (
            "host_vars/x.yml",
            "db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  32663338643665363363\n  3264\nport: 22\n"
        ),
        ("configuration.yaml", "wifi_password: !secret auk_password\napi_key: !include key.yaml\n"),
        // What a program puts in the place of a name.
        ("radius.conf", "key = \"%{md5:%{User-Name}}%{User-Password}\"\n"),
        ("deploy.sh", "printf 'api_token = %s\\n' \"$TOKEN\" > x\n"),
        ("mask.py", "def mask(secret):\n    password = f\"{prefix}{secret}\"\n"),
        ("hook.pl", "if ($args{db_password}) { login(password => $args{db_password}); }\n"),
        ("report.conf", "url = http://10.3.4/x?AgentPassword=$PASS&Address=<ip>&Port=<port>\n"),
        ("check", "if [ -n \"$dbusername\" -a -n \"$dbpassword\" ]; then true; fi\n"),
        ("turn.conf", "# turn password -> base64(hmac(secret key, user))\n"),
        // What a program looks up or says.
        (
            "form.py",
            "password = cleaned.get(\"password1\")\nif not password:\n    raise FormError(\"Password is required here.\")\n"
        ),
        // A setting that is left to another file.
        ("notes.md", "Put `RESTIC_PASSWORD=` into `/etc/restic.env`, where all of them live in peace.\n"),
        ("dovecot.conf", "ssl_key = </etc/ssl/private/pop3.pem\nnopassword = y\n"),
        // Names of tables, fields and files.
        ("telegraf.conf", "[[inputs.net]]\n"),
        ("main.tf", "app = \"${kubernetes_deployment.web.metadata.0.labels.app}\"\n"),
        (".gitignore", "mysql-virtual-alias-maps.cf\nlocal.cf\nindex.pl\n"),
        ("manifest.yaml", "unit: templates/auk-ha.env-v2.in\nkey: auk-runtime-state-sha256\n"),
        ("exim.conf", "after = exim-common.local\n"),
        // Lists of senders that everybody asks.
        (
            "main.cf",
            "smtpd_client_restrictions = reject_rbl_client bl.puffin.org,\n  reject_rhsbl_sender uri.puffin.net\n"
        ),
        // Words behind dots that are also top-level domains.
        ("notes.md", "Set traefik.docker.network, git config user.email, the app.services and eth0.network.\n"),
        ("menu.json", "{\"title\": \"page.settings.team\", \"x\": \"main.tools\"}"),
        // Days are no phone numbers.
        ("sys.log", "Update the time of phone: 2024-01-31 10:00\n"),
        // The accounts of programs, and containers that are called as their service is.
        ("units/aukd.service", "[Service]\nUser=aukd\nGroup=aukd\n"),
        ("units/auk-otter.service.d/x.conf", "[Service]\nUser=otter\n"),
        ("compose.yaml", "services:\n  aukweb:\n    hostname: aukweb\n"),
        ("postgresql.conf", "#krb_caseins_users = off\n"),
        // Domains that stand for one.
        ("sip.conf", ";register => 1234:password@mysipprovider.com\n;host=sip.provider1.com\n"),
        ("notes.md", "Call https://your-api.com/x or https://client-a.com/y.\n"),
        // Accounts of a cloud are no people.
        ("sa.tf", "display_name = \"Dev Batch Processor SA\"\n"),
        ("date.sh", "now=\"$(date -u '+%Y-%m-%dT%H:%M:%SZ')\"\n"),
    ])
    func areNoFindings(path: String, text: String) {
        #expect(Self.spans(in: path, text).isEmpty, "\(path)")
    }

    @Test(arguments: [
        ("host_vars/x.yml", "password: !unsafe \"{{Fulmar-22-rock}}\"\n"),
        ("main.tf", "url = \"https://${var.name}.{{puffin-auk.org}}/\"\n"),
        ("units/aukd.service", "[Service]\nUser={{lmurre}}\n"),
        ("compose.yaml", "services:\n  web:\n    hostname: {{auk-cellar}}\n"),
        ("notes.txt", "How to reach «{{wiki.puffin-auk.org}}»?\n"),
        ("postfix.txt", "mail goes to {{relay.puffin-auk.org}}, not to reject_rbl_client\n"),
        (".env", "SECRET_KEY={{my_auk_cellar}}\nDB_PASSWORD={{my_password}}\n"),
        ("check.sh", "PASSWORD='{{$ecret9x}}'\n"),
        ("login.py", "password = connect(\"{{Fulmar-22-rock}}\")\n"),
        ("sab.nix", "x.text = ''\n  api_key = {{f94fdd6364434ccf844f692705316871}}\n  token = config.token\n'';\n"),
        ("router.rsc", "/interface wireless\nset wlan1 passphrase=\\\n    {{bigauk99}} mode=ap\n"),
    ])
    func standBesideThoseThatAre(path: String, marked: String) {
        let text = MarkedText(marked)
        #expect(Self.spans(in: path, text.text) == text.spans, "\(path)")
    }
}
