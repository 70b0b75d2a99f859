import Testing

@testable import Detecting

/// Which bytes beside a name belong to it.
@Suite struct WordCharacterTests {
    /// A letter of two bytes is a part of a name; a byte that is no UTF-8, of which an image has many, ends it.
    @Test func aNameHasLettersBeyondASCIIAndNoOtherBytes() {
        let host = Array("https://müller.test/".utf8)
        #expect(WordCharacter.runStart(of: .hostName, before: host.count - 1, atMost: 254, in: host) == 8)
        #expect(WordCharacter.runEnd(of: .hostName, from: 8, atMost: 254, in: host) == host.count - 1)
        for noise in [[0xFC], [0xE4, 0xF5], [0xC3], [0x84], [0xE6, 0x9D, 0xB1]] as [[UInt8]] {
            let text = Array("a".utf8) + noise + Array("x.test".utf8) + noise
            let start = 1 + noise.count
            #expect(
                WordCharacter.runStart(of: .hostName, before: start + 6, atMost: 254, in: text) == start,
                "\(noise)"
            )
            #expect(WordCharacter.runEnd(of: .hostName, from: start, atMost: 254, in: text) == start + 6, "\(noise)")
        }
    }

    /// A sign of two bytes does not continue a name.
    @Test func signsAreNotLetters() {
        #expect(WordCharacter.ends(at: 2, in: Array("é".utf8)))
        for sign in ["×", "÷", "،", "·"] {
            #expect(!WordCharacter.ends(at: 2, in: Array(sign.utf8)), "\(sign)")
            #expect(!WordCharacter.starts(at: 0, in: Array(sign.utf8)), "\(sign)")
        }
    }
}
