@testable import Detecting
import Testing

@Suite("bytes as a number")
struct FoldedBytesTests {
    @Test func areThoseOfATextUpToItsEnd() {
        let text = Array("AUK auk 0123456".utf8)
        for place in text.indices {
            let bytes = unsafe text.span.bytes
            let rest = text[place...].prefix(FoldedBytes.limit)
            #expect(FoldedBytes.loadFolded(of: bytes, at: place) == FoldedBytes.number(of: rest))
            for count in 1...rest.count {
                let first = FoldedBytes.loadFolded(of: bytes, at: place) & FoldedBytes.mask(count)
                #expect(first == FoldedBytes.number(of: rest.prefix(count)))
            }
        }
    }
}
