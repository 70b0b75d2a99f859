import Testing

@testable import Documents

@Suite struct SpanSetTests {
    @Test func aSpanIsContainedIfOneSpanCoversAllOfIt() {
        let spans = [Span(0, 4), Span(2, 20), Span(6, 8), Span(30, 31)]
        let set = SpanSet(spans.shuffled())
        for start in 0..<32 {
            for end in start...32 {
                let span = Span(start, end)
                #expect(set.contains(span) == spans.contains { $0.start <= start && end <= $0.end }, "\(span)")
            }
        }
        #expect(!SpanSet([]).contains(Span(0, 0)))
    }
}
