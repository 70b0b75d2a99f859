@testable import Detecting
import Documents
import TestKit
import Testing

@Suite("pieces of files that are read by themselves")
struct PieceFinderTests {
    private static let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))

    /// A JSON text of so many objects that say nothing, with `inner` in the middle of them.
    private static func json(around inner: String, count: Int = 400) -> String {
        let plain = (0..<count).map { #""shape\#($0)": {"type": "structure", "members": {"A": {"shape": "B"}}}"# }
        return "{" + (plain.prefix(count / 2) + [inner] + plain.suffix(count / 2)).joined(separator: ",\n") + "}"
    }

    @Test(arguments: [
        #""database": {"password": "kittiwake-7", "port": 5432}"#,
        #""env": [{"name": "JVB_AUTH_PASSWORD", "value": "kittiwake-7"}]"#,
        #""turn": {"secret": {"value": "kittiwake-7"}}, "db": {"password": "guillemot-8"}"#,
        #""instance": {"name": "wren-prod-7"}, "db": {"password": "kittiwake-7"}"#,
        #""files": [{"path": "/etc/app.env", "content": "DB_PASSWORD=kittiwake-7\nB=1\n"}]"#,
        ##""start": "#!/bin/sh\nexport DB_PASSWORD='kittiwake-7'\n""##,
        #""note": {"text": "cGFzc3dvcmQ9a2l0dGl3YWtlLTcK"}"#,
        #""mail": {"to": "lia\u0040puffin.test"}"#,
        #""db_password": "kittiwake-7", "port": 5432"#,
        ##""start": "#!/bin/sh\nexport DB_PASSWORD='kittiwake-7'\n", "db": {"password": "guillemot-8"}"##,
        #""name": "JVB_AUTH_PASSWORD", "value": "kittiwake-7""#,
    ])
    func giveTheFindingsOfTheWholeFile(inner: String) {
        let text = Array(Self.json(around: inner).utf8)
        var found: [SourceScanTests.Shown] = []
        Self.scanner.scan(BytesInMemory([("a.json", text)])) { found += $0.findings.map(SourceScanTests.Shown.init) }
        let whole = Self.scanner.scan([Document(path: "a.json", bytes: text)]).findings.map(SourceScanTests.Shown.init)
        #expect(found == whole)
    }

    @Test func areTheObjectsAroundAPlace() throws {
        let text = Array(Self.json(around: #""database": {"password": "kittiwake-7"}"#).utf8)
        let reading = try #require(PieceReading(path: "a.json", sort: .structure, byteCount: text.count))
        var finder = PieceFinder(text, reading: reading)
        let names = NameMemory(try RuleIndex(.builtIn))
        #expect(finder.pieces(names) == [])
        let start = try #require(text.indices.first { text[$0...].starts(with: "password".utf8) })
        finder.add(Span(start, start + 8))
        let pieces = try #require(finder.pieces(names))
        #expect(pieces.map(\.keyPath) == [["database"]])
        #expect(
            pieces.map { String(decoding: text[$0.span.range], as: UTF8.self) } == [#"{"password": "kittiwake-7"}"#]
        )
    }

    @Test func areReadOnlyOfLargeFiles() {
        #expect(PieceReading(path: "a.json", sort: .structure, byteCount: 1 << 14) == nil)
        #expect(PieceReading(path: "a.json", sort: .structure, byteCount: 1 << 15) == .objects)
        #expect(PieceReading(path: "a.yaml", sort: .structure, byteCount: 1 << 20) == nil)
        #expect(PieceReading(path: "a.py", sort: .program, byteCount: 10) == .lines(.assignments))
    }
}
