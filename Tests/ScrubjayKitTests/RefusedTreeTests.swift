import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Trees of general text that can be proved clean: what looks like a value there is none, or has another stand-in.
@Suite struct RefusedTreeTests {
    /// What stays in a file, and what does not, beside a file with the value.
    struct Case: Sendable, CustomTestStringConvertible {
        var source: (path: String, text: String)
        var file: (path: String, text: String)
        var stays: [String]
        var goes: [String] = []
        var testDescription: String { file.path }
    }

    private static let cases = [
        // Members of modules, and names of an interface with its version.
        Case(
            source: (".env", "AUK_PASSWORD=os.getauk2\nMURRE_TOKEN=WrenCloudV1RockToken\n"),
            file: ("a.py", "import os\nx = os.getauk2()\ny = WrenCloudV1RockToken(x)\nz = 'os.getauk2'\n"),
            stays: ["x = os.getauk2()", "y = WrenCloudV1RockToken(x)"],
            goes: ["'os.getauk2'"]
        ),
        // Elements of markup.
        Case(
            source: (".env", "AUK_PASSWORD=aukrockery\n"),
            file: ("a.xml", "<r><aukrockery>x</aukrockery><b>aukrockery</b></r>\n"),
            stays: ["<aukrockery>x</aukrockery>"],
            goes: ["<b>aukrockery</b>"]
        ),
        // Escapes before a value.
        Case(
            source: (".env", "AUK_PASSWORD=aukrockery\nSMTP_PASSWORD=murrecliffs\n"),
            file: ("a.py", #"x = "a\faukrockery\x20murrecliffs""# + "\n"),
            stays: [#"x = "a\f"#, #"\x20"#],
            goes: ["aukrockery", "murrecliffs"]
        ),
        // A domain of somebody else that begins with the owner's label.
        Case(
            source: (".env", "PUBLIC_URL=https://meet.frogeye.test\n"),
            file: ("notes.md", "The name frogeye is that of https://www.frogeye.fr/about, too.\n"),
            stays: ["www.frogeye.fr"],
            goes: ["name frogeye"]
        ),
        // A condition is no setting.
        Case(
            source: (".env", "AUK_PASSWORD=aukrockery\n"),
            file: ("a.py", "def f(pwd):\n    if pwd:\n        gulls(pwd)\n"),
            stays: ["    if pwd:\n        gulls(pwd)\n"]
        ),
        // Signs are no password of a program.
        Case(
            source: (".env", "AUK_PASSWORD=aukrockery\n"),
            file: ("a.py", "password = '****'\npattern = \"password:]+)\"\nz = ('****', ']+)')\n"),
            stays: ["password = '****'", "]+)\""]
        ),
        // The same in a list of calls and in the types of a stub.
        Case(
            source: ("b.pyi", "def dive(\n    depth: int,\n    secret: bytes | None = None,\n) -> None: ...\n"),
            file: ("a.py", "x = {'pass': ['nest()', 'auk.rock()']}\ndef f(tag: bytes | None = None): nest()\n"),
            stays: ["['nest()', 'auk.rock()']", "tag: bytes | None = None): nest()"]
        ),
        // A date is no street.
        Case(
            source: (".env", "AUK_PASSWORD=aukrockery\n"),
            file: ("HISTORY.md", "Released Oct 15, 2000 Gannet\nMarch 3, 2011 Murre\n"),
            stays: ["Oct 15, 2000 Gannet", "March 3, 2011 Murre"]
        ),
    ]

    @Test(arguments: cases)
    func isProvedClean(of tree: Case) throws {
        let texts = try Sanitize.texts(of: [tree.source.path: tree.source.text, tree.file.path: tree.file.text])
        let text = try #require(texts[tree.file.path])
        for part in tree.stays { #expect(text.contains(part), "\(text)") }
        for part in tree.goes { #expect(!text.contains(part), "\(text)") }
    }

    /// A login may be the name of an element, which cannot be replaced and must not be published.
    @Test func aLoginThatNamesAnElementIsNotPublished() {
        let users = "<clickhouse><users><auklia><profile>default</profile></auklia></users></clickhouse>\n"
        #expect(throws: SanitizingError.self) {
            try Sanitize.texts(of: [".env": "CLICKHOUSE_USER=auklia\n", "users.xml": users])
        }
    }

    /// A login whose stand-in is also the name of a file: another stand-in is taken.
    @Test func aNameThatIsTakenIsNotGivenToAnotherFile() throws {
        let texts = try Sanitize.texts(of: [
            "home/wrenlia/notes.txt": "mine\n", "home/user1/notes.txt": "theirs\n", "home/user2/notes.txt": "others\n",
            "deploy.sh": "ssh wrenlia@10.31.7.8 uptime\n",
        ])
        #expect(texts["home/user1/notes.txt"] == "theirs\n" && texts["home/user2/notes.txt"] == "others\n")
        #expect(texts["home/user3/notes.txt"] == "mine\n")
        #expect(texts["deploy.sh"]?.contains("ssh user3@") == true)
    }

    /// A report is no program, so that a line with a name which is a secret elsewhere is not shown in it.
    @Test func aReportHidesNamesThatAreValuesElsewhere() throws {
        let folder = try TemporaryFolder()
        try folder.write("AUK_PASSWORD=aukrockery\nSMTP_HOST=mail.auk-harbour.de\n", to: "d/.env")
        try folder.write(
            "import aukrockery\nurl = 'https://meet.auk-harbour.de/'\n\n\nsecond = 'mail.auk-harbour.de'\nlast = 1\n",
            to: "d/a.py"
        )
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        let preparation = try workflow.prepare()
        let outcome = try workflow.apply(preparation)
        let report = try SanitizeReport(outcome.preparation, outcome: outcome)
        let lines = try #require(report.files.first { $0.pathText == "a.py" }).lines
        #expect(lines.hunks.joined().map(\.number) == [2, 3, 4, 5, 6])
        #expect(lines.hiddenCount == 0)
        let file = try #require(ReportFile(path: FilePath(folder.path + "/report.json")))
        try file.write(report.textsOfDeployment, of: report, about: outcome.preparation, replacing: false)
    }

    /// A changed line with such a name counts as hidden, and a program with nothing else shows none.
    @Test func aHiddenLineIsCounted() throws {
        let folder = try TemporaryFolder()
        try folder.write("AUK_PASSWORD=aukrockery\n", to: "d/.env")
        try folder.write("aukrockery.open('https://meet.auk-harbour.de/')\n", to: "d/a.py")
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        let outcome = try workflow.apply(workflow.prepare())
        #expect(try folder.read("clean/a.py").starts(with: "aukrockery.open('https://".utf8))
        let report = try SanitizeReport(outcome.preparation, outcome: outcome)
        let lines = try #require(report.files.first { $0.pathText == "a.py" }).lines
        #expect(lines.hunks.isEmpty && lines.hiddenCount == 1)
    }

    /// A file that is left out says why, not that nothing was written.
    @Test func theReasonOfALeftOutFileIsAboutTheFile() {
        for code in [SanitizingError.Code.malformed, .residue, .found] {
            let file = UnprovedFile(source: "a", error: SanitizingError(code, at: "a", "it changed"))
            #expect(file.reason == "it could not be proved clean: it changed")
            #expect(UnprovedFile.error(for: [file])?.message == "it changed; nothing was written")
        }
    }
}
