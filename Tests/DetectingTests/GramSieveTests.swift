@testable import Detecting
import TestKit
import Testing

/// The sieve looks at every few bytes of a text; it must not miss a window for that.
@Suite("windows in a text")
struct GramSieveTests {
    @Test(arguments: [(8, 6), (4, 3), (3, 2), (4, 4), (8, 3)], 0..<12)
    func namesEveryPlaceOfAWindow(shape: (width: Int, gram: Int), seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func bytes(_ count: Int) -> [UInt8] {
            (0..<count).map { _ in UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "f"), using: &generator) }
        }
        let windows = (0..<40).map { _ in bytes(shape.width) }
        var text = bytes(Int.random(in: 0...300, using: &generator))
        for window in windows.prefix(8) {
            text.insert(contentsOf: window, at: Int.random(in: 0...text.count, using: &generator))
        }
        var found: [Int: UInt64] = [:]
        GramSieve(windows.map { $0[...] }, width: shape.width, gram: shape.gram).search(text) { start, window in
            #expect(found.updateValue(window, forKey: start) == nil, "\(start) is named twice")
        }
        for start in text.indices where start + shape.width <= text.count {
            let window = text[start..<(start + shape.width)]
            if windows.contains(Array(window)) { #expect(found[start] == FoldedBytes.number(of: window)) }
        }
        #expect(found.keys.allSatisfy { $0 + shape.width <= text.count })
    }

    @Test func takesLettersOfEitherCaseForEqual() {
        var windows: [Int: UInt64] = [:]
        GramSieve([Array("wrenlark".utf8)[...]], width: 8, gram: 6).search(Array("x-WrenLark".utf8)) { start, window in
            windows[start] = window
        }
        #expect(windows[2] == FoldedBytes.number(of: "wrenlark".utf8))
    }

    @Test(arguments: 1...8)
    func loadsTheSameBytesAtTheEndOfAText(count: Int) {
        let text = Array("AUK auk 0123456".utf8)
        for place in 0...(text.count - count) {
            #expect(
                FoldedBytes.load(count, of: unsafe text.span.bytes, at: place)
                    == FoldedBytes.number(of: text[place..<(place + count)])
            )
            #expect(
                FoldedBytes.loadFolded(of: unsafe text.span.bytes, at: place)
                    == FoldedBytes.number(of: text[place...].prefix(FoldedBytes.limit))
            )
        }
    }
}
