import Detecting
import Documents
import Testing

@testable import Sanitizing

@Suite struct ReplacementChoiceTests {
    private func claim(
        _ index: Int,
        _ steps: [Location.Step],
        _ severity: Severity = .personal,
        inner: Int? = nil
    ) -> ReplacementChoice.Claim {
        ReplacementChoice.Claim(
            location: Location(steps),
            severity: severity,
            confidence: .high,
            index: index,
            innerTextCount: inner
        )
    }

    private func span(_ start: Int, _ end: Int) -> Location.Step { Location.Step(Span(start, end)) }

    private func kept(_ claims: [ReplacementChoice.Claim]) -> [Int] { ReplacementChoice.resolve(claims).sorted() }

    @Test func theOuterValueWins() {
        #expect(kept([claim(0, [span(5, 14)]), claim(1, [span(0, 14)]), claim(2, [span(20, 25)])]) == [1, 2])
    }

    @Test func ofEqualSpansTheWorseWins() {
        #expect(kept([claim(0, [span(0, 4)], .infrastructure), claim(1, [span(0, 4)], .secret)]) == [1])
    }

    @Test func aTextThatIsOneValueIsRewrittenInside() {
        let outer = claim(0, [span(0, 12)], .secret)
        #expect(kept([outer, claim(1, [span(0, 12), span(0, 8)], .secret, inner: 8)]) == [1])
    }

    @Test func aSecretThatHappensToDecodeIsReplacedWhole() {
        let outer = claim(0, [span(0, 12)], .secret)
        #expect(kept([outer, claim(1, [span(0, 12), span(2, 5)], inner: 8)]) == [0])
    }

    @Test func aTextAroundBase64IsReplacedWhole() {
        #expect(kept([claim(0, [span(0, 40)], .secret), claim(1, [span(10, 22), span(0, 8)], inner: 8)]) == [0])
    }

    @Test func whatIsFoundInTheDigitsThemselvesLoses() {
        let hit = claim(0, [span(3, 9)], .secret)
        #expect(kept([hit, claim(1, [span(0, 40), span(0, 3)], inner: 30)]) == [0])
        let harmless = claim(0, [span(3, 9)], .personal)
        #expect(
            kept([
                harmless, claim(1, [span(0, 40), span(0, 3)], inner: 30),
                claim(2, [span(0, 40), span(5, 9)], inner: 30),
            ]) == [1, 2]
        )
    }

    @Test func manyFindingsAreResolvedQuickly() {
        let claims = (0..<50_000).map { claim($0, [span($0 * 3, $0 * 3 + 2)]) }
        #expect(kept(claims) == Array(0..<50_000))
    }
}
