@testable import Detecting
import TestKit
import Testing

@Suite("where words begin")
struct WordStartsTests {
    private static func places(in text: [UInt8]) -> [Int] {
        var starts = WordStarts(in: text)
        var places: [Int] = []
        while starts.next() { places += (0..<starts.count).map { starts[$0] } }
        return places.sorted()
    }

    /// Looks at one byte after the other, as the definition says.
    private static func isStart(_ place: Int, in text: [UInt8]) -> Bool {
        guard ByteSet.alphanumerics.contains(text[place]) else { return false }
        if WordStarts.isPlain(at: place, in: text) { return true }
        func has(_ mark: String, before distance: Int) -> Bool {
            place >= distance && text[(place - distance)...].starts(with: mark.utf8)
        }
        let octalDigits = ByteSet("01234567")
        return has("\\", before: 2) || has(#"\x"#, before: 4) || has(#"\u"#, before: 6) || has(#"\U"#, before: 10)
            || has("%", before: 3) && text[(place - 2)..<place].allSatisfy(ByteSet.hexDigits.contains)
            || has("\\", before: 4) && text[(place - 3)..<place].allSatisfy(octalDigits.contains)
    }

    @Test(arguments: [
        ("wren", [0]), ("a wren-field_x", [0, 2, 7, 13]), ("jvb2 2x", [0, 3, 5]), (#"a\nwren"#, [0, 2, 3]),
        ("x%40wren", [0, 2, 4]), ("%4gwren", [1]), (#"\u0041wren\x41b"#, [1, 2, 6, 11, 12, 14]), ("äwren é", [2]),
        (#"\012wren\U0001F600b"#, [1, 2, 4, 9, 10, 15, 18]), ("", []),
    ])
    func areTheseOfATextThatIsPlain(text: String, places: [Int]) {
        #expect(Self.places(in: Array(text.utf8)) == places)
    }

    @Test func areLeftOutWhereNobodyWantsThem() {
        var starts = WordStarts(in: Array("a bc def a".utf8))
        let hasFirst = starts.next()
        starts.keep { $0 % 2 == 1 || $0 == 2 }
        #expect((0..<starts.count).map { starts[$0] } == [2, 5, 9])
        let hasMore = starts.next()
        #expect(hasFirst && !hasMore)
    }

    @Test(arguments: 0..<80)
    func areTheSameByTheDefinition(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array([#"aZ09 -\%xuU4"#, "azAZ09@[`{/:é\u{0}", #"ab\%"#][Int(seed % 3)].utf8)
        let text = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
            letters.randomElement(using: &generator) ?? 0
        }
        #expect(Self.places(in: text) == text.indices.filter { Self.isStart($0, in: text) })
    }
}
