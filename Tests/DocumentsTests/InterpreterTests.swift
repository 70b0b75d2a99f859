@testable import Documents
import Testing

/// Places where a program takes characters for more than themselves, and no encoding says so.
@Suite struct InterpreterTests {
    /// A file in which `STAND-IN` is the place, and who reads it there.
    struct Case: Sendable, CustomTestStringConvertible {
        var path: String
        var text: String
        var reader: Interpreter?
        var testDescription: String { "\(path): \(text)" }
    }

    private static let cases = [
        Case(path: "backup.sh", text: "#!/bin/sh\nmysqldump -u meet -pSTAND-IN meet\n", reader: .shell),
        Case(path: "backup", text: "#!/bin/bash\ncurl -u admin:STAND-IN https://example.org/\n", reader: .shell),
        Case(path: "backup.sh", text: "export PASSWORD=STAND-IN\n", reader: .shell),
        Case(path: "backup.sh", text: "# mysqldump -pSTAND-IN\n", reader: nil),
        Case(path: "backup.sh", text: "PASSWORD='STAND-IN'\n", reader: nil),
        Case(path: "backup.sh", text: "PASSWORD=\"STAND-IN\"\n", reader: nil),
        Case(path: "Dockerfile", text: "FROM x\nRUN mysqldump -pSTAND-IN meet\n", reader: .shell),
        Case(path: "etc/crontab", text: "0 3 * * * root mysqldump -pSTAND-IN meet\n", reader: .shell),
        Case(
            path: "docker-compose.yml",
            text: "services:\n  db:\n    command: sh -c \"mysqldump -pSTAND-IN meet\"\n",
            reader: .shell
        ),
        Case(
            path: "docker-compose.yml",
            text: "services:\n  db:\n    command: [\"sh\", \"-c\", \"mysqldump -pSTAND-IN meet\"]\n",
            reader: .shell
        ),
        Case(path: "docker-compose.yml", text: "services:\n  db:\n    command: [\"-pSTAND-IN\"]\n", reader: nil),
        Case(path: "docker-compose.yml", text: "services:\n  db:\n    image: STAND-IN\n", reader: nil),
        Case(
            path: "instance.json",
            text: ##"{"startup-script": "#!/bin/sh\nexport PASSWORD='STAND-IN'\ndate\n"}"## + "\n",
            reader: nil
        ),
        Case(
            path: "instance.json",
            text: ##"{"startup-script": "#!/bin/sh\nexport PASSWORD=STAND-IN\nmysqldump -x\n"}"## + "\n",
            reader: .shell
        ),
        Case(
            path: "instance.json",
            text: ##"{"startup-script": "#!/bin/sh\n# asked for by STAND-IN here\ndate\n"}"## + "\n",
            reader: nil
        ),
        Case(path: "meet.conf", text: "server {\n  proxy_set_header X-Secret \"STAND-IN\";\n}\n", reader: .nginx),
        Case(path: "nginx/site.conf", text: "add_header X-Secret \"STAND-IN\";\n", reader: .nginx),
        Case(path: "nginx/site.conf", text: "# add_header X-Secret \"STAND-IN\";\n", reader: nil),
        Case(path: "nginx/.htpasswd", text: "ada:STAND-IN\n", reader: nil),
        Case(path: "jvb.conf", text: "videobridge { password = \"STAND-IN\" }\n", reader: nil),
        Case(path: "main.tf", text: "variable \"x\" {\n  default = \"STAND-IN\"\n}\n", reader: .terraform),
        Case(path: "config.php", text: "<?php\n$password = \"STAND-IN\";\n", reader: .perl),
        Case(path: "config.php", text: "<?php\n$password = 'STAND-IN';\n", reader: nil),
        Case(path: "meet.service", text: "[Service]\nEnvironment=PASSWORD=STAND-IN\n", reader: .systemd),
        Case(path: ".env", text: "PASSWORD=STAND-IN\n", reader: nil),
        Case(path: "README.md", text: "Log in with STAND-IN.\n", reader: nil),
    ]

    @Test(arguments: cases)
    func isKnown(by place: Case) throws {
        let bytes = Array(place.text.utf8)
        let range = try #require(bytes.firstRange(of: Array("STAND-IN".utf8)))
        let layers = Document(path: place.path, bytes: bytes).layers
        let layer = try #require(layers.last { $0.text.firstRange(of: Array("STAND-IN".utf8)) != nil })
        let inner = try #require(layer.text.firstRange(of: Array("STAND-IN".utf8)))
        let location = layer.location(of: Span(inner.lowerBound, inner.upperBound))
        #expect(location.fileSpan == Span(range.lowerBound, range.upperBound))
        #expect(Interpreter.reading(location, of: place.path, bytes) == place.reader)
    }

    @Test func takesWhatStandsForItself() {
        for value in ["it's $(id)", "a;b", "x$y", "a #x", "a%b", "a\\b", "a*", "~a"] {
            #expect(!Interpreter.shell.takes(Array(value.utf8)), "\(value)")
        }
        for value in ["abc", "a-b_c.d/e:f@g+h=i,j!", "Grüße"] { #expect(Interpreter.shell.takes(Array(value.utf8))) }
        // The old word has a blank itself: it stands where one does no harm.
        #expect(Interpreter.shell.takes(Array("Ada Wren".utf8), like: Array("Robin Example".utf8)))
        #expect(!Interpreter.nginx.takes(Array("x$y".utf8)) && Interpreter.nginx.takes(Array("a;b \"c\"".utf8)))
        #expect(!Interpreter.terraform.takes(Array("${x}".utf8)) && Interpreter.terraform.takes(Array("$x {".utf8)))
        #expect(!Interpreter.perl.takes(Array("a@b".utf8)) && !Interpreter.ruby.takes(Array("#{x}".utf8)))
        #expect(!Interpreter.systemd.takes(Array("100%".utf8)))
    }
}
