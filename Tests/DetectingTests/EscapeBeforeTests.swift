import Documents
import Testing

@testable import Detecting

@Suite("escapes before words")
struct EscapeBeforeTests {
    @Test(arguments: [
        (#"\nwren"#, 2), (#"\bwren"#, 2), ("%40wren", 3), (#"\u0022wren"#, 6), (#"\qwren"#, 0),
        ("%4xwren", 0), ("wren", 0),
        (#"\u00x2wren"#, 0),
    ])
    func haveALength(text: String, length: Int) {
        let bytes = Array(text.utf8)
        let word = bytes.count - 4
        #expect(EscapeBefore.length(before: word, in: bytes) == length)
        // A run of letters and digits begins behind the sign of the escape.
        guard length > 0 else { return }
        let run = word - length + 1
        #expect(EscapeBefore.wordStart(run, before: bytes.count, in: bytes) == word)
        #expect(EscapeBefore.wordStart(run, before: word, in: bytes) == word)
        #expect(EscapeBefore.wordStart(run, before: word - 1, in: bytes) == run)
    }

    /// One name has one value, whatever escape is before it.
    @Test(arguments: ["", #"\n"#, #"\b"#, #"\t"#, "%20"]) func theNameIsTheSame(escape: String) {
        let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))
        let text = "x \(escape)ola@puffin.test\n"
        let findings = scanner.scan([Document(path: "a.txt", bytes: Array(text.utf8))]).findings
        let spans = findings.filter { $0.kind == .email }.map(\.location?.fileSpan)
        #expect(spans == [Span(2 + escape.utf8.count, 17 + escape.utf8.count)])
    }
}
