@testable import Detecting
import Testing

@Suite("sets of bytes")
struct ByteSetTests {
    @Test func areWhatTheirNamesSay() {
        let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
        let letters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"))
        #expect(ByteSet.all == ByteSet(0...255))
        #expect(ByteSet.digits == digits)
        #expect(ByteSet.hexDigits == digits.union(ByteSet("abcdefABCDEF")))
        #expect(ByteSet.letters == letters)
        #expect(ByteSet.alphanumerics == letters.union(digits))
        #expect(ByteSet.nameCharacters == letters.union(digits).union(ByteSet("_")))
        #expect(ByteSet.word == letters.union(digits).union(ByteSet(0x80...0xff)))
        #expect(ByteSet.space == ByteSet(" \t\n\u{b}\u{c}\r"))
        #expect(ByteSet.blank == ByteSet(" \t"))
        #expect(ByteSet.hostName == letters.union(digits).union(ByteSet("-_.")))
        #expect(ByteSet.lineEnd == ByteSet("\r\n"))
    }

    @Test func foldTheCaseOfLettersAlone() {
        #expect(ByteSet("aZ@[`{9").caseFolded == ByteSet("aAzZ@[`{9"))
        #expect(ByteSet(0x80...0xff).caseFolded == ByteSet(0x80...0xff))
    }
}
