@testable import Detecting
import Documents
import Foundation
import Testing

/// What stands around a value decides whether it is one, and how far it goes.
@Suite("values in their context")
struct ContextTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func spans(in path: String, _ text: String, of kinds: Set<Kind>) -> [Span] {
        scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings
            .filter { kinds.contains($0.kind) }.compactMap(\.location?.fileSpan)
    }

    private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + String(repeating: "A", count: 43)

    // MARK: - Examples

    @Test(arguments: ["examples", "docs/Sample"])
    func aFolderOfExamplesShowsNobodysMachines(folder: String) {
        let text = "address: 10.3.4.5\nmac: 3a:7c:3e:91:5b:04\nuser: lmurre\nkeys: [\(Self.key) lmurre@auk]\n"
        #expect(Self.scanner.scan([Document(path: "\(folder)/net.yaml", bytes: Array(text.utf8))]).findings.isEmpty)
        #expect(Self.spans(in: "net.yaml", text, of: [.ipv4, .mac, .publicKey, .userName]).count == 5)
        let secret = MarkedText("password: {{Fulmar-22-rock}}\n")
        #expect(Self.spans(in: "\(folder)/net.yaml", secret.text, of: [.password]) == secret.spans)
    }

    @Test func whatAnExampleShowsIsFoundWhereItAlsoStands() {
        let files = ["examples/net.yaml", "net.yaml"].map { Document(path: $0, bytes: Array("ip: 10.3.4.5\n".utf8)) }
        #expect(Self.scanner.scan(files).findings.map(\.path) == ["examples/net.yaml", "net.yaml"])
    }

    @Test func aListOfPackagesShowsNobodysDomain() {
        let text = "auk.puffin.io/x v1.2.3\n"
        #expect(Self.spans(in: "go.sum", text, of: [.domain]).isEmpty)
        #expect(Self.spans(in: "list", text, of: [.domain]).count == 1)
    }

    @Test func aNoticeOfCopyrightNamesNoOwner() {
        let notice = "Copyright (C) 2020 Lia Murre <lia@puffin.test>"
        #expect(Self.spans(in: "mod.lua", "-- \(notice)\n", of: [.email, .personName, .domain]).isEmpty)
        #expect(Self.spans(in: "LICENSE", "\(notice)\n", of: [.email, .personName]).count == 2)
    }

    @Test func certificatesOfPublicAuthoritiesAreNobodys() {
        func scan(_ der: [UInt8]) -> [Span] {
            let body = Data(der).base64EncodedString()
            let text = "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
            return Self.spans(in: "chain.pem", text, of: [.certificate])
        }
        let authority = CertificateNamesTests.certificate(
            issuer: [("O", "Internet Security Research Group"), ("CN", "ISRG Root X9")],
            subject: [("O", "Let's Encrypt"), ("CN", "R99")]
        )
        let owner = CertificateNamesTests.certificate(
            issuer: [("O", "Let's Encrypt"), ("CN", "R99")],
            subject: [("CN", "apple-otter.test")]
        )
        #expect(scan(authority).isEmpty)
        #expect(scan(owner).count == 1)
        #expect(scan(CertificateNamesTests.own).count == 1)
    }

    // MARK: - Extent

    @Test func aNameInARegularExpressionIsFoundWhole() {
        let text = MarkedText(
            #"domain: puffin.test"# + "\nmail: lia@puffin.test\n"
                + #"regex: '@bot_.*:{{matrix\.puffin\.test}}' "# + "\n"
                + #"check: '{{lia@puffin\.test}}'"# + "\n"
        )
        let found = Self.spans(in: "registration.yaml", text.text, of: [.domain, .email])
        for span in text.spans { #expect(found.contains(span)) }
    }

    @Test(arguments: [
        "secretName: {{meet-puffinrock-test-tls}}", "db: {{app_puffinrock_test}}", "dir: /srv/{{puffinrock-wiki}}/x",
    ])
    func aNameThatIsMadeWithADomainIsFoundWhole(text: String) {
        let marked = MarkedText("domain: puffinrock.test\n" + text + "\n")
        let found = Self.spans(in: "values.yaml", marked.text, of: [.domain])
        for span in marked.spans { #expect(found.contains(span)) }
    }

    // MARK: - Host names

    @Test(arguments: [
        "metadata:\n  annotations:\n    puffin.io/purpose: x\n    \"puffin.io/other\": y\n",
        "apiVersion: puffin.io/v2\nkind: Auk\n",
        "servers: [\"a.wren.org\", \"auk.dev\", \"gull.net\", \"puffin.io\", \"murre.com\"]\n",
        "PUBLIC_URL: 'https://{{ include \"auk.fullname\" . }}:{{ .Values.web.service.port }}'\n",
    ])
    func theseAreNobodysHosts(text: String) {
        #expect(Self.spans(in: "values.yaml", text, of: [.domain]).isEmpty)
    }

    @Test(arguments: ["Makefile.in", "main.cf", "config.h.in", "{{ worker.app | to_json }}"])
    func theseAreFilesAndFields(text: String) {
        #expect(Self.spans(in: "notes.md", "see \(text) there\n", of: [.domain]).isEmpty)
    }

    @Test(arguments: [
        "see: puffin.io/purpose\n",
        "servers: [\"a.wren.org\", \"b.wren.org\", \"c.wren.org\", \"d.wren.org\", \"wren.org\"]\n",
        "servers: [\"auk.dev\", \"puffin.io\"]\n",
    ])
    func theseAreSomebodysHosts(text: String) {
        #expect(!Self.spans(in: "values.yaml", text, of: [.domain]).isEmpty)
    }

    // MARK: - Addresses

    @Test(arguments: [
        "image: auk:1-245.0.1.13-slim", "Agent/5.0 Auk/245.0.0.6", "(rv:245.8.1.6)",
        "{\"Host\": \"relay.github.com\", \"IP\": \"245.1.2.3\"}",
        "allow 10.0.0.0/8;", "allow 192.168.0.0/255.255.0.0;", "dns 245.245.245.245",
    ])
    func theseAreNobodysAddresses(text: String) {
        #expect(Self.spans(in: "notes.conf", text + "\n", of: [.ipv4]).isEmpty)
    }

    @Test(arguments: [
        "allow {{10.0.0.0}}/255.255.255.0;", "allow {{192.168.0.0}}/24;", "exec 3<>/dev/tcp/{{245.1.2.3}}/80",
        "auk-{{245.1.2.3}}", "{\"Host\": \"relay.puffin.test\", \"IP\": \"{{245.1.2.3}}\"}",
    ])
    func theseAreAddresses(text: String) {
        let marked = MarkedText(text + "\n")
        #expect(Self.spans(in: "notes.conf", marked.text, of: [.ipv4]) == marked.spans)
    }

    @Test func theFirstAddressOfABlockIsFoundWhereItIsANetworkOnly() {
        let marked = MarkedText("net {{10.0.0.0}}/24\nall 10.0.0.0/8\n")
        #expect(Self.spans(in: "notes.conf", marked.text, of: [.ipv4]) == marked.spans)
    }

    @Test func aScriptIsAProgramByItsFirstLine() {
        let text = "client_secret = loaded9x.secret\napi_token = settings2.token\n"
        let secrets = Set(Kind.allCases.filter { $0.severity == .secret })
        #expect(Self.spans(in: "tool", "#!/usr/bin/env python3\n" + text, of: secrets).isEmpty)
    }

    // MARK: - Names

    @Test func anAccountThatIsNamedAsItsSettingIsAProgrammes() {
        let marked = MarkedText("AUK_BEACON_DB_USER=auk_beacon\nAUK_BEACON_SSH_USER={{lmurre}}\n")
        #expect(Self.spans(in: ".env", marked.text, of: [.userName]) == marked.spans)
    }

    @Test(arguments: [
        "DB_USER: auklog\nDB_NAME: auklog\n", "POSTGRES_DB: auklog\nPOSTGRES_USER: auklog\n",
        "url: postgres://auklog:x@db:5432/auklog?ssl=on\n", "run psql -U auklog -d auklog\n",
        "run mysqldump -u auklog --routines auklog | gzip >x\n",
    ])
    func anAccountThatIsNamedAsItsDatabaseIsAPrograms(text: String) {
        #expect(Self.spans(in: "app.yml", text, of: [.userName]).isEmpty)
    }

    @Test(arguments: [
        "DB_USER: {{lmurre}}\nDB_NAME: auklog\n", "url: postgres://{{lmurre}}:x@db:5432/auklog\n",
        "DB_USER: {{lmurre}}\nDB_NAME: {{lmurre2}}\n",
        "psql -U {{lmurre}} -c x\n", "cd /home/{{lmurre}}/x\nDB_NAME: {{lmurre}}\n",
    ])
    func anAccountOfAnotherNameThanItsDatabaseIsFound(text: String) {
        let marked = MarkedText(text)
        #expect(Self.spans(in: "app.yml", marked.text, of: [.userName]) == marked.spans)
    }

    @Test func aPasswordOfHOCONMayHoldDots() {
        let marked = MarkedText("db { user = x, password = {{razor.bill.auk}} }\n")
        #expect(Self.spans(in: "application.conf", marked.text, of: [.password]) == marked.spans)
        #expect(Self.spans(in: "app.js", "x = {\n  password = razor.bill.auk\n}\n", of: [.password]).isEmpty)
    }

    @Test func aWordIsLookedForNowhereElse() {
        let marked = MarkedText("db_password: {{monkey}}\ntext: a monkey\n")
        #expect(Self.spans(in: "values.yaml", marked.text, of: [.password]) == marked.spans)
    }

    // MARK: - Secrets

    @Test(arguments: [
        "password=$1\n", "smtp_pass = %p\n", "client_secret: /srv/auk/secrets\n", "token: auk/cellar/door\n",
        "psk = !SRP:!DSS:!RC4:!SEED\n", "jvb_password: .*/JVB_PASSWORD: \n", "passwd:/host/etc/passwd:ro\n",
        "bind_password = YourLdapBindPassword\n", "password = PASSWORD_FOR_THE_BOT\n", "max_tokens: 128000\n",
        "run --ask-vault-pass --extra-vars='x=y'\n", "token = { print $2; exit }\n", "docker run -v $PWD:/src:ro x\n",
        "password: —\n", "js-tokens: ^4.0.0\n", "secretKey: gitea-admin-secret\n", "client_secret: db.client_id\n",
        "password: reset_it(account, x\n", "shared_secret_token: PutSomeRandomSecureValueHere\n",
    ])
    func theseAreNoSecrets(text: String) {
        let secrets = Set(Kind.allCases.filter { $0.severity == .secret })
        #expect(Self.spans(in: "app.conf", text, of: secrets).isEmpty)
    }
}
