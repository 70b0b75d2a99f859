internal import Documents

/// A set of places in one file that determines in logarithmic time whether one of them contains another place.
struct LocationSet {
    /// The spans of the last steps, by the spans of the steps that lead to them.
    private let texts: [[Span]: SpanSet]

    /// Takes locations in any order.
    init(_ locations: [Location]) {
        texts = Dictionary(grouping: locations) { $0.steps.dropLast().map(\.span) }
            .mapValues { SpanSet($0.compactMap(\.steps.last?.span)) }
    }

    /// Whether a location equals one of these or is inside it.
    func contains(_ location: Location) -> Bool {
        var text: [Span] = []
        for step in location.steps {
            if let spans = texts[text], spans.contains(step.span) { return true }
            text.append(step.span)
        }
        return false
    }
}
