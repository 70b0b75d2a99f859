@testable import Detecting
import Documents
import TestKit
import Testing

@Suite("runs of base64 digits")
struct DigitRunsTests {
    @Test(arguments: 0..<60)
    func areThoseThatALookAtEveryByteFinds(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var text: [UInt8] = []
        for _ in 0..<30 {
            let digits = Array("AZaz09+/-_".utf8)
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                text.append(digits.randomElement(using: &generator) ?? 0)
            }
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                text.append(UInt8.random(in: 0...255, using: &generator))
            }
        }
        var runs = DigitRuns(text)
        var found: [Span] = []
        while let run = runs.next() { found.append(run) }
        #expect(found == Self.plainRuns(in: text))
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func endAtEveryByteThatIsNoDigit(byte: UInt8) {
        let run = Array(repeating: UInt8(ascii: "q"), count: 12)
        var runs = DigitRuns(run + [byte] + run)
        let isDigit = DigitRuns.isDigit[Int(byte)]
        #expect(runs.next() == (isDigit ? Span(0, 25) : Span(0, 12)))
        #expect(runs.next() == (isDigit ? nil : Span(13, 25)))
    }

    private static func plainRuns(in text: [UInt8]) -> [Span] {
        var runs: [Span] = []
        var start = 0
        for end in 0...text.count where end == text.count || !DigitRuns.isDigit[Int(text[end])] {
            if end - start >= DigitRuns.shortest { runs.append(Span(start, end)) }
            start = end + 1
        }
        return runs
    }
}
