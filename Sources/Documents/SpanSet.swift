/// A set of spans in one text that determines in logarithmic time whether one of them contains another span.
package struct SpanSet: Sendable {
    private let starts: [Int]
    /// For each span, the greatest end among it and those before it.
    private let ends: [Int]

    /// Takes spans in any order; they may overlap.
    package init(_ spans: [Span]) {
        let spans = spans.sorted { $0.start < $1.start }
        starts = spans.map(\.start)
        var end = 0
        ends = spans.map { span in
            end = max(end, span.end)
            return end
        }
    }

    /// Whether one of the spans contains all of `span`.
    package func contains(_ span: Span) -> Bool {
        let count = starts.partitioningIndex { $0 > span.start }
        return count > 0 && ends[count - 1] >= span.end
    }
}
