@testable import Detecting
import Documents
import Synchronization
import TestKit
import Testing

@Suite("scanning files that are not kept")
struct SourceScanTests {
    private static let scanner = Scanner(fingerprintKey: Array(repeating: 7, count: 32))

    /// What a report shows of a finding.
    struct Shown: Hashable, CustomStringConvertible {
        var path: String
        var span: Span?
        var inPath: Span?
        var line: Int
        var column: Int
        var rule: String
        var kind: Kind
        var mask: String

        init(_ finding: Finding) {
            path = finding.path
            span = finding.location?.fileSpan
            inPath = finding.pathSpan
            line = finding.line
            column = finding.column
            rule = finding.rule
            kind = finding.kind
            mask = finding.mask
        }

        var description: String { "\(path):\(line):\(column) \(rule) \(kind) \(mask)" }
    }

    private static func shown(_ source: some ScanSource, by scanner: Scanner = scanner, threads: Int = 2) -> [Shown] {
        var shown: [Shown] = []
        scanner.scan(source, threads: threads) { shown += $0.findings.map(Shown.init) }
        return shown
    }

    private static func shownOfDocuments(_ files: [(path: String, bytes: [UInt8])]) -> [Shown] {
        scanner.scan(files.map { Document(path: $0.path, bytes: $0.bytes) }).findings.map(Shown.init)
    }

    // MARK: - Knowing an earlier reading

    private static func shown(_ source: BytesInMemory, knowing earlier: Scanner.FirstReading?) -> [Shown] {
        var shown: [Shown] = []
        let reading = scanner.firstReading(of: source, threads: 2, knowing: earlier)
        _ = scanner.scan(source, threads: 2, after: reading) { shown += $0.findings.map(Shown.init) }
        return shown
    }

    /// Files that are as they were are taken over, under another number; changed, renamed and new ones are searched.
    @Test func knowingAnEarlierReadingItFindsTheSame() {
        func file(_ path: String, _ text: String) -> (path: String, bytes: [UInt8]) { (path, Array(text.utf8)) }
        let same = [
            file("b/.env", "DB_PASSWORD=Otterbucht-71\nHOST=web.puffin-auk.org\n"),
            file("c.txt", "Otterbucht-71 is used here, too; 241.7.8.9 as well\n"),
            file("d.bin", "\u{0}\u{1}Otterbucht-71"),
        ]
        let before = same + [file("e.env", "API_TOKEN=q7RtyUi0pLkJ\n"), file("f.env", "SMTP_PASSWORD=Ternrock-12\n")]
        let after =
            [file("a.env", "LDAP_PASSWORD=Gannetcliff-3\n")] + same
            + [file("e.env", "API_TOKEN=w8StzVj1qMlK\n"), file("g.env", "SMTP_PASSWORD=Ternrock-12\n")]
        let earlier = Self.scanner.firstReading(of: BytesInMemory(before), threads: 2)
        #expect(Self.shown(BytesInMemory(after), knowing: earlier) == Self.shown(BytesInMemory(after)))
        // As long as the files are, it is what their bytes are that counts.
        let swapped = [file("e.env", "API_TOKEN=q7RtyUi0pLkX\n")]
        #expect(Self.shown(BytesInMemory(swapped), knowing: earlier) == Self.shown(BytesInMemory(swapped)))
        // Twice in a row: the numbers of the workers change each time.
        let again = Self.scanner.firstReading(of: BytesInMemory(after), threads: 3, knowing: earlier)
        #expect(Self.shown(BytesInMemory(after), knowing: again) == Self.shown(BytesInMemory(after)))
        #expect(again.values.count == 5)
    }

    // MARK: - The same as with all documents at hand

    @Test(arguments: RuleSet.builtIn.rules.map(\.id))
    func findsInExamplesWhatReadingAllOfThemFinds(id: String) throws {
        let rule = try #require(RuleSet.builtIn.rule(id))
        for example in rule.examples + rule.counterexamples {
            let text = example.unmarked.text
            let file =
                rule.readsPath
                ? (path: String(decoding: text, as: UTF8.self), bytes: []) : (path: example.path, bytes: text)
            let found = Self.shown(BytesInMemory([file]))
            #expect(found == Self.shownOfDocuments([file]), "\(example.path): \(example.text)")
        }
    }

    @Test func findsInTheFixtureWhatReadingAllOfItFinds() throws {
        let files = try Folder.files(below: Repository.fixture).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            .map { (path: $0, bytes: try #require(Folder.contents(of: "\(Repository.fixture)/\($0)"))) }
        let found = Self.shown(BytesInMemory(files))
        let expected = Self.shownOfDocuments(files)
        #expect(found.count > 500)
        #expect(Set(found).subtracting(expected) == [])
        #expect(Set(expected).subtracting(found) == [])
        #expect(found == expected)
    }

    /// A value is found without reading the structure of its file, or the structure is read.
    @Test(arguments: [
        ("db/password.txt", "kestrel-57wren"), ("db/password.txt", "kestrel-57wren\n"),
        ("prod.tfvars", "gcp_project                  = \"wren-kestrel-prod\"\n"),
        ("app.py", "DB_PASSWORD               =               \"kestrel-57wren\"\n"),
        ("values.yaml", "dbPassword                   : kestrel-57wren\n"),
        ("main.tf", "env {\n  name = \"MYSQL_ROOT_PASSWORD\"\n  value = \"kestrel-57wren\"\n}\n"),
        ("web.config", "<add key=\"DbPassword\" value=\"kestrel-57wren\"/>\n"),
        ("stack.json", #"[{"ParameterKey": "MasterPassword", "ParameterValue": "kestrel-57wren"}]"#),
        ("app.env", "DBPASS2=kestrel-57wren\n"), ("app.env", "TOKEN_WEB=c7NhJdPgSfE0uTaIo3Zx\n"),
        ("gateway.xml", "<param name='password' value='kestrel-57wren'/>\n"),
        ("context.xml", "<property name=\"dbPassword\">kestrel-57wren</property>\n"),
        ("dump.sql", "INSERT INTO users (password, level) VALUES ('kestrel-57wren', 3);\n"),
        (
            "dump.sql",
            "CREATE TABLE users (level int, password text);\nINSERT INTO users VALUES (3, 'kestrel-57wren');\n"
        ),
        ("env.py", "env = [{\n  \"name\": \"MYSQL_ROOT_PASSWORD\",\n  \"value\": \"kestrel-57wren\",\n}]\n"),
        ("env.ts", "const env = [{\n  value: 'kestrel-57wren',\n\n  name: 'MYSQL_ROOT_PASSWORD',\n}]\n"),
    ])
    func findsWhatReadingTheStructureFinds(path: String, text: String) {
        let file = (path: path, bytes: Array(text.utf8))
        let found = Self.shown(BytesInMemory([file]))
        #expect(found == Self.shownOfDocuments([file]))
        #expect(found.count == 1)
    }

    @Test(arguments: 1...5)
    func doesNotDependOnTheNumberOfThreads(threads: Int) {
        let files = (0..<40).map { number in
            (path: "f\(number)", bytes: Array("DB_PASSWORD=plover-\(number % 7)-wren\nsee plover-3-wren\n".utf8))
        }
        #expect(Self.shown(BytesInMemory(files), threads: threads) == Self.shown(BytesInMemory(files), threads: 1))
    }

    // MARK: - Encodings

    private static let secret = "DB_PASSWORD=osprey%Nest-71\nmail to wim@osprey.test\n"

    @Test(arguments: [
        "UTF-8", "LE", "BE", "LE with a mark", "BE with a mark", "UTF-32 LE", "UTF-32 BE", "Latin-1", "NUL",
    ])
    func readsEveryEncodingOfText(name: String) throws {
        let plain = Array(Self.secret.utf8)
        func wide(_ before: Int, _ after: Int) -> [UInt8] {
            plain.flatMap { [UInt8](repeating: 0, count: before) + [$0] + [UInt8](repeating: 0, count: after) }
        }
        let (mark, text, width): ([UInt8], [UInt8], Int) =
            switch name {
            case "LE": ([], wide(0, 1), 2)
            case "BE": ([], wide(1, 0), 2)
            case "LE with a mark": ([0xFF, 0xFE], wide(0, 1), 2)
            case "BE with a mark": ([0xFE, 0xFF], wide(1, 0), 2)
            case "UTF-32 LE": ([0xFF, 0xFE, 0, 0], wide(0, 3), 4)
            case "UTF-32 BE": ([0, 0, 0xFE, 0xFF], wide(3, 0), 4)
            case "Latin-1": ([0x66, 0xFC, 0x72, 0x0A], plain, 1)
            case "NUL": ([0x7F, 0, 1, 0x0A], plain, 1)
            default: ([], plain, 1)
            }
        let bytes = mark + text
        let start = mark.count
        let found = Self.shown(BytesInMemory([("a.env", bytes)]))
        let places = Set(found.compactMap(\.span))
        #expect(places.contains(Span(start + 12 * width, start + 26 * width)), "\(found)")
        #expect(places.contains(Span(start + 35 * width, start + 50 * width)), "\(found)")
        #expect(found == Self.shownOfDocuments([("a.env", bytes)]))
    }

    @Test func findsAKnownValueInUTF16() {
        let note = "it is osprey%Nest-71".utf8.flatMap { [$0, 0] as [UInt8] }
        let found = Self.shown(BytesInMemory([("a.env", Array(Self.secret.utf8)), ("b.txt", [0xFF, 0xFE] + note)]))
        #expect(found.contains { $0.path == "b.txt" && $0.span == Span(2 + 12, 2 + 40) })
    }

    // MARK: - Parts

    @Test(arguments: [0, 1, 7, 64])
    func findsTheSameInPartsOfALargeFile(shift: Int) throws {
        var random = SeededGenerator(seed: UInt64(40 + shift))
        var text = String(repeating: "x", count: shift)
        for number in 0..<400 {
            let words = (0..<Int.random(in: 0..<9, using: &random)).map { _ in "wörd" }.joined(separator: " ")
            text +=
                words + (number % 5 == 0 ? " mail puffin\(number)@osprey.test " : " ") + (number % 3 == 0 ? "\n" : "")
        }
        var inParts = Self.scanner
        inParts.partSizes = FileParts.Sizes(threshold: 1024, part: 1500, overlap: 600)
        let source = BytesInMemory([("notes.txt", Array(text.utf8))])
        var regions: [TextRegion?] = []
        var expected: [TextRegion?] = []
        let found = Self.shown(source, by: inParts)
        inParts.scan(source) { regions += $0.regions }
        Self.scanner.scan(source) { expected += $0.regions }
        #expect(found.count > 100)
        #expect(found == Self.shown(source))
        #expect(regions == expected)
    }

    // MARK: - Files that change

    /// Files of which some cannot be read, or not again.
    private final class Fickle: ScanSource {
        private let inner: BytesInMemory
        private let vanishing: Set<Int>
        private let reads = Mutex<[Int: Int]>([:])
        /// What is left of each file at the second reading.
        private let left: @Sendable ([UInt8]) -> [UInt8]

        init(_ inner: BytesInMemory, vanishing: Set<Int>, left: @escaping @Sendable ([UInt8]) -> [UInt8]) {
            self.inner = inner
            self.vanishing = vanishing
            self.left = left
        }

        var count: Int { inner.count }
        func path(of index: Int) -> String { inner.path(of: index) }
        func size(of index: Int) -> Int { inner.size(of: index) }
        func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
            inner.read(index, from: offset, count: count, into: &buffer)
        }

        func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
            let number = reads.withLock { reads in
                reads[index, default: 0] += 1
                return reads[index, default: 0]
            }
            guard inner.read(index, into: &buffer) else { return false }
            guard number > 1 else { return true }
            if vanishing.contains(index) { return false }
            buffer = left(buffer)
            return true
        }
    }

    @Test(arguments: [0, 5, 20, 60])
    func survivesFilesThatShrinkAndVanish(count: Int) {
        let files = (0..<20).map { number in
            (
                path: "f\(number).env",
                bytes: Array("A=b\nDB_PASSWORD=plover-wren-\(number)\nmail a\(number)@osprey.test\n".utf8)
            )
        }
        let source = Fickle(BytesInMemory(files), vanishing: [3, 4]) { Array($0.prefix(count)) }
        let found = Self.shown(source)
        #expect(!found.contains { $0.path == "f3.env" })
        for finding in found { #expect((finding.span?.end ?? 0) <= count) }
    }

    @Test func survivesFilesThatGrow() {
        let files = [(path: "a.env", bytes: Array("DB_PASSWORD=plover-wren\n".utf8))]
        let source = Fickle(BytesInMemory(files), vanishing: []) { Array("# changed\n".utf8) + $0 }
        #expect(Self.shown(source).contains { $0.span == Span(22, 33) })
    }

    // MARK: - Much

    @Test func holdsOutManyMatches() {
        let line = "mail a@osprey.test, b@osprey.test and 198.51.100.7 or DB_PASSWORD=wren\n"
        let text = String(repeating: line, count: 4000).replacing("\n", with: " ")
        #expect(Self.shown(BytesInMemory([("one-line.txt", Array(text.utf8))])).count >= 8000)
    }
}
