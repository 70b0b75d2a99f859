internal import Documents

/// The layers of a document, indexed by the bytes that they decode.
struct LayerTree {
    private let layers: [Layer]
    private let byPlace: [[Span]: [Int]]

    init(_ document: Document) {
        layers = document.layers
        var byPlace: [[Span]: [Int]] = [:]
        for (number, layer) in document.layers.enumerated().dropFirst() {
            let steps = layer.location(of: Span(0, layer.text.count)).steps.map(\.span)
            byPlace[steps, default: []].append(number)
            // The text of an opaque step starts a new step, whose place is that of the enclosing step.
            if steps.count > 1, steps.last?.start == 0 { byPlace[Array(steps.dropLast()), default: []].append(number) }
        }
        self.byPlace = byPlace
    }

    /// Whether another layer decodes all bytes of `span` in the layer `number`.
    func hides(_ span: Span, in number: Int) -> Bool { cover(of: span, in: number) != nil }

    /// The bytes around `span` in the layer `number` that another layer decodes.
    private func cover(of span: Span, in number: Int) -> Span? {
        let covered = layers[number].covered
        let next = covered.partitioningIndex { $0.start > span.start }
        return next > 0 && covered[next - 1].contains(span) ? covered[next - 1] : nil
    }

    /// The place of `span` in the layer that decodes a larger part around it; nil if it has no place in that layer.
    func place(of span: Span, in number: Int) -> (layer: Int, span: Span)? {
        guard let cover = cover(of: span, in: number), let child = child(at: cover, in: number) else { return nil }
        if let decoded = decoded(span, of: number, in: child) { return (child, decoded) }
        let bytes = layers[number].text[span.range]
        let text = layers[child].text
        guard text.count >= bytes.count else { return nil }
        let start = (0...(text.count - bytes.count)).first { text[$0...].starts(with: bytes) }
        return start.map { (child, Span($0, $0 + bytes.count)) }
    }

    /// Returns the bytes of the layer `child` that the bytes of `span` in the layer `number` encode, byte by byte or
    /// with escapes; nil if there are none.
    private func decoded(_ span: Span, of number: Int, in child: Int) -> Span? {
        let outer = layers[number].location(of: span).steps
        let layer = layers[child]
        guard let place = outer.last?.span, layer.location(of: Span(0, layer.text.count)).steps.count == outer.count
        else { return nil }
        func raw(_ index: Int) -> Span { layer.location(of: Span(index, index + 1)).steps[outer.count - 1].span }
        func first(from start: Int, where holds: (Int) -> Bool) -> Int {
            (start..<max(start, layer.text.count)).partitioningIndex(where: holds)
        }
        let start = first(from: 0) { raw($0).start >= place.start }
        let last = first(from: start) { raw($0).end >= place.end }
        guard last < layer.text.count, raw(start).start == place.start, raw(last).end == place.end else { return nil }
        return Span(start, last + 1)
    }

    /// The layer that decodes exactly the bytes of `span` in the layer `number`.
    func child(at span: Span, in number: Int) -> Int? {
        guard layers[number].covered.contains(span) else { return nil }
        let steps = layers[number].location(of: span).steps.map(\.span)
        return byPlace[steps]?.first { $0 > number }
    }
}
