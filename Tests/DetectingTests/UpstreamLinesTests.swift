@testable import Detecting
import Documents
import Testing

@Suite("lines that programs are shipped with")
struct UpstreamLinesTests {
    private static func lines(_ texts: String...) -> UpstreamLines {
        let hashes = texts.map { UpstreamLines.hash(of: Array($0.utf8)[...]) }.sorted()
        return UpstreamLines(Array(("# A list.\n" + hashes.map { $0 + "\n" }.joined()).utf8))
    }

    private static func shows(_ lines: UpstreamLines, _ marked: String, kind: Kind) throws -> Bool {
        let text = MarkedText(marked)
        return lines.show(try #require(text.spans.first), kind: kind, in: Array(text.text.utf8))
    }

    @Test(arguments: [
        ("# Author: {{Lia Murre}}\n", Kind.personName), ("x = 1\n   ;; Author: {{Lia Murre}}  \r\ny\n", .personName),
        ("Author: {{Lia Murre}}", .personName),
    ])
    func areKnownWithAnyMarkOfAComment(text: String, kind: Kind) throws {
        #expect(try Self.shows(Self.lines("Author: Lia Murre"), text, kind: kind))
    }

    @Test(arguments: [
        ("# Author: {{Lia Murre}}, Auk Ltd\n", Kind.personName), ("# See Author: {{Lia Murre}}\n", .personName),
    ])
    func areWholeLines(text: String, kind: Kind) throws {
        #expect(try !Self.shows(Self.lines("Author: Lia Murre"), text, kind: kind))
    }

    @Test func areNoExcuseForWhatIsInForce() throws {
        let lines = Self.lines(
            "server = 10.3.4.5",
            "peer = 245.35.72.19",
            "password = bigauk9",
            "mail = lia@puffin.test"
        )
        #expect(try Self.shows(lines, "mail = {{lia@puffin.test}}\n", kind: .email))
        #expect(try !Self.shows(lines, ";server = {{10.3.4.5}}\n", kind: .ipv4))
        #expect(try Self.shows(lines, ";peer = {{245.35.72.19}}\n", kind: .ipv4))
        #expect(try !Self.shows(lines, "peer = {{245.35.72.19}}\n", kind: .ipv4))
        #expect(try Self.shows(lines, "# password = {{bigauk9}}\n", kind: .password))
        #expect(try !Self.shows(lines, "password = {{bigauk9}}\n", kind: .password))
    }

    @Test func areLongOrShort() throws {
        let long = String(repeating: "auk ", count: 300)
        #expect(try !Self.shows(Self.lines(long + "Lia Murre"), "# \(long){{Lia Murre}}\n", kind: .personName))
        #expect(try !Self.shows(Self.lines(), "# Author: {{Lia Murre}}\n", kind: .personName))
    }

    @Test func haveHashesOfTheSpecification() {
        #expect(UpstreamLines.hash(of: []) == "cbf29ce484222325")
        #expect(UpstreamLines.hash(of: Array("foobar".utf8)[...]) == "85944171f73967e8")
    }

    @Test func ofTheListAreInOrderAndDifferent() {
        let list = EmbeddedData.lines(EmbeddedData.upstreamLines)
        #expect(list.count > 1000)
        #expect(zip(list, list.dropFirst()).allSatisfy { $0 < $1 })
        #expect(list.allSatisfy { $0.utf8.count == 16 && UInt64($0, radix: 16) != nil })
    }
}
