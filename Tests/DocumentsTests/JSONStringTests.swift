@testable import Documents
import TestKit
import Testing

@Suite("plain characters of JSON")
struct JSONStringTests {
    @Test(arguments: 0..<60)
    func endWhereALookAtEachByteEndsThem(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let text = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
            let isAny = Int.random(in: 0..<12, using: &generator) == 0
            return isAny
                ? UInt8.random(in: 0...255, using: &generator) : UInt8.random(in: 0x23...0x5b, using: &generator)
        }
        let end = Int.random(in: 0...text.count, using: &generator)
        for start in 0...end {
            let plain = text[start..<end].firstIndex { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c } ?? end
            #expect(text.endOfPlainCharacters(from: start, before: end) == plain)
        }
    }

    @Test(arguments: [0x22, 0x5c, 0x00, 0x1f, 0x21, 0x23, 0x20, 0x7f, 0x80, 0xa2, 0xdc, 0x9f] as [UInt8])
    func areTheOthers(byte: UInt8) {
        let isPlain = byte >= 0x20 && byte != 0x22 && byte != 0x5c
        for place in 0..<17 {
            var text = [UInt8](repeating: UInt8(ascii: "a"), count: 17)
            text[place] = byte
            #expect(text.endOfPlainCharacters(from: 0, before: 17) == (isPlain ? 17 : place))
        }
    }
}
