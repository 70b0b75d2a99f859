import Testing

@testable import Documents

@Suite struct SmokeTests {
    @Test func dump() {
        let samples: [(String, String)] = [
            (".env", "# JVB=1\nexport A=b # c\nB=\"x\\ny\"\nC='q'\nD: e\nF=${G:-h}\nE=\n"),
            ("a.yml", "a: b\nc:\n  - K=v\n  - name: X\n    value: 'Y''s'\n# Z=1\nd: |\n  foo=1\n  bar=2\ne: {f: g, h: [i, \"j\\n\"]}\n"),
            ("a.json", "{\"a\": [1, {\"key\": \"K\", \"value\": \"a: b\\nc: d\\n\"}], \"p\": \"YWxpY2U6aHVudGVyMiBpcyB0aGU=\"}"),
            ("x.lua", "VirtualHost \"meet.example\"\n  authentication = \"internal\"\n  modules = { \"a\"; \"b\"; }\nreturn { [\"salt\"] = \"x\"; n = 5; }\n-- password = \"old\"\n"),
            ("n.conf", "server {\n  listen 443 ssl;\n  server_name a.example;\n  set $p \"x\";\n}\n"),
            ("t.conf", "# c\nrealm=meet.example\nuser=a:b\n"),
            ("m.tf", "resource \"a\" \"b\" {\n  name = \"x\"\n  r = [\"1.2.3.4/32\", \"y\"]\n  meta = {\n    k = \"v\"\n  }\n}\n"),
            ("run.sh", "export A=b\ndocker run -e KEY=value --name x img\ngcloud d --properties \"a:b,c:d\"\nP='it'\ncat <<EOF\nk: v\nEOF\n"),
            ("README.md", "# T\n- **Password:** abc\nThe key=val is.\n```\nA=b c\n```\n| user | bob |\n"),
            ("jvb.conf", "videobridge {\n  apis { xmpp-client { configs { shard {\n  HOSTNAME = \"xmpp\"\n  PASSWORD=abc } } } }\n}\n"),
            ("a.jinja", "{% for x in y %}\n- name: {{ x }}\n  value: abc\n  p:\n    q: 'r'\n{% endfor %}\n"),
            ("a.xml", "<a b=\"c &amp; d\"><password>x</password><!-- k=v --></a>"),
            ("a.properties", "a.b=c\nd = e\\\n  f\n# g=h\n"),
            ("a.ini", "[s]\nk = v ; c\nl = \"q\"\n"),
            ("a.py", "X = {\"password\": \"abc\", 'n': 5}\nfoo(bar=\"baz\")\n"),
        ]
        for (path, text) in samples {
            let document = Document(path, text)
            print("=== \(path) \(document.notes)")
            for layer in document.layers {
                print("--- \(layer.format) \(layer.keyPath) \(layer.location(of: Span(0, layer.text.count)))")
                for line in layer.summary { print("   ", line) }
            }
        }
    }
}
