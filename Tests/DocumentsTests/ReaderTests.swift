import Documents
import TestKit
import Testing

/// What each reader finds: the marked bytes of a sample are its values, in order.
@Suite struct ReaderTests {
    /// A sample with its values marked, and for each its keys and encoding.
    struct Sample: Sendable, CustomTestStringConvertible {
        var path: String
        var text: MarkedText
        var values: [String]
        var testDescription: String { "\(path) \(text.text.prefix(40).debugDescription)" }

        init(_ path: String, _ sample: String, _ values: [String]) {
            self.path = path
            text = MarkedText(sample)
            self.values = values
        }
    }

    /// Checks the values of a sample's own layer against its marks.
    func check(_ sample: Sample, sourceLocation: SourceLocation = #_sourceLocation) {
        let document = Document(path: sample.path, bytes: sample.text.bytes)
        let values = document.layers[0].values.filter { $0.role != .key }
            .sorted { ($0.span.start, -$0.span.end) < ($1.span.start, -$1.span.end) }
        let found = values.map { value in
            let sign = value.role == .comment ? "~" : " "
            return "\(value.keyPath.joined(separator: "/"))\(sign)\(value.encoding.rawValue)"
        }
        #expect(found == sample.values, sourceLocation: sourceLocation)
        #expect(values.map(\.span.range) == sample.text.ranges, sourceLocation: sourceLocation)
    }

    // MARK: - dotenv

    static let dotenv: [Sample] = [
        Sample(
            "a/.env",
            "A=⟦b⟧\nexport  B = ⟦c d⟧  \nC: ⟦e⟧\n",
            ["A dotenv-unquoted", "B dotenv-unquoted", "C dotenv-unquoted"]
        ),
        Sample(
            ".env",
            "A=⟦b⟧ # c\nB=⟦b#c⟧\nC=⟦⟧\nD=⟦x⟧ #E=⟦y⟧\n",
            ["A dotenv-unquoted", "B dotenv-unquoted", "C dotenv-unquoted", "D dotenv-unquoted", "E~bare"]
        ),
        Sample(
            ".env",
            "A='⟦b # \\' c⟧' # d\r\nB=\"⟦x\\\"\ny⟧\"\r\nC=⟦z⟧\r\n",
            ["A dotenv-single-quoted", "B dotenv-double-quoted", "C dotenv-unquoted"]
        ),
        Sample(
            ".env.local",
            "\u{FEFF}A=⟦${B:-⟦c⟧}⟧\nD=\"⟦${E-⟦f⟧} ${G}⟧\"\n",
            ["A dotenv-unquoted", "A/B dotenv-unquoted", "D dotenv-double-quoted", "D/E dotenv-double-quoted"]
        ),
        // The blanks of a default are its own: no setting ends in the middle of it.
        Sample(
            ".env",
            "A=⟦x B=⟦\"${C:-⟦d e⟧}\"⟧⟧\n",
            ["A dotenv-unquoted", "A/B dotenv-unquoted", "A/C dotenv-unquoted"]
        ),
        Sample(
            "web.env",
            "# JVB_AUTH_PASSWORD=⟦abc⟧\n# a sentence: with words\n#\nA.B-C[0]=⟦1⟧\n",
            ["JVB_AUTH_PASSWORD~bare", "A.B-C[0] dotenv-unquoted"]
        ),
        Sample(".env", "INHERITED\nA=⟦b⟧", ["A dotenv-unquoted"]),
        Sample(
            ".env.bak",
            "OPTS=⟦--pass=⟦x⟧ --user ⟦bob⟧ -v⟧\n",
            ["OPTS dotenv-unquoted", "OPTS/pass dotenv-unquoted", "OPTS/user dotenv-unquoted"]
        ),
    ]

    @Test(arguments: dotenv) func readsDotenv(sample: Sample) { check(sample) }

    @Test func aDotenvLineThatComposeRefusesIsNoted() {
        let document = Document(path: ".env", bytes: Array("A=1\nnot an assignment\nB=\"open\nC=2".utf8))
        #expect(document.notes.map(\.line) == [2, 3])
        #expect(document.layers[0].values.filter { $0.role != .key }.map(\.key) == ["A", "B", "C"])
    }

    // MARK: - YAML

    static let yaml: [Sample] = [
        Sample(
            "a.yml",
            "a: ⟦b c⟧\n\"k\": '⟦it''s⟧'\nd: \"⟦e\\\"f⟧\" # g=⟦h⟧\n",
            ["a yaml-plain", "k yaml-single-quoted", "d yaml-double-quoted", "g~bare"]
        ),
        Sample(
            "a.yaml",
            "l: |\n  ⟦one\n   two\n\n  three⟧\n\nf: >-\n    ⟦a\n    b⟧\n",
            ["l yaml-literal:2", "f yaml-folded:4"]
        ),
        Sample("a.yaml", "l: |2+ # comment\n  ⟦  one⟧\n\n\nm: ⟦x⟧\n", ["l yaml-literal:2", "m yaml-plain"]),
        Sample("a.yml", "a: |\r\n  ⟦x\r\n  y⟧\r\nb: ⟦z⟧\r\n", ["a yaml-literal:2", "b yaml-plain"]),
        Sample("a.yml", "\u{FEFF}ä: ⟦ö€⟧\nb: '⟦😀⟧'\n", ["ä yaml-plain", "b yaml-single-quoted"]),
        Sample(
            "a.yml",
            "a: &x ⟦⟦b⟧⟧\nc: *x\nd: !!str ⟦e⟧\nf: {g: ⟦h⟧, i: [⟦1⟧, \"⟦2⟧\"]}\n",
            [
                "a yaml-plain", "c yaml-plain", "d yaml-plain", "f/g yaml-flow-plain", "f/i/0 yaml-flow-plain",
                "f/i/1 yaml-double-quoted",
            ]
        ),
        Sample("a.yml", "---\na: ⟦1⟧\n---\nb: ⟦2⟧\n", ["0/a yaml-plain", "1/b yaml-plain"]),
        Sample(
            "a.yml",
            "environment:\n  - ⟦KEY=⟦value with blanks⟧⟧\n  - \"⟦K2=⟦a\\\"b⟧⟧\"\n  - ⟦EMPTY=⟧\n",
            [
                "environment/0 yaml-plain", "environment/0/KEY yaml-plain", "environment/1 yaml-double-quoted",
                "environment/1/K2 yaml-double-quoted", "environment/2 yaml-plain",
            ]
        ),
        Sample(
            "a.yml",
            "command: [\"⟦--user=⟦x⟧⟧\", ⟦--pass⟧]\nc2: ⟦serve --token ⟦abc⟧ A=⟦b⟧⟧\n",
            [
                "command/0 yaml-double-quoted", "command/0/user yaml-double-quoted", "command/1 yaml-flow-plain",
                "c2 yaml-plain", "c2/token yaml-plain", "c2/A yaml-plain",
            ]
        ),
        Sample(
            "a.yml",
            "- name: ⟦X⟧\n  value: ⟦⟦y⟧⟧\n- {value: ⟦⟦2⟧⟧, name: ⟦Z⟧}\n",
            [
                "0/name yaml-plain", "0/value yaml-plain", "0/X yaml-plain", "1/value yaml-flow-plain",
                "1/Z yaml-flow-plain", "1/name yaml-flow-plain",
            ]
        ),
        Sample(
            "a.yml",
            "? [⟦a⟧, ⟦b⟧]\n: ⟦c⟧\n? d\n: ⟦e⟧\nempty:\n",
            ["?/0 yaml-flow-plain", "?/1 yaml-flow-plain", "? yaml-plain", "d yaml-plain"]
        ),
    ]

    @Test(arguments: yaml) func readsYAML(sample: Sample) { check(sample) }

    static let templates: [Sample] = [
        Sample(
            "a.jinja",
            "{% for x in y %}\n- name: ⟦X{{ x }}⟧\n  value: ⟦⟦abc⟧⟧\n  n:\n    key: '⟦q⟧' # k=⟦v⟧\n    t: {{ x }}\n{% endfor %}\n",
            ["name line", "value yaml-plain", "X{{ x }} yaml-plain", "n/key yaml-single-quoted", "k~bare"]
        ),
        Sample(
            "a.yaml",
            "{{- if .x }}\n{% set m = [{'a': '⟦b⟧', 'n': ⟦5⟧}] %}\nlist:\n  - \"⟦A=⟦b⟧⟧\"\n{{- end }}\n",
            ["m/a single-quoted", "m/n literal", "list yaml-double-quoted", "list/A yaml-double-quoted"]
        ),
        Sample(
            "values.yaml",
            "{{- if .x }}\npw: {{ .Values.pw | default \"⟦abc⟧\" }}\nu: ⟦bo⟧\n{{- end }}\n",
            ["pw double-quoted", "u yaml-plain"]
        ),
        Sample(
            "flow.yaml",
            "{{- if .x }}\n- { name: ⟦A⟧, value: \"⟦b⟧\" }\nc: { d: ⟦e f⟧, g: [⟦h⟧, '⟦i⟧'] }\n{{- end }}\n",
            [
                "name yaml-flow-plain", "A yaml-double-quoted", "c/d yaml-flow-plain", "c/g/0 yaml-flow-plain",
                "c/g/1 yaml-single-quoted",
            ]
        ),
        Sample(
            "pairs.yaml",
            "{{- if .x }}\n- name: ⟦X⟧\n  value: [⟦⟦s⟧⟧]\n- key: ⟦Y⟧\n  value: {{ .y | default \"⟦⟦z⟧⟧\" }}\n{{- end }}\n",
            [
                "name yaml-plain", "value/0 yaml-flow-plain", "X/0 yaml-flow-plain", "key yaml-plain",
                "value double-quoted", "Y double-quoted",
            ]
        ),
    ]

    @Test(arguments: templates) func readsTemplatesLineByLine(sample: Sample) {
        check(sample)
        let document = Document(path: sample.path, bytes: sample.text.bytes)
        #expect(document.layers[0].format == .assignments)
        #expect(document.notes.map(\.message).allSatisfy { $0.contains("is not YAML") })
        #expect(document.notes.count == 1)
    }

    // MARK: - JSON

    static let json: [Sample] = [
        Sample(
            "a.json",
            "{\"a\": \"⟦b\\\"c⟧\", \"d\": [⟦1⟧, ⟦-2.5e3⟧, ⟦true⟧, ⟦null⟧, \"⟦⟧\"], \"e\": {\"f\": \"⟦g⟧\"}}",
            [
                "a json-string", "d/0 literal", "d/1 literal", "d/2 literal", "d/3 literal", "d/4 json-string",
                "e/f json-string",
            ]
        ),
        Sample("a.jsonl", "{\"a\": ⟦1⟧}\n{\"a\": ⟦2⟧}\n\"⟦x⟧\"\n", ["0/a literal", "1/a literal", "2 json-string"]),
        Sample(
            "a.tfstate.backup",
            "[{\"key\": \"⟦ssh⟧\", \"value\": \"⟦⟦v⟧⟧\"}]",
            ["0/key json-string", "0/value json-string", "0/ssh json-string"]
        ),
        Sample("a.json", "\u{FEFF}[\"⟦KEY=⟦v⟧⟧\"]", ["0 json-string", "0/KEY json-string"]),
        Sample("noname", "{\"a\": {}, \"b\": [], \"c\": \"⟦d⟧\"}", ["c json-string"]),
    ]

    @Test(arguments: json) func readsJSON(sample: Sample) { check(sample) }

    @Test func toleratesCommentsAndTrailingCommasWithANote() {
        let text = "{ // token = ⟦abc⟧\n \"a\": [⟦1⟧, ⟦2⟧,], /* x */ \"b\": ⟦3⟧,\n}"
        check(Sample("a.json", text, ["token~bare", "a/0 literal", "a/1 literal", "b literal"]))
        #expect(Document(path: "a.json", bytes: MarkedText(text).bytes).notes.count == 2)
    }

    @Test(arguments: ["{\"a\": 'b'}", "{\"a\" \"b\"}", "[1 2]", "{\"a\": \"x", "[\"\\q\"] x", "{a: 1}", "[1}", "tru"])
    func whatIsNoJSONIsReadLineByLine(text: String) {
        let document = Document(path: "a.json", bytes: Array(text.utf8))
        #expect(document.layers[0].format == .assignments)
        #expect(document.notes.count == 1)
    }

    // MARK: - properties and INI

    static let properties: [Sample] = [
        Sample("a.properties", "a.b=⟦c⟧\nd : ⟦e f ⟧\ng ⟦h⟧\n", ["a.b properties", "d properties", "g properties"]),
        Sample(
            "a.properties",
            "# k=⟦v⟧\n! x\na=⟦b\\\n   c⟧\r\nd\\=e=⟦f⟧\nempty\n",
            ["k~bare", "a properties", "d=e properties"]
        ),
    ]

    @Test(arguments: properties) func readsProperties(sample: Sample) { check(sample) }

    static let ini: [Sample] = [
        Sample(
            "a.ini",
            "top=⟦1⟧\n[s]\nk = ⟦v w⟧ ; c=⟦d⟧\nl: \"⟦q⟧\"\n\n[t]\nk=⟦x⟧\n",
            ["top ini", "s/k ini", "c~bare", "s/l double-quoted", "t/k ini"]
        ),
        Sample(
            "hosts.ini",
            "[g]\n⟦web⟧ a_host=⟦10.0.0.1⟧ a_pass=\"⟦x y⟧\"\n⟦db-[1:3]⟧\n[g:vars]\nb\n",
            ["inventory/host ini", "g/web/a_host bare", "g/web/a_pass double-quoted", "inventory/host ini"]
        ),
        Sample(
            "x.ini",
            "[s]\nlist =⟦⟧\n  ⟦one⟧\n  ⟦two⟧\nk=⟦v⟧",
            ["s/list ini", "s/list/0 ini", "s/list/1 ini", "s/k ini"]
        ),
        Sample(
            "smb.ini",
            "[s]\n   k one = ⟦x⟧\n   k two = ⟦y⟧\n      ⟦more of y⟧\n   k = ⟦z⟧\n",
            ["s/k one ini", "s/k two ini", "s/k two/0 ini", "s/k ini"]
        ),
        Sample(
            "wg0.conf",
            "[Interface]\nPrivateKey = ⟦abc+/=⟧\nAddress = ⟦10.0.0.1/24⟧\n",
            ["Interface/PrivateKey ini", "Interface/Address ini"]
        ),
    ]

    static let iniStyles: [Sample] = [
        Sample(
            "asterisk/sip.conf",
            "[general](!)\nregister => ⟦bo⟧:⟦pw⟧@⟦sip.test⟧:5060/100\n[100](general)\nsecret=⟦x⟧ ; k=⟦v⟧\ncallerid=\"⟦Bo Otter⟧\" <⟦100⟧>\n",
            [
                "general/register/user field", "general/register/secret field", "general/register/host bare",
                "100/secret ini", "k~bare", "100/callerid/name field", "100/callerid/number bare",
            ]
        ),
        Sample(
            "voicemail.conf",
            "[default]\n100 => ⟦4321⟧,⟦Bo Otter⟧,⟦bo@otter.test⟧\n",
            ["default/100/pin field", "default/100/name field", "default/100/email field"]
        ),
        Sample(
            "a.service",
            "[Service]\nEnvironment=\"⟦A=⟦b c⟧⟧\" ⟦D=⟦e⟧⟧\nExecStart=⟦/bin/x --pass ⟦pw⟧ -v⟧\n",
            [
                "Service/Environment/0 double-quoted", "Service/Environment/A double-quoted",
                "Service/Environment/1 bare", "Service/Environment/D bare", "Service/ExecStart ini",
                "Service/ExecStart/pass ini",
            ]
        ),
        Sample(
            ".git/config",
            "[user]\n\tname = ⟦Bo Otter⟧\n[remote \"origin\"]\n\turl = ⟦git@otter.test:a/b⟧\n",
            ["user/name ini", "remote/origin/url ini"]
        ),
    ]

    @Test(arguments: iniStyles) func readsStylesOfINI(sample: Sample) { check(sample) }

    @Test(arguments: ini) func readsINI(sample: Sample) { check(sample) }

    // MARK: - What assigns in a format of its own

    static let assignments: [Sample] = [
        Sample(
            "nginx.conf",
            "server {\n  listen ⟦443⟧ ⟦ssl⟧;\n  server_name ⟦a.test⟧;\n  set $p \"⟦x;y⟧\";\n  location = /a { alias ⟦/b⟧; }\n}\nuser ⟦www⟧;\n",
            [
                "server/listen/0 bare", "server/listen/1 bare", "server/server_name bare", "server/set/p double-quoted",
                "server/location/alias bare", "user bare",
            ]
        ),
        Sample(
            "turnserver.conf",
            "# user=⟦a:b⟧\nrealm=⟦turn.test⟧\nuser=⟦x:pa+s⟧\nlt-cred-mech\nno-cli\n",
            ["user~bare", "realm bare", "user bare"]
        ),
        Sample(
            "jvb.conf",
            "videobridge {\n  ice.port = ⟦1⟧\n  shard { HOST = \"⟦x⟧\", PASS=⟦p⟧ }\n  list = [ \"⟦a⟧\", ⟦b⟧ ]\n}\na.b: ⟦c⟧\n",
            [
                "videobridge/ice.port bare", "videobridge/shard/HOST double-quoted", "videobridge/shard/PASS bare",
                "videobridge/list/0 double-quoted", "videobridge/list/1 bare", "a.b bare",
            ]
        ),
        Sample(
            "a.cfg.lua",
            "VirtualHost \"⟦meet.test⟧\"\n  secret = \"⟦x\\\"y⟧\";\n  mods = { \"⟦a⟧\"; '⟦b⟧' }\n-- old = \"⟦z⟧\"\nreturn { [\"salt\"] = \"⟦s⟧\"; n = ⟦5⟧; f = g };\n",
            [
                "VirtualHost double-quoted", "secret double-quoted", "mods/0 double-quoted", "mods/1 single-quoted",
                "old~double-quoted", "salt double-quoted", "n literal",
            ]
        ),
        Sample(
            "main.tf",
            "resource \"t\" \"n\" {\n  ip = \"⟦1.2.3.4⟧\"\n  ports = [\"⟦22⟧\", ⟦80⟧]\n  m = {\n    K = \"⟦v⟧\" // c = \"⟦d⟧\"\n  }\n  s = <<-EOT\n    A=⟦b⟧\n  EOT\n  on = ⟦true⟧\n  x = var.y\n}\n",
            [
                "resource/t/n/ip double-quoted", "resource/t/n/ports/0 double-quoted", "resource/t/n/ports/1 literal",
                "resource/t/n/m/K double-quoted", "c~double-quoted", "resource/t/n/A bare", "resource/t/n/on literal",
            ]
        ),
        Sample(
            "a.py",
            "P = '⟦x⟧'  # Q = \"⟦y⟧\"\nD = {'k': \"⟦v⟧\", \"n\": ⟦None⟧}\nf(user=\"⟦bob⟧\", n=⟦3⟧)\n",
            [
                "P single-quoted", "Q~double-quoted", "D/k double-quoted", "D/n literal", "user double-quoted",
                "n literal",
            ]
        ),
        Sample(
            "a.js",
            "var c = {\n  host: '⟦h⟧', // k: \"⟦v⟧\"\n  nested: { on: ⟦true⟧ },\n};\nconfig.x = \"⟦y⟧\";\n",
            ["c/host single-quoted", "k~double-quoted", "c/nested/on literal", "config.x double-quoted"]
        ),
        Sample(
            "run.sh",
            "#!/bin/sh\nexport A=⟦b⟧\nB='⟦c d⟧' C=\"⟦$e⟧\"\ndocker run -e K=⟦v⟧ --name ⟦n⟧ --x=⟦y⟧ img\nif [ \"⟦$A⟧\" = \"⟦b⟧\" ]; then :; fi\n",
            [
                "A bare", "B shell-single-quoted", "C shell-double-quoted", "K bare", "name bare", "x bare",
                " shell-double-quoted", " shell-double-quoted",
            ]
        ),
        Sample(
            "words.sh",
            "A=⟦'x'\\''y z'⟧ ls\nB=⟦x\\ y⟧; C=⟦\"x\"\"y\"⟧\nD=\"⟦x⟧\"$y\nE='⟦x<<Y⟧'\nF='⟦z⟧'\n",
            [
                "A shell-word", "B shell-word", "C shell-word", "D shell-double-quoted", "E shell-single-quoted",
                "F shell-single-quoted",
            ]
        ),
        Sample(
            "logstash.conf",
            "output {\n  x { user => \"⟦auk⟧\" password => \"⟦otter⟧\" }\n}\n",
            ["output/x/user double-quoted", "output/x/password double-quoted"]
        ),
        Sample(
            ".bash_history",
            "gcloud x --properties ⟦a:⟦1⟧,b:⟦2⟧⟧ --set-env K=⟦v⟧,L=⟦w⟧\ncurl -H '⟦Authorization: ⟦Bearer t⟧⟧' u\n",
            [
                "properties line", "properties/a line", "properties/b line", "K bare", "L bare",
                "curl shell-single-quoted", "curl/Authorization shell-single-quoted",
            ]
        ),
        Sample(
            "a.xml",
            "<r a=\"⟦b⟧\"><password>⟦x⟧</password><!-- k=⟦v⟧ --><p name='⟦n⟧' value='⟦⟦1⟧⟧'/><e/></r>",
            ["r/a xml", "r/password xml", "k~bare", "r/p/name xml", "r/p/value xml", "r/p/n xml"]
        ),
        Sample(
            "a.xml",
            "<r><string name=\"⟦pin⟧\">⟦⟦x⟧⟧</string><p><name>⟦n⟧</name><value>⟦⟦v⟧⟧</value></p><dict><key>⟦k⟧</key><string>⟦⟦w⟧⟧</string></dict></r>",
            [
                "r/string/name xml", "r/string xml", "r/pin xml", "r/p/name xml", "r/p/value xml", "r/p/n xml",
                "r/dict/key xml", "r/dict/string xml", "r/dict/k xml",
            ]
        ),
        Sample(
            "memory.conf",
            "requirepass ⟦foobar⟧\n# masterauth\nport ⟦6379⟧\nsave 900 1\n",
            ["requirepass bare", "port bare"]
        ),
        Sample(
            "a.toml",
            "[a.b]\nk = \"⟦v⟧\"\nn = ⟦1⟧\nl = [ \"⟦x⟧\" ]\n",
            ["a/b/k double-quoted", "a/b/n literal", "a/b/l/0 double-quoted"]
        ),
    ]

    static let moreAssignments: [Sample] = [
        // A subscript is a name, and so is the first argument of a look-up.
        Sample(
            "a.rb",
            "password = Gull['auk']['rock'] + \"⟦b⟧\"\nkey = settings.dig('auk', '⟦c⟧')\n",
            ["password double-quoted", "auk single-quoted"]
        ),
        Sample("a.py", "\"\"\"⟦b c⟧\"\"\"\n", [" double-quoted"]),
        Sample(
            "a.sh",
            "declare -A PW=( [db]=\"⟦b⟧\" [x]='⟦c⟧' [port]=⟦5432⟧ )\n",
            ["PW/db shell-double-quoted", "PW/x shell-single-quoted", "PW/port bare"]
        ),
        Sample(
            "Caddyfile",
            "⟦otter.test⟧, ⟦www.otter.test⟧ {\n  tls ⟦bo@otter.test⟧\n}\n",
            ["site/address bare", "site/address bare", "www.otter.test/tls bare"]
        ),
        Sample(
            "Caddyfile",
            "⟦otter.test⟧,\n⟦www.otter.test⟧ {\n}\n",
            ["site/address bare", "site/address bare"]
        ),
        Sample(
            "tinc/otter/hosts/gate",
            "Address = ⟦otter.test⟧\n-----BEGIN ⟦RSA⟧ PUBLIC KEY-----\nMIIB\nabcd\n-----END ⟦RSA⟧ PUBLIC KEY-----\n",
            ["Address bare", "BEGIN bare", "END bare"]
        ),
        Sample(
            "Dockerfile",
            "ENV A=⟦b⟧ C=\"⟦d e⟧\"\nENV L ⟦some value⟧\nRUN echo \"⟦⟦bo⟧:⟦pw⟧⟧\" | chpasswd\n",
            [
                "A bare", "C shell-double-quoted", "L line", "RUN shell-double-quoted",
                "logins/user shell-double-quoted", "logins/password shell-double-quoted",
            ]
        ),
        Sample(
            "a.sh",
            "chpasswd <<EOF\n⟦bo⟧:⟦p w⟧\nEOF\nA=⟦b⟧\n",
            ["logins/user line", "logins/password line", "A bare"]
        ),
        Sample("Makefile", "P := ⟦otter-1⟧\nZ ?= ⟦eu⟧\nrun: all\n\tA=⟦b⟧ ./x\n", ["P bare", "Z bare", "A bare"]),
        Sample(
            "a.nix",
            "a.b = \"⟦c⟧\";\nx = {\n  t = ''\n    user=⟦bo⟧\n    token \"⟦v⟧\"\n  '';\n  u = ⟦1⟧;\n}\n",
            ["a.b double-quoted", "x/t/user bare", "x/t/token double-quoted", "x/u literal"]
        ),
        Sample(
            "dhcpd.conf",
            "option servers ⟦192.0.2.1⟧, ⟦192.0.2.2⟧;\nhost ⟦bos-mac⟧ { hardware ethernet ⟦aa:bb:cc:dd:ee:ff⟧; option host-name \"⟦bo⟧\"; }\n",
            [
                "option/servers bare", "option/servers bare", "host/name bare", "host/bos-mac/hardware/ethernet bare",
                "host/bos-mac/option/host-name double-quoted",
            ]
        ),
        Sample(
            "etc/config/network",
            "config interface '⟦wan⟧'\n\toption username '⟦bo⟧'\n\tlist dns '⟦192.0.2.7⟧'\n",
            ["config single-quoted", "option/username single-quoted", "list/dns single-quoted"]
        ),
        Sample(
            "setup.sh",
            "pip install --user otter\nsystemctl --user start otter\ncurl --user ⟦bo⟧ x\n",
            ["user bare"]
        ),
        Sample("a.yaml", "run: ⟦pip3 install --user otter⟧\n", ["run yaml-plain"]),
        Sample(
            "named.conf",
            "zone \"⟦otter.test⟧\" IN {\n  allow-transfer { ⟦192.0.2.7⟧; any; };\n};\n",
            ["zone/name double-quoted", "zone/otter.test/IN/allow-transfer/0 bare"]
        ),
        Sample(
            "wp-config.php",
            "<?php\ndefine( 'DB_PASSWORD', '⟦pw⟧' );\n$d = array('host' => '⟦h⟧');\n",
            ["DB_PASSWORD single-quoted", "d/host single-quoted"]
        ),
        Sample(
            "a.py",
            "os.environ.setdefault(\"KEY\", \"⟦v⟧\")\nSECRET: str = \"⟦abc⟧\"\nx = os.getenv(\"TOKEN\", \"⟦d⟧\")\n",
            ["KEY double-quoted", "SECRET double-quoted", "TOKEN double-quoted"]
        ),
        Sample("a.go", "os.Setenv(\"KEY\", \"⟦v⟧\")\n", ["KEY double-quoted"]),
        Sample(
            "hosts",
            "[web]\n⟦w1⟧ ansible_host=⟦192.0.2.7⟧ ansible_password=⟦pw⟧\n",
            ["inventory/host ini", "web/w1/ansible_host bare", "web/w1/ansible_password bare"]
        ),
        Sample(
            "ipsec.secrets",
            "⟦192.0.2.7⟧ ⟦%any⟧ : PSK \"⟦p w⟧\"\n: RSA a.pem\n",
            ["ipsec/id bare", "ipsec/id bare", "ipsec/secret double-quoted"]
        ),
    ]

    @Test(arguments: moreAssignments) func readsWhatAssignsInItsOwnWay(sample: Sample) { check(sample) }

    static let toml: [Sample] = [
        Sample(
            "a.toml",
            "title = '⟦it is⟧' # k=⟦v⟧\na.\"b c\".d = 1979-05-27 07:32:00\n[[u]]\nn = \"⟦x\\\"y⟧\"\n[[u]]\nn = { p = \"⟦z⟧\", l = [ ⟦1⟧,\n 0xff, ] }\n[u.w]\nq = ⟦true⟧\n",
            [
                "title toml-literal", "k~bare", "u/0/n double-quoted", "u/1/n/p double-quoted",
                "u/1/n/l/0 literal", "u/1/w/q literal",
            ]
        ),
        Sample(
            "a.toml",
            "a = \"\"\"\n⟦one\n\"two\"⟧\"\"\"\nb = '''⟦x\ny⟧'''\nc = \"⟦⟧\"\n",
            ["a double-quoted", "b toml-literal", "c double-quoted"]
        ),
    ]

    @Test(arguments: toml) func readsTOML(sample: Sample) { check(sample) }

    @Test(arguments: ["a = \"x", "[a\nb = 1", "a = b c", "= 1", "a = [1 2]", "a = {b = 1"])
    func whatIsNoTOMLIsReadLineByLine(text: String) {
        let document = Document(path: "a.toml", bytes: Array(text.utf8))
        #expect(document.layers[0].format == .assignments)
        #expect(document.notes.count == 1)
    }

    @Test(arguments: assignments) func readsAssignments(
        sample: Sample
    ) {
        check(sample)
    }

    // MARK: - Prose

    static let prose: [Sample] = [
        Sample(
            "README.md",
            "# Title\n\n- **Admin password:** ⟦abc⟧\n* user = `⟦bob⟧`\nThe KEY=⟦v⟧, is it.\nAt 12:30 see https://x.test\n| Token | ⟦t0⟧ |\n|---|---|\n",
            ["Admin password line", "user line", "KEY bare", "Token line"]
        ),
        Sample("notes.txt", "root-pw: ⟦abc⟧ | user mc: ⟦def⟧\n", ["root-pw line", "user mc line"]),
        Sample("notes.txt", "mode: ⟦a | b⟧\n", ["mode line"]),
        Sample("NOTES", "```sh\nexport A=⟦b⟧\n```\nPIN: ⟦1 2 3⟧\n", ["A bare", "PIN line"]),
        Sample("a/dbToken.txt", "⟦s3cr3t-token⟧\n", ["dbToken line"]),
        Sample("key", "  ⟦abc+/==⟧\r\n", ["key line"]),
        Sample("etc/machine-id", "⟦0123abc⟧\n", ["machine-id line"]),
        Sample("secrets/jwt", "⟦abc⟧", ["secrets/jwt line"]),
        Sample("wg/bo.key.bak", "⟦abc=⟧\n", ["bo/key line"]),
        Sample("x/.vault_pass", "⟦abc⟧\n", ["vault_pass line"]),
    ]

    // MARK: - Names beside values

    static let pointers: [Sample] = [
        Sample(
            "patch.json",
            "[{\"op\": \"⟦add⟧\", \"path\": \"⟦/spec/password⟧\", \"value\": \"⟦⟦abc⟧⟧\"}]",
            [
                "0/op json-string", "0/path json-string", "0/value json-string", "0/password json-string",
            ]
        ),
        Sample(
            "init.yml",
            "- path: ⟦/etc/x⟧\n  content: ⟦⟦abc⟧⟧\n",
            ["0/path yaml-plain", "0/content yaml-plain", "0//etc/x yaml-plain"]
        ),
        Sample("a.yml", "a: &x ⟦⟦b⟧⟧\nc: *x\n*x : ⟦d⟧\n", ["a yaml-plain", "c yaml-plain", "? yaml-plain"]),
    ]

    @Test(arguments: pointers) func readsNamesBesideValues(sample: Sample) { check(sample) }

    @Test(arguments: prose) func readsProse(sample: Sample) { check(sample) }

    // MARK: - Bytes that are no text

    @Test func bytesWithANULAreBinary() throws {
        let document = Document(path: "a.json", bytes: Array("{\"a\": \"b\"}\0".utf8))
        #expect(document.layers.map(\.format) == [.binary])
        #expect(document.layers[0].values.isEmpty)
        #expect(document.layers[0].text == document.bytes)
    }

    @Test func bytesThatAreMostlyNoTextAreBinary() {
        let bytes: [UInt8] = (0..<400).map { UInt8(truncatingIfNeeded: $0 * 37 + 129) | 0x81 }
        #expect(Document(path: "a.yml", bytes: bytes).layers[0].format == .binary)
    }

    @Test(arguments: [".env", "a.conf", "a.yml", "a.properties", "a.json"]) func latin1IsReadWithANote(path: String) {
        let isJSON = path == "a.json"
        var bytes = Array((isJSON ? "{\"name\": \"" : path == "a.yml" ? "name: " : "name=").utf8)
        let start = bytes.count
        bytes += [UInt8(ascii: "J"), 0xFC, UInt8(ascii: "r"), UInt8(ascii: "g")]
        let end = bytes.count
        bytes += Array((isJSON ? "\"}" : "\n").utf8)
        let document = Document(path: path, bytes: bytes)
        #expect(document.notes.contains { $0.message.contains("not UTF-8") })
        #expect(document.layers[0].values.contains { $0.key == "name" && $0.span == Span(start, end) })
    }
}
