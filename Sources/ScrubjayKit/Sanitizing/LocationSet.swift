internal import Documents

/// A set of places in one file that determines in logarithmic time whether one of them contains another place.
struct LocationSet {
    /// Spans in one text, by their starts.
    fileprivate struct Spans {
        var starts: [Int] = []
        /// For each span, the largest end among it and those before it.
        var ends: [Int] = []
    }

    /// The spans of the last steps, by the spans of the steps that lead to them.
    private var texts: [[Span]: Spans] = [:]

    /// Takes locations in any order.
    init(_ locations: [Location]) {
        let byText = Dictionary(grouping: locations) { $0.steps.dropLast().map(\.span) }
        for (text, locations) in byText {
            var spans = Spans()
            for span in locations.compactMap(\.steps.last?.span).sorted(by: { $0.start < $1.start }) {
                spans.starts.append(span.start)
                spans.ends.append(max(span.end, spans.ends.last ?? 0))
            }
            texts[text] = spans
        }
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

extension LocationSet.Spans {
    /// Whether one of these spans contains the given one.
    fileprivate func contains(_ span: Span) -> Bool {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= span.start { low = middle + 1 } else { high = middle }
        }
        return low > 0 && ends[low - 1] >= span.end
    }
}
