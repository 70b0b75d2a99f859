@testable import Detecting
import Documents
import TestKit
import Testing

/// The filter passes over nearly every place of a text; a search that compares at each of them must find the same.
@Suite("literals in a text")
struct NeedleTableTests {
    private struct Hit: Hashable {
        var number: Int
        var span: Span
    }

    @Test(arguments: 0..<60, [false, true])
    func findWhatThePlainSearchFinds(seed: UInt64, startsWord: Bool) {
        var generator = SeededGenerator(seed: seed)
        let letters = Array(["abAB", #"ab0. @`%\-"#, "abcdefghijklmnopqrstuvwxyz/:é"][Int(seed % 3)].utf8)
        func bytes(_ count: ClosedRange<Int>) -> [UInt8] {
            (0..<Int.random(in: count, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? 0 }
        }
        var text = bytes(0...400)
        var literals: [NeedleTable.Literal] = []
        for _ in 0..<Int.random(in: 0...60, using: &generator) {
            let literal = bytes(1...14)
            literals.append(
                NeedleTable.Literal(bytes: literal, ignoresCase: Bool.random(using: &generator), startsWord: startsWord)
            )
            let place = Int.random(in: 0...text.count, using: &generator)
            if Bool.random(using: &generator) { text.insert(contentsOf: literal, at: place) }
        }
        let table = NeedleTable(literals)
        var words = WordStarts(in: text)
        var starts: Set<Int> = []
        while words.next() { starts.formUnion((0..<words.count).map { words[$0] }) }
        var found: [Hit] = []
        table.search(text) { number, span in
            // What begins with a word may be found elsewhere, too.
            if !startsWord || starts.contains(span.start) { found.append(Hit(number: number, span: span)) }
        }
        let plain = literals.enumerated().flatMap { number, literal in
            Self.places(of: literal.bytes, ignoringCase: literal.ignoresCase, in: text).map {
                Hit(number: number, span: $0)
            }
        }.filter { !startsWord || starts.contains($0.span.start) }
        #expect(Set(found) == Set(plain))
        #expect(found.count == plain.count)
    }

    @Test func findAtBothEndsOfAText() {
        let table = NeedleTable([
            NeedleTable.Literal(bytes: Array("wrenfield.test".utf8), ignoresCase: true, startsWord: true),
            NeedleTable.Literal(bytes: Array("auk7".utf8), ignoresCase: false),
        ])
        for (text, count) in [("wrenfield.test", 1), ("auk7", 1), ("auk7 WRENFIELD.test", 2), ("Auk7", 0), ("auk", 0)] {
            var found = 0
            table.search(Array(text.utf8)) { _, _ in found += 1 }
            #expect(found == count, "\(text)")
        }
    }

    /// Vectorscan takes no literal of more than 16,000 bytes.
    @Test func findWhatIsLong() {
        var generator = SeededGenerator(seed: 1)
        let long = (0..<40_000).map { _ in UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z"), using: &generator) }
        let table = NeedleTable([NeedleTable.Literal(bytes: long, ignoresCase: true)])
        for (text, count) in [(long, 1), (long.dropLast(), 0), (long + long, 2)] {
            var found = 0
            table.search(Array(text)) { _, _ in found += 1 }
            #expect(found == count)
        }
    }

    private static func places(of literal: [UInt8], ignoringCase: Bool, in text: [UInt8]) -> [Span] {
        guard literal.count <= text.count else { return [] }
        return (0...(text.count - literal.count)).compactMap { start in
            let part = text[start..<(start + literal.count)]
            let isEqual = part.elementsEqual(literal) {
                $0 == $1 || ignoringCase && $0.lowered == $1.lowered
            }
            return isEqual ? Span(start, start + literal.count) : nil
        }
    }
}
