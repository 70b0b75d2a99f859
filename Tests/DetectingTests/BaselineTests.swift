import Detecting
import Documents
import Testing

@Suite struct BaselineTests {
    private let scanner = Scanner(fingerprintKey: Array("a key of the owner's".utf8))

    private func entries(_ text: String, path: String = "a.env") -> Set<Baseline.Entry> {
        Set(scanner.scan([Document(path: path, bytes: Array(text.utf8))]).findings.map(Baseline.Entry.init))
    }

    @Test func anEntryIsTheValueAndNotTheLine() {
        let first = entries("API_TOKEN=abcDEF123456ghi\n")
        #expect(first.count == 1)
        #expect(entries("# moved\n\n  API_TOKEN=abcDEF123456ghi\n") == first)
        #expect(entries("API_TOKEN=abcDEF123456ghj\n").isDisjoint(with: first))
        #expect(entries("API_TOKEN=abcDEF123456ghi\n", path: "b.env").isDisjoint(with: first))
    }

    @Test func whatIsWrittenIsRead() throws {
        let accepted = entries("API_TOKEN=abcDEF123456ghi\nMAIL=ada@wren.test\nADDRESS=245.35.72.19\n")
        let baseline = Baseline(keyID: "0123456789abcdef", accepted: accepted)
        let bytes = baseline.serialized()
        #expect(try Baseline(parsing: bytes) == baseline)
        #expect(try Baseline(parsing: bytes).serialized() == bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        for value in ["abcDEF", "wren", "245.35"] { #expect(!text.contains(value)) }
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"schema": 2, "fingerprintKeyID": "", "accepted": []}"#,
        #"{"schema": 1, "fingerprintKeyID": 1, "accepted": []}"#,
        #"{"schema": 1, "fingerprintKeyID": "", "accepted": {}}"#,
        #"{"schema": 1, "fingerprintKeyID": "", "accepted": [{"path": "a", "rule": "b"}]}"#,
        #"{"schema": 1, "fingerprintKeyID": "", "accepted": [{"path": 1, "rule": "b", "fingerprint": "c"}]}"#,
        #"{"schema": 1, "fingerprintKeyID": "", "accepted": [], "more": 1}"#,
    ])
    func refuses(text: String) {
        #expect(throws: DocumentError.self) { try Baseline(parsing: Array(text.utf8)) }
    }
}
