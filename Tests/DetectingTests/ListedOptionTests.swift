@testable import Detecting
import Documents
import Testing

@Suite("options and their values in lists")
struct ListedOptionTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func spans(in path: String, _ text: String) -> [Span] {
        let file = (path: path, bytes: Array(text.utf8))
        let found = scanner.scan([Document(path: path, bytes: file.bytes)]).findings
        var glanced: [Finding] = []
        scanner.scan(BytesInMemory([file]), threads: 1) { glanced += $0.findings }
        #expect(glanced.map(\.location?.fileSpan) == found.map(\.location?.fileSpan), "\(path)")
        return found.filter { $0.kind.severity == .secret }.compactMap(\.location?.fileSpan)
    }

    @Test(arguments: [
        (
            "docker-compose.yml",
            "services:\n  a:\n    command: [\"redis-server\", \"--requirepass\", \"{{wet auk 1}}\"]\n"
        ),
        ("docker-compose.yml", "services:\n  a:\n    command: [redis-server, --requirepass, {{wetauk1}}]\n"),
        ("pod.yaml", "args:\n  - --admin-password\n  - {{wet auk 1}}\n  - --verbose\n"),
        ("pod.yaml", "args:\n  - \"--admin-password\"\n  - \"{{wet auk 1}}\"\n  - --port\n  - \"80\"\n"),
        ("task.json", #"{"command": ["serve", "--admin-password", "{{wet \"auk\" 1}}", "--verbose"]}"#),
        ("job.tf", "args = [\n  \"--password\",\n  \"{{wet auk 1}}\",\n]\n"),
        ("job.toml", "args = ['--password', '{{wet auk 1}}']\n"),
        ("run.py", "subprocess.run([\"serve\", \"--password\", \"{{wet auk 1}}\"])\n"),
        ("run.js", "spawn('serve', ['--api-key', '{{0a1b2c3d4e5f60718293}}'])\n"),
        ("main.go", "args := []string{\"--password\", \"{{wet-auk-1}}\"}\n"),
    ])
    func areRead(path: String, text: String) {
        let marked = MarkedText(text)
        #expect(Self.spans(in: path, marked.text) == marked.spans)
    }

    @Test(arguments: [
        ("pod.yaml", "args:\n  - --password\n  - --verbose\n  - auk\n"),
        ("pod.yaml", "args: [\"--password\", \"$(PASSWORD)\", \"--token\", \"${TOKEN}\"]\n"),
        ("pod.yaml", "args: [\"--password-file\", \"/run/secrets/auk\", \"--tls-private-key\", \"/etc/auk.key\"]\n"),
        ("pod.yaml", "args:\n  - --password\nother:\n  - wet-auk-1\n"),
        ("run.py", "parser.add_argument(\"--password\", \"-p\", help=\"the password\")\n"),
        ("run.py", "parser.add_argument(\"--password\", \"the_password_2\")\n"),
        ("run.py", "run([\"serve\", \"--password\", password])\n"),
    ])
    func ofOthersAreNotRead(path: String, text: String) {
        #expect(Self.spans(in: path, text).isEmpty)
    }
}
