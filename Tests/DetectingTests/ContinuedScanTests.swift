import Documents
import Testing

@testable import Detecting

/// Values that go on in the next line are found whole, whether or not the structure of all of the file is read.
@Suite("values over several lines")
struct ContinuedScanTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    @Test(arguments: [
        ("a.ldif", "dn: cn=x\nuserPassword: {{Zk3hT9q\n w2MbXy77}}\nsn: y\n"),
        ("a.sh", "DB_PASSWORD=\"{{Zk3hT9q\nw2MbXy77}}\"\nrun\n"),
        ("a.sh", "DB_PASSWORD={{Zk3hT9q\\\nw2MbXy77}}\nrun\n"),
        ("a.sh", "x; export DB_PASSWORD='{{Zk3hT9q\nw2MbXy77}}'; run\n"),
        ("Dockerfile", "FROM x\nENV DB_PASSWORD {{Zk3hT9q\\\nw2MbXy77}}\nRUN x\n"),
        ("a.lua", "db_password = [[{{Zk3hT9q\nw2MbXy77}}]]\nx = 1\n"),
    ])
    func areFoundWhole(path: String, text: String) {
        let marked = MarkedText(text)
        let bytes = Array(marked.text.utf8)
        let found = Self.scanner.scan([Document(path: path, bytes: bytes)]).findings
        #expect(found.compactMap(\.location?.fileSpan) == marked.spans)
        var read: [Finding] = []
        Self.scanner.scan(BytesInMemory([(path: path, bytes: bytes)]), threads: 1) { read += $0.findings }
        #expect(read.compactMap(\.location?.fileSpan) == marked.spans)
    }

    /// A quote that closes nothing takes no lines with it.
    @Test(arguments: [
        ("a.sh", "grep -q 'DB_PASSWORD=' x; then\necho 'y'\nDB_PASSWORD={{Zk3hT9q}}\n"),
        ("a.sh", "echo \"A='x\"\nDB_PASSWORD={{Zk3hT9q}}\necho 'y'\n"),
        ("a.sh", "USAGE=\"x\n\(String(repeating: "a line\n", count: 20))\"\nDB_PASSWORD={{Zk3hT9q}}\n"),
        ("a.sh", "A='x\nDB_PASSWORD={{Zk3hT9q}}\ny'\n"),
    ])
    func otherLinesAreRead(path: String, text: String) {
        let marked = MarkedText(text)
        let document = Document(path: path, bytes: Array(marked.text.utf8))
        #expect(Self.scanner.scan([document]).findings.compactMap(\.location?.fileSpan) == marked.spans)
        #expect(document.notes.isEmpty)
    }

    @Test func aLongWordThatGoesOnIsNoted() {
        let lines = String(repeating: "Zk3hT9qZk3hT9q\n", count: 20)
        let document = Document(path: "a.sh", bytes: Array("x\nDB_PASSWORD=\"\(lines)\"\n".utf8))
        #expect(document.notes.map(\.line) == [2])
    }
}
