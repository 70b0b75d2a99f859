@testable import Detecting
import TestKit
import Testing

@Suite("what follows an anchor")
struct MatchTailTests {
    private static func mayFollow(_ anchor: String, in pattern: String, _ rest: String) throws -> Bool {
        let tail = MatchTail(of: try PatternProgram(pattern, ignoringCase: false), behind: anchor.utf8)
        return tail.mayFollow(at: 0, in: Array(rest.utf8))
    }

    @Test func isWhatTheStepsBehindItTake() throws {
        let pattern = "[A-Z][a-z]+ <[a-z.]+@[a-z.]+>"
        #expect(try Self.mayFollow(" <", in: pattern, "lia@puffin.test>"))
        #expect(try !Self.mayFollow(" <", in: pattern, "a href=x>"))
        #expect(try !Self.mayFollow(" <", in: pattern, "br>"))
        #expect(try Self.mayFollow("key-", in: "key-[0-9a-f]{32}", "0123456789abcdef"))
        #expect(try !Self.mayFollow("key-", in: "key-[0-9a-f]{32}", "012345 6789"))
        #expect(try !Self.mayFollow("key-", in: "key-[0-9a-f]{32}", "0123"))
    }

    @Test func isAnythingWhereAMatchMayBeCompleteBefore() throws {
        #expect(try Self.mayFollow("ab", in: "x?ab", ""))
        #expect(try Self.mayFollow("ab", in: "ab(?:cd)?", "!"))
        #expect(try Self.mayFollow("ab", in: "[a-z]+", "!"))
    }

    @Test func hasTheAtSignThatAMatchHasFurtherBehind() throws {
        let pattern = "://[^ :@/]*(?::[^ @/]{1,256})?@[a-z]"
        #expect(try Self.mayFollow("://", in: pattern, "lia:kittiwake@puffin.test"))
        #expect(try !Self.mayFollow("://", in: pattern, "puffin.test/lia@wren.test"))
        #expect(try !Self.mayFollow("://", in: pattern, "puffin.test"))
        #expect(try Self.mayFollow("://", in: pattern, String(repeating: "x", count: 600)))
        #expect(try Self.mayFollow("://", in: "://[a-z]+(?:@x)?", "puffin.test"))
    }

    /// Where a rule's pattern matches around one of its anchors, what is behind the anchor may follow it.
    @Test(arguments: RuleSet.builtIn.rules.filter { !$0.anchors.isEmpty && $0.pattern != nil }.map(\.id))
    func allowsWhatThePatternMatches(id: String) throws {
        let rule = try #require(RuleSet.builtIn.rule(id))
        let pattern = try #require(rule.pattern)
        var generator = SeededGenerator(seed: 7)
        var abandoned = false
        for example in rule.examples + rule.counterexamples {
            let original = example.unmarked.text
            for round in 0..<30 {
                var text = original
                if round > 0, !text.isEmpty {
                    let place = Int.random(in: 0..<text.count, using: &generator)
                    text[place] = original.randomElement(using: &generator) ?? 0
                }
                for anchor in rule.anchors {
                    let bytes = Array(anchor.utf8)
                    for start in text.indices where start + bytes.count <= text.count {
                        let end = start + bytes.count
                        let stands = text[start..<end].elementsEqual(bytes) {
                            $0 == $1 || rule.ignoresCase && $0.lowered == $1.lowered
                        }
                        guard stands,
                            pattern.match(text, from: max(0, start - rule.reach), through: start, &abandoned) != nil
                        else { continue }
                        #expect(pattern.tail(behind: text[start..<end]).mayFollow(at: end, in: text))
                    }
                }
            }
        }
    }
}
