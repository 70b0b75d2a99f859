import Foundation
import Testing

@testable import ScrubjayKit

/// Shapes at which a sanitized file was no longer what its program reads, though no value was left in it.
@Suite struct FormOfFilesTests {
    /// A file of one shape, and what it becomes.
    struct Shape: CustomTestStringConvertible {
        var path: String
        var text: String
        var expected: String
        var testDescription: String { "\(path): \(text.prefix(60))" }

        init(_ path: String, _ text: String, _ expected: String) {
            (self.path, self.text, self.expected) = (path, text, expected)
        }
    }

    @Test(arguments: strings + yaml + ends + names) func keeps(shape: Shape) throws {
        #expect(try Sanitize.texts(of: [shape.path: shape.text]) == [shape.path: shape.expected])
    }

    /// A login that is called like a program renames neither the program nor its database.
    @Test func aLoginIsCalledLikeAProgram() throws {
        let service = "services:\n  telegram:\n    image: dock.mau.dev/mautrix/telegram:v0.15.1\n"
        let text = service + "    environment: {DATABASE: \"postgres://telegram:auknest23@db/telegram\"}\n"
        let sanitized = try #require(try Sanitize.texts(of: ["docker-compose.yml": text]).values.first)
        #expect(
            sanitized.hasPrefix(service) && sanitized.hasSuffix(":REPLACE-telegram-password@db/telegram\"}\n"),
            "\(sanitized)"
        )
    }

    /// Strings as languages write them.
    private static let strings = [
        Shape(
            "db.php",
            "<?php\n$config['password'] = <<<'EOT'\nauk-nest-44\nEOT;\n$x = 1;\n",
            "<?php\n$config['password'] = <<<'EOT'\nREPLACE-password\nEOT;\n$x = 1;\n"
        ),
        Shape("keys.rb", "x(password: %q(Row(boat)6))\n", "x(password: %q(REPLACE-password))\n"),
        Shape(
            "keys.js",
            "const k = \"-----BEGIN PRIVATE KEY-----\\n\" +\n  \"\(keyBody)\\n\" +\n  \"-----END PRIVATE KEY-----\";\n",
            "const k = \"-----BEGIN PRIVATE KEY-----\\n\" +\n  \"REPLACE-private-key\\n\" +\n"
                + "  \"-----END PRIVATE KEY-----\";\n"
        ),
        Shape(
            "grafana.ini",
            "[security]\nadmin_password = \"\"\"#;Nest;#\"\"\"\n[smtp]\npassword = `Wren`nest`\n",
            "[security]\nadmin_password = \"\"\"REPLACE-admin-password\"\"\"\n[smtp]\npassword = `REPLACE-smtp-password`\n"
        ),
        Shape(
            "notes.md",
            "Das Root-Passwort lautet „Fulmarflöte1791“. Der Rest.\n",
            "Das Root-Passwort lautet „REPLACE-root-passwort“. Der Rest.\n"
        ),
        Shape(
            "nginx.conf",
            "map $o $c { \"~^https://(.+\\.)?puffin\\.test$\" 1; }\nserver { server_name puffin.test; }\n",
            "map $o $c { \"~^https://(.+\\.)?example\\.org$\" 1; }\nserver { server_name example.org; }\n"
        ),
    ]

    private static let keyBody = Data((0..<48).map { UInt8($0 * 5 + 3) }).base64EncodedString()

    /// What stands before a value of YAML, and its type.
    private static let yaml = [
        Shape(
            "a.yaml",
            "auth: {password: &p auk-nest-8-1}\nsame: {password: *p}\n",
            "auth: {password: &p REPLACE-auth-password}\nsame: {password: *p}\n"
        ),
        Shape("b.yaml", "password: &p \"auk nest\"\nb: *p\n", "password: &p \"REPLACE-password\"\nb: *p\n"),
        Shape("c.yaml", "password: !!str auk-nest-8\n", "password: !!str REPLACE-password\n"),
        Shape("d.yaml", "password: &p >-\n  auk-nest-8\nb: *p\n", "password: &p >-\n  REPLACE-password\nb: *p\n"),
        Shape(
            "alertmanager.yml",
            "telegram_configs: [{chat_id: -1001234567890, parse_mode: HTML}]\n",
            "telegram_configs: [{chat_id: -1000000000001, parse_mode: HTML}]\n"
        ),
        Shape(
            "secret.yml",
            "apiVersion: v1\nkind: Secret\ndata:\n  username: bG11cnJl\n  password: YXVrLW5lc3QtOA==\n",
            "apiVersion: v1\nkind: Secret\ndata:\n  username: dXNlcjE=\n  password: UkVQTEFDRS1wYXNzd29yZA==\n"
        ),
    ]

    /// Where a value begins and ends.
    private static let ends = [
        Shape(
            "Procfile",
            "web: SECRET_KEY_BASE=spoon-nest-123 bundle exec puma -C config/puma.rb\n",
            "web: SECRET_KEY_BASE=REPLACE-secret-key-base bundle exec puma -C config/puma.rb\n"
        ),
        Shape(
            "push.sh",
            "git push https://x-access-token:auknest22Xq9@github.com/puffin/app.git\n",
            "git push https://x-access-token:REPLACE-password@github.com/puffin/app.git\n"
        ),
        Shape(
            "Jenkinsfile",
            "sh 'curl \"https://localhost/build?token=auknest-22\"'\n",
            "sh 'curl \"https://localhost/build?token=REPLACE-token\"'\n"
        ),
        Shape(
            ".git-credentials",
            "https://admin:auknest-22x@git.puffin.test\n",
            "https://admin:REPLACE-admin-password@git.example.org\n"
        ),
        Shape(
            "helm.sh",
            "helm install m --set a.dbPassword=auknest-22,b.url=https://puffin.test\n",
            "helm install m --set a.dbPassword=REPLACE-a-db-password,b.url=https://example.org\n"
        ),
        Shape(
            "rclone.conf",
            "[auk]\ntype = drive\ntoken = {\"access_token\":\"kR7ZXyq9mVbT2LwNc5HdPjS8\",\"token_type\":\"bearer\"}\n",
            "[auk]\ntype = drive\ntoken = {\"access_token\":\"REPLACE-access-token\",\"token_type\":\"bearer\"}\n"
        ),
        Shape(
            "postfix/sasl_passwd",
            "[smtp.gmail.com]:587 lmurre@puffin.test:abcd efgh ijkl mnop\n",
            "[smtp.gmail.com]:587 contact1@example.com:REPLACE-sasl-passwd-password\n"
        ),
        Shape(
            "telegraf.conf",
            "[[inputs.postgresql]]\naddress = \"host=db password='Auk nest' sslmode=disable\"\n",
            "[[inputs.postgresql]]\naddress = \"host=db password='REPLACE-inputs-postgresql-password' sslmode=disable\"\n"
        ),
        Shape(
            "app.env",
            "APP_KEY=base64:gabL8BU6X4SpzvMYPWKHrNH2G0Bliq/U+R5DaI2y1/w=\n",
            "APP_KEY=base64:UkVQTEFDRS1hcHAta2V5Li4uLi4uLi4uLi4uLi4uLi4=\n"
        ),
        Shape(
            "dhcpd.conf",
            "host a { fixed-address 192.168.155.199; }\n"
                + "subnet 192.168.155.0 netmask 255.255.255.0 { range 192.168.155.100 192.168.155.199; }\n",
            "host a { fixed-address 198.18.11.2; }\n"
                + "subnet 198.18.11.0 netmask 255.255.255.0 { range 198.18.11.1 198.18.11.2; }\n"
        ),
        Shape(
            "users",
            "mail:{PLAIN}auk&nest:5000:5000::/var/vmail/mail::\n",
            "mail:{PLAIN}REPLACE-password:5000:5000::/var/vmail/mail::\n"
        ),
        Shape(
            "notes.md",
            "Server 245.35.72.19\nwg://MjQ1LjM1LjcyLjE5OjUxODIw\nwg://MjQ1LjM1LjcyLjE5OjUxOA\n",
            "Server 192.0.2.1\nwg://MTkyLjAuMi4xOjUxODIw\nwg://MTkyLjAuMi4xOjUxOA\n"
        ),
        Shape("backup.sh", "aws s3 cp dump.sql s3://245.35.72.19/dumps\n", "aws s3 cp dump.sql s3://192.0.2.1/dumps\n"),
    ]

    /// Names of networks, services and logins.
    private static let names = [
        Shape(
            "resolv.conf",
            "search wren.internal\nNO_PROXY=localhost,.wren.internal\n# a.wren.internal b.wren.internal\n",
            "search example.org\nNO_PROXY=localhost,.example.org\n# a.example.org b.example.org\n"
        ),
        Shape(
            "dyn.xml",
            "<a><username>home.puffin.test</username><host>home.puffin.test</host></a>\n",
            "<a><username>home.example.org</username><host>home.example.org</host></a>\n"
        ),
        Shape(
            "ci.yml",
            "x: \"https://gitlab-ci-token:${CI_JOB_TOKEN}@git.puffin.test/x\"\n",
            "x: \"https://gitlab-ci-token:${CI_JOB_TOKEN}@git.puffin.test/x\"\n"
        ),
        Shape(
            "inspect.json",
            "{\"maintainer\": \"NGINX Docker Maintainers <docker-maint@nginx.com>\", \"a\": \"puffin.test\"}\n",
            "{\"maintainer\": \"NGINX Docker Maintainers <docker-maint@nginx.com>\", \"a\": \"puffin.test\"}\n"
        ),
    ]
}
