import Documents
import Testing

@testable import Detecting

@Suite("comment lines")
struct CommentLineTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    @Test(arguments: [
        ("# a=1", true), ("a=1 # x", false), ("x\n  // y", true), ("x\n*y", true), ("# x\ny", false),
        ("#!define X y", false), ("; x", true), ("-- x", true), ("<!-- x", true), ("", false),
    ])
    func beginWithAMark(text: String, isOne: Bool) {
        #expect(CommentLine.isAround(text.utf8.count, in: Array(text.utf8)) == isOne)
    }

    /// Only a mark at the start of a line counts, wherever in a long line the search for the start ends.
    @Test(arguments: ["#", "*", ";", "//", "--"], [190, 200, 4090, 4096])
    func aMarkWithinALongLineIsNone(mark: String, distance: Int) {
        let mark = String(repeating: mark, count: 12)
        let text = #"{"a": "\#(mark)\#(String(repeating: "y", count: distance - 30))", "db_password": "hunter2"}"#
        let findings = Self.scanner.scan([Document(path: "a.json", bytes: Array(text.utf8))]).findings
        #expect(findings.map(\.kind) == [.password])
    }

    @Test func theLeadOfALineHasALimit() {
        let short = Array(("x\n" + String(repeating: "y", count: 4097)).utf8)
        #expect(CommentLine.lead(of: short.count, in: short) == nil)
        #expect(CommentLine.lead(of: short.count - 1, in: short)?.count == 4096)
        #expect(CommentLine.lead(of: 0, in: [])?.isEmpty == true)
    }
}
