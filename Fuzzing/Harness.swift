@testable import Archive
@testable import Bundling
@testable import Detecting
@testable import Documents

/// A fuzzed parser, with the properties that every input must satisfy.
struct Harness: Sendable {
    /// The name on the command line.
    var name: String
    /// The initial inputs.
    var seeds: [[UInt8]]
    /// Ends the process if the input shows a fault.
    var check: @Sendable ([UInt8]) -> Void

    init(_ name: String, seeds: [[UInt8]], check: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.seeds = seeds
        self.check = check
    }

    init(_ name: String, seeds: [String], check: @escaping @Sendable ([UInt8]) -> Void) {
        self.name = name
        self.seeds = seeds.map { Array($0.utf8) }
        self.check = check
    }

    /// Makes a harness for a reader of documents; if there are several paths, the first byte of the input chooses one.
    private static func document(_ name: String, _ paths: [String], seeds: [String]) -> Harness {
        guard paths.count > 1 else {
            return Harness(name, seeds: seeds) { DocumentProperties.check(paths[0], $0[...]) }
        }
        let letters = (0..<paths.count).map { String(UnicodeScalar(UInt8(0x41 + $0))) }
        let marked = paths.indices.flatMap { index in seeds.map { letters[index] + $0 } }
        return Harness(name, seeds: marked) { bytes in
            guard let first = bytes.first else { return }
            DocumentProperties.check(paths[Int(first &- 0x41) % paths.count], bytes.dropFirst())
        }
    }

    static let all = own + BundleProperties.harnesses

    private static let own: [Harness] = [
        document(
            "dotenv",
            [".env"],
            seeds: ["A=b\nexport B='c d' # x\nC=\"${D:-e}\\n\"\n#E=f\nG: h\n", "A=\"b\nc\"\nB='\\''\nX=$$a ${Y-z}\n"]
        ),
        document(
            "yaml",
            ["a.yml"],
            seeds: [
                "a: &x b\nc: *x\nd: !!str 'e''f'\ng: {h: i, j: [1, \"2\\u00e9\"]}\n",
                "l: |2-\n    one\n   two\nf: >+\n  a\n  b\n\n- name: X\n  value: y\n",
                "---\na: 1\n---\n- KEY=v\n- \"K=v w\" # k=v\n...\n? [a]\n: b\n",
                "write_files:\n  - path: /etc/a.conf\n    content: |\n      [s]\n      k = v\n",
                "x: &k b\nd: {e: *k}\n- op: add\n  path: /a/b\n  value: c\n",
                "a: eJxzcYoPcAwODvcPcrFNKUrMTtUtL0rNMzHkAgBofwf1\nb: H4sIAAAAAAACA3Nxig9wDA4O9w9ysU0pSsxO1S0vSs0zMeQCAKGZmnwZAAAA\nc: JABwAGEAcwBzAHcAbwByAGQAIAA9ACAAJwBkAHIAYQBrAGUAJwA=\n",
            ]
        ),
        document(
            "json",
            ["a.json"],
            seeds: [
                "{\"a\": \"b\\\"\\u00e9\\ud83d\\ude00\", \"c\": [1, -2.5e3, true, null], \"d\": {\"name\": \"x\", \"value\": \"y\"}}",
                "{\"a\": 1}\n{\"b\": \"A=1\\nB=2\\n\"}\n// k=v\n[1,]\n",
                "{\"o\": {\"value\": \"x\", \"type\": \"string\"}}",
            ]
        ),
        document(
            "toml",
            ["a.toml"],
            seeds: [
                "a = 'b' # k=v\n[[t]]\n\"x y\".z = \"\\u00e9\"\nl = [1, { p = \"\"\"\nm\n\"\"\" }, ]\n[t.u]\nd = 1979-05-27\n"
            ]
        ),
        document(
            "ini",
            ["a.ini", "a.service", "voicemail.conf", "sip.conf"],
            seeds: [
                "[s]\nk = v ; c=d\nl: \"q\"\n  more\nEnvironment=\"A=b c\" D=e\n",
                "[d](t)\n100 => 4321,Bo Otter,bo@otter.test\nregister => u:p@h/1\ncallerid=\"A\" <1>\n",
                "[remote \"origin\"]\nurl=x\nweb a_host=1 b='2 3'\n",
            ]
        ),
        document(
            "properties",
            ["a.properties"],
            seeds: ["a.b=c\\\n   d\n! x\ne\\=f : g\\u00e9\nh i\n", "\\ k=\\ v\r\nl\n"]
        ),
        document(
            "assignments",
            [
                "a.conf", "a.lua", "a.sh", "a.py", "main.tf", "Dockerfile", "Caddyfile", "a.nix", "Makefile", "a.php",
                "a.rs", "a.cs",
            ],
            seeds: [
                "a {\n  b = c; d \"e;f\" { g h; }\n  list = [1, \"x\", { k: 'v' }]\n}\n",
                "export A=b C='d e' # f=g\nx --flag v <<EOF\nbo:pw\nEOF\necho \"bo:pw\" | chpasswd\n",
                "P: str = 'x'\nos.getenv(\"K\", \"v\")\nt = ''\n  a=b\n'';\n", "/* k=v\n*/ m[\"k\"] = \"v\" -- z\n",
                "a {b = c d = \"e\"}\nP=(a \"b c\")\nQ=a\\ b'c'$'d'\n", "p = r#\"a\"b\"#\nq = @\"c\"\"d\"\n",
                "u = <<-EOT\n  #cloud-config\n  a: [{b: c}]\nEOT\nj = <<EOF\n{\"k\": \"v\"}\nEOF\n",
            ]
        ),
        document(
            "markup",
            ["a.xml"],
            seeds: [
                "<r a=\"b\"><p name='n'>x &amp; y</p><!-- k=v --><![CDATA[z]]><e/></r>",
                "<dict><key>k</key><string>v</string><name>n</name><value>w</value></dict>",
            ]
        ),
        document(
            "tables",
            [
                "passwd", "hosts", ".pgpass", "fstab", "a.csv", "db.zone", "known_hosts", "authorized_keys", "sudoers",
                "crontab", ".netrc", "ssh_config", "haproxy.cfg", "a.ovpn", "httpd.conf", "ipsec.secrets", "exports",
            ],
            seeds: [
                "bo:x:1:1:A B,c:/home/bo:/bin/sh\n# k=v\n", "10.0.0.1 a b # c\n[x]:22,y ssh-rsa AAAA c d\n",
                "a,b\n\"c \"\"d\"\"\",e\n", "$TTL 1\n@ IN SOA a b (\n 1 ; c\n 2 )\nw A 1.2.3.4\n",
                "Host a\n  User=b\n<X y>\nname \"q r\" password p\n</X>\n",
                "* * * * * bo run --a b\nK=v\n%g ALL=(ALL) ALL\n",
            ]
        ),
        document(
            "templates",
            ["a.jinja", "values.yaml"],
            seeds: [
                "{% for x in y %}\n- name: X{{ x }}\n  value: \"a\" # k=v\n  p: {{ .x | default \"d\" }}\n{% endfor %}\n"
            ]
        ),
        document(
            "prose",
            ["README.md", "a"],
            seeds: [
                "# T\n- **Password:** `abc`\nKEY=v, x\n| user | pass |\n|---|---|\n| a | b |\n```sh\nexport A=b\n```\n",
                "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n%41%42/x 6a6f6c6c79206a6f6c6c79\n",
            ]
        ),
        document(
            "mail",
            ["a.eml", "a.vcf"],
            seeds: [
                "From: =?UTF-8?Q?J=C3=B6rg_A?= <a@b.test>\nContent-Transfer-Encoding: quoted-printable\n\npassword: a=40b=\n c\n",
                "BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:A=C3=A9=\n B\nEND:VCARD\n",
            ]
        ),
        Harness(
            "residue",
            seeds: [
                "a: eJxzcYoPcAwODvcPcrFNKUrMTtUtL0rNMzHkAgBofwf1",
                "a: H4sIAAAAAAACA3Nxig9wDA4O9w9ysU0pSsxO1S0vSs0zMeQCAKGZmnwZAAAA", "Quoted-Printable\n\na=3Db",
                "=?utf-8?q?a_b?=",
            ],
            check: ResidueProperties.check
        ),
        Harness(
            "codecs",
            seeds: ["Aa\\u00e9\\n", "Fa ''b\n  c", "La&amp;#65;b", "Jcfg=="],
            check: CodecProperties.check
        ),
        Harness(
            "der",
            seeds: ["-----BEGIN CERTIFICATE-----\nMIIBAjCBqg==\n-----END CERTIFICATE-----\n", "0\u{3}0\u{1}\u{0}"]
        ) {
            CertificateProperties.check($0)
        },
        Harness(
            "scan",
            seeds: [
                "\u{0}password = 'auk-7-wren'\n", "\u{1}{\"name\": \"secret\", \"value\": \"a\\u0041b\"}",
                "\u{2}token: x\n- id: 1\n", "\u{3}A_PASSWORD=cGFzc3cwcmQ=\n", "\u{4}see `https://a.test/x%40y`\n",
                "\u{5}<password>x&#65;y</password>", "\u{7}auth_basic user file;\n",
                "\u{8}a:x:0:0:A B:/home/a:/bin/sh\n", "\u{A}password=$a; `token` is x\n",
                "\u{B}A_PASSWORD=\"x\\\ny\" B='c\nd'; export C=e\\\nf\n", "\u{C}x = /[/]/; y = 'a' // password: b\n",
                "\u{D}<?php $a = <<<EOT\npassword=x\nEOT;\n", "\u{E}dn: x\nuserPassword:: cGFzc3cw\n cmQ=\n",
                "\u{F}Subject: =?UTF-8?Q?J=C3=B6rg?=\n\nx=40y\n", "\u{10}password = [[a\nb]]\n",
                "\u{11}ENV A b \\\n c\n",
            ]
        ) { ScanProperties.check($0) },
        Harness("patterns", seeds: ["(?<value>[a-z]{2,}|\\d+)\\b\u{0}ab 12", "^a*?(b|c)$\u{0}aab"]) {
            PatternProperties.check($0)
        },
        Harness(
            "rules",
            seeds: [
                "rules:\n    - id: a\n      kind: token\n      confidence: high\n      summary: x\n      pattern: 'a{4}'\n"
            ]
        ) {
            _ = try? RuleLoader.load($0)
        },
        Harness("jsonvalue", seeds: ["{\"a\": [1, \"b\\u00e9\", true, null, {}]}"]) { bytes in
            guard let value = try? JSONValue(parsing: bytes) else { return }
            let again = try? JSONValue(parsing: value.serialized())
            require(again == value, "a value that is written is read as another")
        },
        Harness("signature", seeds: ["untrusted comment: x\nRUQ=\ntrusted comment: y\nAA==\n"]) { bytes in
            if let signature = try? Signature(parsing: bytes) {
                require(
                    (try? Signature(parsing: signature.serialized())) == signature,
                    "a signature that is written is read as another"
                )
            }
            _ = try? PublicKey(parsing: bytes)
        },
        Harness(
            "age",
            seeds: [
                "~age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n"
                    + "hjabGXwSLQ9c3S6Lw2i+S2Tu2fiwQHHslbBN6B41FLE\n--- WyJp9F/9FOZh7gJdheq2WIJcwHgYc8NIVh3ddwhrNcg\n"
                    + "0123456789abcdef0123456789abcdef",
                "\u{1}age-encryption.org/v1\n-> scrypt rF0/NwblUHHTpgQgRpe5CQ 1\n"
                    + "gUjEymFKMVXQEKdMMHL24oYexjE3TIC0O0zGSqJ2aUY\n--- IOXiQYStkoT1mvZW2tFOqZdhRVvj58egABx/sWfZQbc\n",
                "\u{2}-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCg==\n-----END AGE ENCRYPTED FILE-----\n",
                "aage1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
                "a# x\nAGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n",
            ]
        ) { AgeProperties.check($0) },
        Harness(
            "sealedmap",
            seeds: [
                "{\"schema\": 1, \"generation\": 1, \"recipients\": [], \"values\": [], \"files\": [], \"leftOut\": [{\"path\": \"a\", "
                    + "\"executable\": false, \"contents\": {\"utf8\": \"x\"}}], \"absent\": []}"
            ]
        ) { AgeProperties.checkMap($0) },
    ]
}
