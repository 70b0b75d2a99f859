import Documents
import Testing

@testable import Detecting

/// Words of programs, services and formats that look like values, and are not the owner's.
@Suite("words that are nobody's")
struct ForeignWordTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private func found(_ files: [(path: String, text: String)]) -> [String] {
        let result = Self.scanner.scan(files.map { Document(path: $0.path, bytes: Array($0.text.utf8)) })
        return result.findings.indices.map { String(decoding: result.value(ofFinding: $0).bytes, as: UTF8.self) }
    }

    private func places(_ files: [(path: String, text: String)]) -> [Span] {
        Self.scanner.scan(files.map { Document(path: $0.path, bytes: Array($0.text.utf8)) }).findings
            .compactMap(\.location?.fileSpan)
    }

    // MARK: - Names

    @Test(arguments: [
        ("configuration.yaml", "group: !include groups.yaml\ndevice_tracker: !include device_tracker.yaml\n"),
        ("etc/group", "auklog:x:514:auklog\n"), ("etc/shadow", "auklog:x:0:0:99999:7:::\n"),
        ("deploy.sh", "ssh root@web systemctl restart wg-quick@wg0\n"),
        ("config.boot", "system {\n    host-name ubnt\n}\n"),
        ("tasks/main.yml", "- user:\n    name: website\n  dest: /home/website/x\n"),
        ("GUIDE.md", "docker login --username AWS --password-stdin\n"),
        ("database.php", "<?php\nreturn ['username' => env('DB_USERNAME', 'forge')];\n"),
        ("query.txt", "UPDATE pool SET username = user where aukaddress = x;\n"),
        ("main.tf", "resource \"google_container_cluster\" \"x\" {\n  name = \"gke-cluster\"\n}\n"),
        ("named.conf", "zone \"rpz\" {\n    type master;\n};\n"),
        ("worker.py", "# Step 1: Call Weekly Aggregator API\n"),
        ("phones.conf", ";; *72 - Call Forwarding Activation\n"),
        ("vmps", "server vmps {\n\ttype = vmps\n}\n"),
    ])
    func theseAreNoNames(path: String, text: String) {
        #expect(found([(path, text)]).isEmpty)
    }

    @Test func theProgramOfALoginIsNotThePerson() {
        let text = "<?php\n// aukgi-client.php: see aukgi\n$c['username'] = 'aukgi';\n"
        #expect(found([("aukgi-client.php", text)]).isEmpty)
        #expect(found([("login.php", text)]).contains("aukgi"))
    }

    @Test func aSecretThatIsALoginIsNotLookedForElsewhere() {
        let settings = "basic_auth:\n  username: aukgull\n  password: aukgull\n"
        let kinds = Self.scanner.scan([Document(path: "a.yaml", bytes: Array(settings.utf8))]).findings.map(\.kind)
        #expect(Set(kinds) == [.userName, .password])
        let metrics = "basic_auth:\n  username: metrics\n  password: metrics\nmetrics:\n  rpc_metrics: false\n"
        #expect(places([("a.yaml", metrics)]) == [Span(44, 51)])
    }

    @Test func aGroupOfAnAddressIsNoHost() {
        let zone = "$TTL 3600\ncafe IN AAAA 2a01:4f8:55:1234::cafe\n"
        let values = found([("db.example.org", zone), ("wg0.conf", "AllowedIPs = fd12:cafe::1/128\n")])
        #expect(values.count { $0 == "cafe" } == 1, "\(values)")
    }

    @Test func anAttributeWithALoginKeepsItsName() {
        let flake = "{\n  pkgs-lmurre.tool = \"x\";\n  lmurre.url = \"y\";\n}\n"
        let values = found([("flake.nix", flake), ("hosts.yml", "ansible_user: lmurre\n")])
        #expect(values == ["lmurre", "lmurre", "lmurre"])
    }

    // MARK: - Hosts

    @Test(arguments: [
        ("deploy.sh", "aws lambda update --zip-file fileb://auk.zip\n"), ("README.md", "scp credentials.private x:\n"),
        ("clients.conf", "# The type tells 'checkauk.pl' which method to use\n"),
        ("haproxy.nix", "address = \"auk.net.${domain}\";\nrepo = \"ssh://borg@gull.net.${domain}/x\";\n"),
        ("main.tf", "resource \"x\" \"server\" {\n    name = \"${var.name}\"\n}\n"),
        ("mail.mc", "# Generated from auk.mc.in by configure.\n"),
        ("dump.sql", "INSERT INTO x VALUES (1,'https://www.amazon.com.mx/x');\n"),
        ("app.js", "tiles = 'https://{s}.tile.openstreetmap.fr/{z}.png'\n"),
        ("bom.json", "{\"ref\": \"pkg:maven/io.auk/transport@4.1.115.Final\"}\n"),
        ("podman.md", "host.containers.internal\n"),
    ])
    func theseAreNoHosts(path: String, text: String) {
        #expect(found([(path, text)]).isEmpty)
    }

    @Test func theNameOfALinkedSiteIsNoWord() {
        let list = "[ { \"site\": \"x\", \"link\": \"http://hafen.bluegull.net\" } ]\n"
        let values = found([("sites.js", list), ("update.sh", "# see http://wiki.bluegull.net/x\n/opt/bluegull/x\n")])
        #expect(values.allSatisfy { $0.hasSuffix("bluegull.net") }, "\(values)")
    }

    @Test func aWordInTheDomainOfAProgramStays() {
        let text = "server_name meet.prosody-hafen.test;\nproxy https://puffinrock.org/x https://auk.puffinrock.test/\n"
        #expect(!PublicDomain.begins(at: Span(0, 10), in: Array("puffinrock.test ".utf8)))
        #expect(PublicDomain.begins(at: Span(0, 13), in: Array("openstreetmap.org/x".utf8)))
        #expect(PublicDomain.begins(at: Span(0, 6), in: Array("amazon.co.uk/x".utf8)))
        #expect(!found([("nginx.conf", text)]).isEmpty)
    }

    @Test func aServiceIsPublicInEachOfItsCountries() {
        let reserved = ReservedValues.builtIn
        #expect(reserved.isPublicService("www.amazon.co.uk") && reserved.isPublicService("amazon.de"))
        #expect(!reserved.isPublicService("amazon.puffin.test"))
    }

    // MARK: - Secrets and addresses

    @Test(arguments: [
        ("main.cf", "psk = EDH+aRSA:!aNULL:!LOW:!PSK:kEDH:AES128-SHA\n"),
        ("agent.conf", "TLSCipherPSK=NONE:+VERS-TLS1.2:+ECDHE-PSK:+PSK\n"),
        ("muttrc", "set my_msmtp_pass=`pass Mail/private`\n"),
        ("justfile", "api_token=\"$(sops -d --extract '[\"auk\"][\"key\"]' secrets/x.yml)\"\n"),
        ("auth.php", "<?php\nreturn ['passwords' => 'users'];\n"), ("pf.conf", "scrub in\npass all\n"),
        ("attrs", "DEFAULT\n\tReply-Message =* ANY,\n\tUser-Password =* ANY\n"),
        ("smbpasswd", "format = \"*User-Name::LM-Password:NT-Password:SMB-Account-CTRL-TEXT::\"\n"),
        ("dovecot.conf", "# 2.3.4.1 (f79e8e7e4): /etc/dovecot/dovecot.conf\n"),
        (".cshrc", "# $FreeBSD: src/dot.cshrc,v 1.30.6.1 2008/11/25 Exp $\n"),
        ("main.py", "DEVICE_ID = 'a1b2c3d4-e5f6-4a5b-8c9d-0e1f2a3b4c5d'\n"),
    ])
    func theseAreNoValues(path: String, text: String) {
        #expect(found([(path, text)]).isEmpty)
    }

    @Test func anUnclosedQuoteIsNotPartOfTheValue() {
        let marked = MarkedText("-- component_secret = \"{{auk9gull7rock}}\n")
        #expect(places([("prosody.cfg.lua", marked.text)]) == marked.spans)
    }
}
