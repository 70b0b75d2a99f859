import Documents
import TestKit
import Testing

/// What the readers of tables and of lines of keywords find: the marked bytes of a sample are its values, in order.
@Suite struct TableReaderTests {
    typealias Sample = ReaderTests.Sample

    // MARK: - Tables of /etc

    static let system: [Sample] = [
        Sample(
            "etc/passwd",
            "⟦bo⟧:x:⟦1000⟧:⟦1000⟧:⟦Bo Otter⟧,⟦R2⟧,,⟦555-0100⟧:⟦/home/bo⟧:⟦/bin/sh⟧\n# x\n⟦web⟧:⟦$apr1$ab⟧\n",
            [
                "passwd/user field", "passwd/uid field", "passwd/gid field", "passwd/gecos field",
                "passwd/office field", "passwd/home phone field", "passwd/home field", "passwd/shell field",
                "passwd/user field", "passwd/hash field",
            ]
        ),
        Sample(
            "etc/shadow-",
            "⟦root⟧:*:19000:0:99999:7:::\n⟦bo⟧:!⟦$6$ab$cd⟧:1:::::\n",
            ["shadow/service field", "shadow/user field", "shadow/hash field"]
        ),
        Sample(
            "group.bak",
            "⟦adm⟧:x:⟦4⟧:⟦bo⟧,⟦eve⟧\n",
            ["group/group field", "group/gid field", "group/member field", "group/member field"]
        ),
        Sample(
            "hosts.orig",
            "⟦192.0.2.7⟧\t⟦otter.test⟧ ⟦otter⟧ # key=⟦v⟧\n#⟦10.0.0.1⟧ old\n".replacing(
                "#⟦10.0.0.1⟧ old",
                with: "# old"
            ),
            ["hosts/address bare", "hosts/name bare", "hosts/name bare", "key~bare"]
        ),
        Sample(
            "templates/hosts",
            "127.0.1.1 {{ hostname }} {% if fqdn is defined %} {{ fqdn }} {% endif %}\n".replacing(
                "127.0.1.1",
                with: "⟦127.0.1.1⟧"
            ) + "{{ ip }} ⟦otter⟧ ${x}\n<%= ip %> ⟦wren⟧\n",
            ["hosts/address bare", "hosts/name bare", "hosts/name bare"]
        ),
        Sample(
            "fstab.20240131",
            "⟦//nas/x⟧ ⟦/mnt⟧ cifs ro,username=⟦bo⟧,password=⟦p=w⟧ 0 0\n",
            [
                "fstab/device bare", "fstab/mountpoint bare", "fstab/options/username bare",
                "fstab/options/password bare",
            ]
        ),
        Sample(
            "exports",
            "⟦/srv⟧ ⟦10.0.0.0/24⟧(rw,sync) ⟦otter⟧(ro)\n",
            ["exports/path bare", "exports/client bare", "exports/client bare"]
        ),
        Sample(
            "aliases.dpkg-dist",
            "⟦root⟧: ⟦bo@otter.test⟧, ⟦eve⟧\n",
            ["aliases/name field", "aliases/address field", "aliases/address field"]
        ),
        Sample(
            "etc/crontab",
            "MAILTO=⟦bo@otter.test⟧\n5 4 * * * ⟦bo⟧ ⟦run --token ⟦abc⟧⟧\n@daily ⟦root⟧ ⟦sync⟧\n",
            [
                "MAILTO bare", "crontab/user bare", "crontab/command line", "crontab/command/token line",
                "crontab/user bare", "crontab/command line",
            ]
        ),
        Sample("spool/crontabs/bo", "5 4 * * * ⟦run⟧\n", ["crontab/command line"]),
        // Without a job of root it is what `crontab -l` prints.
        Sample(
            "crontab",
            "5 4 * * * ⟦curl -fsS x⟧\n@daily ⟦tar czf a b⟧\n",
            ["crontab/command line", "crontab/command line"]
        ),
        // What has an option behind it is a program.
        Sample("cron.d/x", "5 4 * * * ⟦curl -fsS x⟧\n", ["crontab/command line"]),
        Sample(
            "sudoers",
            "Defaults mailto=\"⟦bo@otter.test⟧\"\nUser_Alias A = ⟦eve⟧, ⟦bo⟧\n⟦bo⟧ ⟦otter⟧=(ALL) NOPASSWD: ALL\n%⟦wheel⟧ ALL=(ALL) ALL\n",
            [
                "sudoers/mailto double-quoted", "sudoers/user bare", "sudoers/user bare", "sudoers/user bare",
                "sudoers/host bare", "sudoers/group bare",
            ]
        ),
        Sample(
            ".pgpass",
            "⟦db.test⟧:5432:⟦otters⟧:⟦bo⟧:⟦p\\:w⟧\n",
            [
                "pgpass/host pgpass-field", "pgpass/database pgpass-field", "pgpass/user pgpass-field",
                "pgpass/password pgpass-field",
            ]
        ),
        Sample(
            ".netrc",
            "machine ⟦otter.test⟧ login ⟦bo⟧\n  password ⟦pw⟧\n",
            ["netrc/machine bare", "netrc/login bare", "netrc/password bare"]
        ),
        Sample("a.htpasswd", "⟦bo⟧:⟦$2y$05$ab⟧\n", ["htpasswd/user field", "htpasswd/hash field"]),
        Sample(
            "chpasswd",
            "⟦bo⟧:⟦p:w⟧\n".replacing("p:w", with: "pw"),
            ["logins/user field", "logins/password field"]
        ),
        Sample(
            "ppp/chap-secrets",
            "\"⟦bo⟧\" ⟦*⟧ \"⟦p w⟧\" ⟦*⟧\n",
            ["ppp/client double-quoted", "ppp/server bare", "ppp/secret double-quoted", "ppp/address bare"]
        ),
        Sample(
            "postfix/sasl_passwd",
            "⟦[smtp.test]:587⟧ ⟦bo⟧:⟦pw⟧\n",
            ["sasl_passwd/host bare", "sasl_passwd/user bare", "sasl_passwd/password bare"]
        ),
    ]

    /// It is not among the samples, because replacing `root` there would make another table of it.
    @Test func aTableWithAJobOfRootHasUsers() {
        let text = "5 4 * * * root run\n6 4 * * * bo run\n"
        let values = Document(path: "crontab", bytes: Array(text.utf8)).layers[0].values
        #expect(values.map(\.key) == ["user", "command", "user", "command"])
    }

    /// No sample: another number in the field of the user's makes the account another one's.
    @Test(arguments: [("0", "user"), ("1", "service"), ("999", "service"), ("1000", "user"), ("65534", "service")])
    func accountsOfTheSystemHaveAKeyOfTheirOwn(number: String, key: String) {
        let document = Document(path: "passwd", bytes: Array("bo:x:\(number):1::/run/x:/bin/false\n".utf8))
        #expect(document.layers[0].values.first?.keyPath == ["passwd", key])
    }

    @Test(arguments: system) func readsTablesOfTheSystem(sample: Sample) { ReaderTests().check(sample) }

    @Test func aLineThatIsNoRecordIsNotedOnce() {
        let document = Document(path: "passwd", bytes: Array("a\nb\nbo:x:1:1::/:/bin/sh\n".utf8))
        #expect(document.notes.map(\.line) == [1])
        #expect(document.layers[0].values.count == 5)
    }

    // MARK: - SSH

    static let ssh: [Sample] = [
        Sample(
            ".ssh/authorized_keys",
            "ssh-ed25519 ⟦AAAAC3⟧ ⟦bo@otter⟧\nfrom=\"⟦192.0.2.7⟧\",command=\"⟦run a⟧\",no-pty ssh-rsa ⟦AAAAB3⟧\n⟦eve⟧:ssh-rsa ⟦AAAAB4⟧ ⟦eve x⟧\n",
            [
                "authorized_keys/key bare", "authorized_keys/comment line", "authorized_keys/from double-quoted",
                "authorized_keys/command double-quoted", "authorized_keys/key bare", "authorized_keys/user bare",
                "authorized_keys/key bare", "authorized_keys/comment line",
            ]
        ),
        Sample(
            "id_rsa.pub",
            "ssh-rsa ⟦AAAAB3⟧ ⟦bo@otter⟧\n",
            ["authorized_keys/key bare", "authorized_keys/comment line"]
        ),
        Sample(
            "known_hosts.old",
            "⟦otter.test⟧,⟦192.0.2.7⟧ ssh-rsa ⟦AAAA⟧\n[⟦b.test⟧]:2222 ssh-rsa ⟦AAAB⟧\n⟦|1|ab|cd⟧ ssh-rsa ⟦AAAC⟧\n",
            [
                "known_hosts/host bare", "known_hosts/host bare", "known_hosts/key bare", "known_hosts/host bare",
                "known_hosts/key bare", "known_hosts/host bare", "known_hosts/key bare",
            ]
        ),
        Sample(
            ".ssh/config",
            "Host ⟦a⟧ ⟦b⟧\n  HostName ⟦otter.test⟧\n  User=⟦bo⟧\n  Port = ⟦22⟧\n#  HostName ⟦old.test⟧\n",
            [
                "ssh/Host bare", "ssh/Host bare", "ssh/HostName bare", "ssh/User bare", "ssh/Port bare",
                "ssh/HostName~bare",
            ]
        ),
        Sample(
            "sshd_config",
            "AllowUsers ⟦bo⟧ ⟦eve⟧\nMatch User ⟦bo⟧\n",
            ["sshd/AllowUsers/user bare", "sshd/AllowUsers/user bare", "sshd/Match/User bare"]
        ),
        Sample(
            "a.yml",
            "keys:\n  - ⟦ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJabcdefghijklmnopqrstuvwxyzabcdefg ⟦bo@otter⟧⟧\n",
            ["keys/0 yaml-plain", "keys/0/authorized_keys/comment yaml-plain"]
        ),
    ]

    @Test(arguments: ssh) func readsSSH(sample: Sample) { ReaderTests().check(sample) }

    // MARK: - Lines of keywords

    static let keywords: [Sample] = [
        Sample(
            "sites/otter",
            "# x\n<VirtualHost *:443>\n  ServerName ⟦otter.test⟧\n  ServerAlias ⟦a.test⟧ ⟦b.test⟧\n  SetEnv KEY ⟦v⟧\n</VirtualHost>\n"
                .replacing("*:443", with: "⟦*:443⟧"),
            [
                "apache/VirtualHost bare", "apache/ServerName bare", "apache/ServerAlias bare",
                "apache/ServerAlias bare", "apache/SetEnv/KEY bare",
            ]
        ),
        Sample(
            "haproxy.cfg",
            "userlist ⟦u⟧\n  user ⟦bo⟧ insecure-password ⟦pw⟧\nbackend ⟦b⟧\n  server ⟦s1⟧ ⟦192.0.2.7:80⟧ ⟦check⟧\n",
            [
                "haproxy/userlist/name bare", "haproxy/user/name bare", "haproxy/user/insecure-password bare",
                "haproxy/backend/name bare", "haproxy/server/name bare", "haproxy/server/address bare",
                "haproxy/server/option bare",
            ]
        ),
        Sample(
            "client.ovpn",
            "remote ⟦vpn.test⟧ ⟦1194⟧\n<auth-user-pass>\n⟦bo⟧\n⟦p w⟧\n</auth-user-pass>\n<ca>\nabc def\n</ca>\n",
            [
                "openvpn/remote/host bare", "openvpn/remote/port bare", "openvpn/auth-user-pass/user line",
                "openvpn/auth-user-pass/password line",
            ]
        ),
        Sample(
            "resolv.conf",
            "search ⟦a.test⟧ ⟦b.test⟧\nnameserver ⟦192.0.2.53⟧\n",
            ["resolv/search bare", "resolv/search bare", "resolv/nameserver bare"]
        ),
    ]

    @Test(arguments: keywords) func readsLinesOfKeywords(sample: Sample) { ReaderTests().check(sample) }

    // MARK: - Zones

    static let zones: [Sample] = [
        Sample(
            "db.otter",
            "$TTL 3600\n$ORIGIN ⟦otter.test.⟧\n@ IN SOA ⟦ns1⟧ ⟦bo.otter.test.⟧ (\n  2024010101 ; serial\n  1h )\n\tIN NS ⟦ns1⟧\n⟦www⟧ 300 IN A ⟦192.0.2.7⟧\n⟦mail⟧ MX 10 ⟦mx.test.⟧\n⟦t⟧ TXT \"⟦v=x; y⟧\" ; k=⟦v⟧\n⟦7⟧ IN PTR ⟦www.otter.test.⟧\n",
            [
                "zone/origin bare", "zone/SOA/primary bare", "zone/SOA/mail bare", "zone/NS bare", "zone/name bare",
                "zone/A bare", "zone/name bare", "zone/MX bare", "zone/name bare", "zone/TXT double-quoted", "k~bare",
                "zone/reverse name bare", "zone/PTR bare",
            ]
        ),
        Sample("a.zone", "@ 60 IN A ⟦192.0.2.1⟧\n", ["zone/A bare"]),
    ]

    @Test(arguments: zones) func readsZones(sample: Sample) { ReaderTests().check(sample) }

    // MARK: - Tables with heads

    static let delimited: [Sample] = [
        Sample(
            "a.csv",
            "name,pass word,ip\n⟦Bo⟧,\"⟦a \"\"b\"\", c⟧\",⟦192.0.2.7⟧\n\"⟦E\nve⟧\",,⟦x⟧\n",
            ["name field", "pass word csv-quoted", "ip field", "name csv-quoted", "ip field"]
        ),
        Sample(
            "records.csv",
            "Name,Type,TTL,Target\n⟦auk⟧,⟦A⟧,⟦60⟧,⟦192.0.2.7⟧\n",
            ["zone/name field", "Type field", "TTL field", "Target field"]
        ),
        Sample("a.csv", "Name,Type\n⟦auk⟧,⟦bird⟧\n", ["Name field", "Type field"]),
        Sample("a.tsv", "user\tmail\n⟦bo⟧\t⟦bo@otter.test⟧\n", ["user field", "mail field"]),
        Sample("a.csv", "⟦1⟧;⟦a@b.test⟧\n⟦2⟧;⟦⟧\n".replacing("⟦⟧", with: ""), ["0 field", "1 field", "0 field"]),
        Sample("a.csv", "a,b\n\"⟦x\"y⟧,⟦z⟧\n".replacing("\"⟦x", with: "⟦\"x"), ["a line", "b field"]),
    ]

    @Test(arguments: delimited) func readsDelimitedTables(sample: Sample) { ReaderTests().check(sample) }

    static let logins: [Sample] = [
        Sample("rsyncd.secrets", "# x\n⟦bo⟧:⟦a b⟧\n", ["logins/user field", "logins/password field"]),
        Sample("hostapd.wpa_psk", "⟦02:00:00:00:00:01⟧ ⟦otter⟧\n", ["wpa_psk/mac bare", "wpa_psk/psk bare"]),
        Sample("psk.txt", "⟦192.0.2.7⟧\t⟦otter⟧\n", ["racoon/host bare", "racoon/psk bare"]),
        Sample(
            "mail/secrets",
            "⟦relay⟧\t⟦bo⟧:⟦otter⟧\n",
            ["sasl_passwd/host bare", "sasl_passwd/user bare", "sasl_passwd/password bare"]
        ),
    ]

    @Test(arguments: logins) func readsLogins(sample: Sample) { ReaderTests().check(sample) }

    static let directories: [Sample] = [
        Sample(
            "people.ldif",
            "# x\ndn: ⟦uid=bo,dc=otter⟧\ncn;lang-de: ⟦Bo O⟧\nsn:: ⟦TcO8cnJl⟧\nnote: ⟦a\n b⟧\nkey:: ⟦b3R0ZXIg\n cGFzcw==⟧\nphoto:: /9j/4A==\n",
            ["ldif/dn line", "ldif/cn line", "ldif/sn base64", "ldif/note ldif-folded", "ldif/key ldif-folded"]
        )
    ]

    @Test(arguments: directories) func readsDirectories(sample: Sample) { ReaderTests().check(sample) }

    /// What a directory server writes: the first line is shorter by the name of its attribute.
    @Test func readsFoldedBase64() throws {
        let value = "{SSHA512}" + String(repeating: "auk", count: 40)
        var digits = try Encoding.base64.encode(Array(value.utf8))
        var lines = [digits.prefix(20)]
        digits.removeFirst(20)
        while !digits.isEmpty {
            lines.append(digits.prefix(40))
            digits.removeFirst(min(40, digits.count))
        }
        let folded = lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n ")
        let document = Document(path: "a.ldif", bytes: Array("dn: x\nuserPassword:: \(folded)\nsn: y\n".utf8))
        #expect(document.notes.isEmpty)
        let layer = try #require(document.layers.first { $0.text == Array(value.utf8) })
        #expect(layer.keyPath.last == "userPassword")
        let edit = Edit(layer.location(of: Span(9, value.utf8.count)), replacement: Array("x".utf8))
        let expected = String(decoding: try Encoding.base64.encode(Array("{SSHA512}x".utf8)), as: UTF8.self)
        let edited = String(decoding: try document.applying([edit]).bytes, as: UTF8.self)
        #expect(edited == "dn: x\nuserPassword:: \(expected)\nsn: y\n")
    }

    @Test func brokenBase64OfADirectoryIsNoted() {
        let document = Document(path: "a.ldif", bytes: Array("dn: x\nuserPassword:: a-?b\n".utf8))
        #expect(document.notes.map(\.line) == [2])
    }

    static let markdown: [Sample] = [
        Sample(
            "README.md",
            "| user | pass |\n|---|---|\n| ⟦bo⟧ | `⟦pw⟧` |\n\n| Setting | Value | Notes |\n|:--|:-:|---|\n| PIN | ⟦⟦12⟧⟧ | of it |\n",
            ["user line", "pass line", "Value line", "PIN line"]
        ),
        Sample("x.org", "| Person | Login |\n|---+---|\n| ⟦Bo⟧ | ⟦bo⟧ |\n", ["Person line", "Login line"]),
        Sample("README.md", "| Host | ⟦192.0.2.7⟧ |\n|--|--|\n| Port | ⟦22⟧ |\n", ["Host line", "Port line"]),
    ]

    @Test(arguments: markdown) func readsMarkdownTables(sample: Sample) { ReaderTests().check(sample) }
}
