@testable import Detecting
import Documents
import Testing

/// Files that are one secret each because another file says so.
@Suite("files that are secrets")
struct SecretFileTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    /// The paths of the secrets, found in documents and in files that are not kept; both must be the same.
    private static func secrets(_ files: [(path: String, text: String)]) -> [String] {
        let documents = files.map { Document(path: $0.path, bytes: Array($0.text.utf8)) }
        let found = scanner.scan(documents).findings.filter { $0.severity == .secret }.map(\.path)
        var streamed: [String] = []
        scanner.scan(BytesInMemory(files.map { ($0.path, Array($0.text.utf8)) })) { text in
            streamed += text.findings.filter { $0.severity == .secret }.map(\.path)
        }
        #expect(streamed == found)
        return found
    }

    @Test(arguments: [
        "secrets:\n  db: {file: ./keep/db.txt}\n", "services: {}\nsecrets:\n  db:\n    file: keep/db.txt\n",
        "services:\n  x:\n    environment:\n      DB_PASSWORD_FILE: ./keep/db.txt\n",
        "services:\n  x:\n    environment:\n      DB_PASSWORD_FILE: /run/secrets/db\n"
            + "    volumes: [\"./keep/db.txt:/run/secrets/db:ro\"]\n",
    ])
    func areNamedByAComposeFile(text: String) {
        let value = "Razor bill\n"
        #expect(Self.secrets([("app/compose.yml", text), ("app/keep/db.txt", value)]) == ["app/keep/db.txt"])
        #expect(Self.secrets([("app/compose.yml", text), ("other/keep/db.txt", value)]) == [])
    }

    @Test func areNamedByAnOption() {
        let script = "restic --password-file ../restic.x backup /srv\n"
        #expect(Self.secrets([("bin/run.sh", script), ("restic.x", "Razorbill\n")]) == ["restic.x"])
    }

    /// A quote in the middle of a word is read with the structure of the script.
    @Test func valuesOfACommandAreSecretsAlsoInQuotes() {
        let script = "kubectl create secret generic x \\\n  --from-literal=a='wet auk' --from-literal=b=\"gull 9\"\n"
        #expect(Self.secrets([("run.sh", script)]) == ["run.sh", "run.sh"])
    }

    @Test func haveOneLine() {
        let compose = ("compose.yml", "secrets:\n  db: {file: db.txt}\n")
        #expect(Self.secrets([compose, ("db.txt", "Razorbill\nand a gull\n")]) == [])
        #expect(Self.secrets([compose, ("db.txt", "${DB}\n")]) == [])
        #expect(Self.secrets([compose, ("db.txt", "REPLACE-db\n")]) == [])
    }

    @Test(arguments: [
        ("./a", "x/b", "x/a"), ("../a", "x/b", "a"), ("a/../c", "b", "c"), ("${PWD}/a", "x/b", "x/a"),
    ])
    func areFoundFromWhereTheyAreNamed(name: String, path: String, expected: String) {
        #expect(DocumentDetector.resolved(name, from: path) == expected)
        #expect(DocumentDetector.resolved("../../a", from: path) == nil)
        #expect(DocumentDetector.resolved("/a", from: path) == nil)
    }

    // MARK: - Programs

    @Test func aLoginThatIsThatOfAUnitIsReplacedWhereItStands() {
        let files = [
            Document(
                path: "murrekeep.service",
                bytes: Array("[Service]\nUser=murrekeep\nExecStart=/usr/bin/murrekeep\n".utf8)
            ),
            Document(path: "b.sh", bytes: Array("mysqldump -u murrekeep -pLeberkas5 x\n".utf8)),
        ]
        let names = Self.scanner.scan(files).findings.filter { $0.kind == .userName }
        #expect(names.map(\.path) == ["b.sh"])
        let alone = Self.scanner.scan([files[1], Document(path: "n.txt", bytes: Array("murrekeep is here\n".utf8))])
        #expect(alone.findings.filter { $0.kind == .userName }.map(\.path) == ["b.sh", "n.txt"])
    }

    @Test func aLoginThatIsAWordStaysInSentences() {
        let files = [
            Document(path: "a.sh", bytes: Array("ssh sicherung@nas.puffin.test\n".utf8)),
            Document(path: "n.md", bytes: Array("Die Sicherung läuft nachts nach /srv/sicherung.\n".utf8)),
        ]
        let names = Self.scanner.scan(files).findings.filter { $0.kind == .userName }
        #expect(names.map(\.path) == ["a.sh"])
    }
}
