import Documents
import Testing

@testable import Detecting

/// Names of secrets, public keys and what others are called are no values of the owner.
@Suite struct ReferredValueTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private func found(_ path: String, _ text: String) -> [String] {
        let result = Self.scanner.scan([Document(path: path, bytes: Array(text.utf8))])
        return result.findings.indices.map { String(decoding: result.value(ofFinding: $0).bytes, as: UTF8.self) }
    }

    @Test(arguments: [
        ("ejabberd.yml", "host_config:\n  x:\n    sql_password: 'AUK_DB_PUFFIN'\n"),
        (
            "homeserver.yaml",
            "m:\n  verify_keys:\n    ed25519:auto:\n      key: Noi6WqcDj0QmPxCNQqgezwTlBKrfqehY1u2FyWP9uYw\n"
        ),
        ("compose.yml", "x:\n  DB_PASSWORD: rock-phrase\n  F: /run/secrets/rock-phrase\n"),
        ("homeserver.yaml", "form_secret: \"PASS (min 32 char)\"\nturn_password: \"PASS\"\n"),
        ("compose.yml", "x:\n  DB_PASSWORD: rock-phrase\nsecrets:\n  rock-phrase:\n    external: true\n"),
        ("ejabberd.yml", "sql_password: ***\"\"\n"),
        (".env.example", "SMTP_USERNAME=redacted\nSMTP_SERVER=redacted\nTURN_HOST=<redacted>\n"),
        ("README.md", "[Android](https://play.google.com/store/apps/details?id=im.puffin.app&hl=en)\n"),
        ("README.md", "A server inspired by puffinrock.net (See http://aukpages.com/manual/index.php?tid=256)\n"),
        ("README.md", "`{ \"name\": \"Lia Murre\", \"email\": \"lia@email.com\" }`\n"),
        ("compose.yml", "labels:\n  - \"traefik.http.routers.a.rule=Host(`myip.myip.com`) || Host(`my-ip.net`)\"\n"),
        ("kms.tf", "agent = \"service-${data.google_project.p.number}@compute-system.iam.gserviceaccount.com\"\n"),
    ])
    func aReferenceIsNoValue(path: String, text: String) {
        #expect(found(path, text).isEmpty, "\(found(path, text))")
    }

    @Test(arguments: [
        ("ejabberd.yml", "host_config:\n  x:\n    sql_password: 'Auk_db_9puffin'\n", "Auk_db_9puffin"),
        ("app.yml", "db_password: 'AUK_9ROCK_7PUFFIN'\n", "AUK_9ROCK_7PUFFIN"),
        ("compose.yml", "DB_PASSWORD: rock-phrase\nF: /run/secrets/rock-phrase-2\n", "rock-phrase"),
        ("README.md", "The site is at https://puffinrock.net, see https://puffinrock.net/.\n", "puffinrock.net"),
        ("users.yml", "- { name: 'Lia Murre', email: 'lia@email.com' }\n", "Lia Murre"),
        ("a.yml", "urls:\n  - \"mailto:lmurre@protonmail.ch\"\n", "lmurre@protonmail.ch"),
        ("dns.tf", "dns_name = \"puffin.aukery.\"\n", "puffin.aukery"),
        ("compose.yml", "services:\n  a:\n    environment:\n      DB_PASSWORD: my-auk-password\n", "my-auk-password"),
        ("settings.env", "NO_REPLY_SMTP_PASSWORD=Bigauk-9\n", "Bigauk-9"),
        (
            "app.yaml",
            "apiVersion: argoproj.io/v1alpha1\nkind: Application\n---\nproject: murre-rocks-123\n", "murre-rocks-123"
        ),
        (
            "authorized_keys",
            "command=\"git push https://github.com/x\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA lmurre@auk\n",
            "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        ),
        ("common.auto.tfvars", "github_repo = \"lmurre/nextcloud\"\n", "lmurre"),
        ("a.yml", "password: \"{{ x }}\"\nother_password: Bigauk-9\ny: \"{{ z }}\"\n", "Bigauk-9"),
        ("deploy.sh", "mysql -u root -pBigauk-9 auk < x.sql\n", "Bigauk-9"),
    ])
    func aValueOfTheOwnerIsFound(path: String, text: String, value: String) {
        #expect(found(path, text).contains(value), "\(found(path, text))")
    }
}
