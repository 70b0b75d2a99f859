import Detecting
import Documents
import Testing

@Suite struct TextRegionTests {
    private func regions(_ bytes: [UInt8], _ spans: (Int, Int)...) -> [String] {
        TextRegion.regions(of: spans.map { Span($0.0, $0.1) }, in: bytes).map {
            "\($0.start.line):\($0.start.column)-\($0.end.line):\($0.end.column)"
        }
    }

    @Test func linesAndCodeUnits() {
        // One, two, three and four bytes a character; the last has two units.
        let text = Array("aä€🐦b\r\nxy\n".utf8)
        #expect(
            regions(text, (0, 1), (1, 3), (3, 6), (6, 10), (10, 11)) == [
                "1:1-1:2", "1:2-1:3", "1:3-1:4", "1:4-1:6", "1:6-1:7",
            ]
        )
        #expect(regions(text, (13, 15), (10, 14), (16, 16)) == ["2:1-2:3", "1:6-2:2", "3:1-3:1"])
    }

    @Test func theOrderOfSpansStays() {
        let text = Array("abc\nabc".utf8)
        #expect(regions(text, (4, 5), (0, 3), (4, 5)) == ["2:1-2:2", "1:1-1:4", "2:1-2:2"])
        #expect(regions(text).isEmpty)
    }

    @Test func aByteOrderMarkHasNoColumn() {
        #expect(regions([0xEF, 0xBB, 0xBF] + Array("ab".utf8), (3, 4), (0, 5)) == ["1:1-1:2", "1:1-1:3"])
    }

    @Test func bytesThatAreNoUTF8CountOnce() {
        // Latin-1, a stray continuation, and a character that breaks off.
        #expect(
            regions([0xFC, 0x61, 0x80, 0x61, 0xE2, 0x82, 0x61], (1, 2), (3, 4), (6, 7)) == [
                "1:2-1:3", "1:4-1:5", "1:6-1:7",
            ]
        )
    }
}
