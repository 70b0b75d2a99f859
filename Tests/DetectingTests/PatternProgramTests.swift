@testable import Detecting
import Documents
import TestKit
import Testing

/// The program of a pattern passes over what cannot match; a matcher that tries everything must say the same.
@Suite("programs of patterns")
struct PatternProgramTests {
    @Test(arguments: 0..<400)
    func matchAsThePlainMatcherDoes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let inner = Self.pattern(depth: 3, &generator)
        let source = seed.isMultiple(of: 2) ? inner : "a?(?<value>\(inner))[ab]?"
        guard let pattern = try? Pattern(source) else { return }
        var parser = PatternParser(source: Array(source.utf8), ignoringCase: false)
        let node = try parser.parse()
        for _ in 0..<24 {
            let text = (0..<Int.random(in: 0...7, using: &generator)).map { _ in Self.byte(&generator) }
            let offset = Int.random(in: 0...text.count, using: &generator)
            let plain = PlainMatcher(text: text, limit: text.count)
            #expect(
                pattern.match(text, at: offset) == plain.match(node, at: offset),
                "\(source) in \(text) at \(offset)"
            )
            let span = Span(offset, text.count)
            #expect(pattern.match(text, filling: span) == plain.match(node, at: offset, filling: true), "\(source)")
        }
    }

    @Test func theFirstStartThatReachesBehindAPlaceCounts() throws {
        let pattern = try Pattern("[a-z]{1,3}://(?<value>[a-z]+)")
        let text = Array("see abcd://wren".utf8)
        let place = try #require(text.firstIndex(of: UInt8(ascii: ":")))
        var abandoned = false
        let match = try #require(pattern.match(text, from: 0, through: place, &abandoned))
        #expect(match.whole == Span(5, 15) && match.value == Span(11, 15))
        #expect(try Pattern("b").match(text, from: 0, through: place, &abandoned) == nil)
    }

    private static func byte(_ generator: inout SeededGenerator) -> UInt8 {
        "abc-\n".utf8.randomElement(using: &generator) ?? 0
    }

    private static func pattern(depth: Int, _ generator: inout SeededGenerator) -> String {
        let atoms = ["a", "b", "[ab]", "[^a]", ".", "c", #"\b"#, "^", "$", "ab"]
        guard depth > 0 else { return atoms.randomElement(using: &generator) ?? "a" }
        func inner() -> String { pattern(depth: depth - 1, &generator) }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return "(?:\(inner())|\(inner()))"
        case 1: return "(?:\(inner())|\(inner())|\(inner()))"
        case 2: return "(?:\(inner()))?"
        case 3: return "(?:\(inner()))*"
        case 4: return ["a*", "[ab]+", "b{1,2}", "[abc]{0,3}", ".*"].randomElement(using: &generator) ?? "a"
        case 5: return "(?:\(inner())){0,2}"
        default: return inner() + inner()
        }
    }
}

/// Tries every way in the order of a pattern: greedy, the first alternative first.
private struct PlainMatcher {
    let text: [UInt8]
    let limit: Int

    private typealias Marks = (start: Int, end: Int)

    func match(_ node: PatternNode, at offset: Int, filling: Bool = false) -> Pattern.Match? {
        var found: Pattern.Match?
        _ = go(node, offset, (-1, -1)) { end, marks in
            guard !filling || end == limit else { return false }
            let whole = Span(offset, end)
            let value = marks.start >= 0 && marks.end >= marks.start ? Span(marks.start, marks.end) : whole
            found = Pattern.Match(whole: whole, value: value)
            return true
        }
        return found
    }

    private func go(_ node: PatternNode, _ at: Int, _ marks: Marks, _ next: (Int, Marks) -> Bool) -> Bool {
        switch node {
        case .empty: return next(at, marks)
        case .boundary: return isWord(at - 1) != isWord(at) && next(at, marks)
        case .start: return (at == 0 || text[at - 1] == UInt8(ascii: "\n")) && next(at, marks)
        case .end: return (at == limit || ByteSet.lineEnd.contains(text[at])) && next(at, marks)
        case .set(let set): return at < limit && set.contains(text[at]) && next(at + 1, marks)
        case .sequence(let nodes): return sequence(nodes[...], at, marks, next)
        case .choice(let nodes): return nodes.contains { go($0, at, marks, next) }
        case .value(let inner):
            return go(inner, at, (at, marks.end)) { end, marks in next(end, (marks.start, end)) }
        case .repeated(let inner, let min, let max):
            if min > 0 {
                return go(inner, at, marks) { end, marks in
                    go(.repeated(inner, min: min - 1, max: max.map { $0 - 1 }), end, marks, next)
                }
            }
            if max == 0 { return next(at, marks) }
            return go(inner, at, marks) { end, marks in
                go(.repeated(inner, min: 0, max: max.map { $0 - 1 }), end, marks, next)
            } || next(at, marks)
        }
    }

    private func sequence(_ nodes: ArraySlice<PatternNode>, _ at: Int, _ marks: Marks, _ next: (Int, Marks) -> Bool)
        -> Bool
    {
        guard let first = nodes.first else { return next(at, marks) }
        return go(first, at, marks) { end, marks in sequence(nodes.dropFirst(), end, marks, next) }
    }

    private func isWord(_ index: Int) -> Bool { text.indices.contains(index) && ByteSet.word.contains(text[index]) }
}
