import TestKit
import Testing

@testable import Bundling

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Two changes of one text, taken together line by line.
@Suite struct LineMergeTests {
    private func merge(_ base: String, _ own: String, _ other: String) -> String? {
        LineMerge.merge(base: text(base), own: text(own), other: text(other)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test func changesOfDifferentLinesAreBothTaken() {
        #expect(merge("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n") == "A\nb\nc\nd\nE\n")
        #expect(merge("a\nb\nc\n", "a\nb\nc\nown\n", "other\na\nb\nc\n") == "other\na\nb\nc\nown\n")
        #expect(merge("a\nb\nc\nd\n", "a\nc\nd\n", "a\nb\nc\nd\nE") == "a\nc\nd\nE")
        #expect(merge("a\nb\nc", "a\nb\nc\n", "A\nb\nc") == "A\nb\nc\n")
    }

    @Test func theSameChangeIsTakenOnce() {
        #expect(merge("a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n") == "a\nB\nc\n")
        #expect(merge("a\nb\nc\nd\n", "a\nB\nc\nd\n", "a\nB\nc\nD\n") == "a\nB\nc\nD\n")
    }

    @Test func whatOneLeavesAloneIsTheOthers() {
        for (base, other) in [
            ("", "a\n"), ("a\n", ""), ("a\nb\n", "b\na\n"), ("a", "a\n"), ("a\r\nb\r\n", "a\r\nc\r\n"),
        ] {
            #expect(merge(base, base, other) == other)
            #expect(merge(base, other, base) == other)
        }
    }

    @Test func changesOfOneLineInTwoWaysAreNotMerged() {
        #expect(merge("a\nb\nc\n", "a\nB\nc\n", "a\nx\nc\n") == nil)
        // Lines beside each other may belong together.
        #expect(merge("a\nb\nc\n", "a\nB\nc\n", "a\nb\nC\n") == nil)
        #expect(merge("a\nb\nc\n", "a\nc\n", "a\nx\nc\n") == nil)
        #expect(merge("", "a", "b") == nil)
    }

    /// Whatever is changed: a merge holds each line that one of both has added, and none that one has taken out.
    @Test func noChangeIsLost() {
        var random = SeededGenerator(seed: 11)
        var mergedCount = 0
        for round in 0..<500 {
            let base = (0..<12).map { "line \($0)" }
            func changed(_ name: String) -> [String] {
                var lines = base
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    let place = Int.random(in: 0..<lines.count, using: &random)
                    if Bool.random(using: &random) {
                        lines.insert("\(name) \(round) \(place)", at: place)
                    } else {
                        lines.remove(at: place)
                    }
                }
                return lines
            }
            let (own, other) = (changed("own"), changed("other"))
            let join = { (lines: [String]) in lines.joined(separator: "\n") }
            guard let merged = merge(join(base), join(own), join(other)) else { continue }
            mergedCount += 1
            let lines = Set(merged.split(separator: "\n").map(String.init))
            let added = Set(own).union(other).subtracting(base)
            let removed = Set(base).subtracting(own).union(Set(base).subtracting(other))
            #expect(lines.isSuperset(of: added) && lines.isDisjoint(with: removed))
            #expect(merge(join(base), join(other), join(own)) == merged)
        }
        #expect(mergedCount > 100)
    }
}
