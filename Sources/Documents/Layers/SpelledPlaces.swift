/// Determines the encodings of bytes in a file when only their spans are known.
///
/// Each place gets the location in the innermost text that contains it, either byte by byte or with escapes.
package struct SpelledPlaces {
    /// A text and its place in the file.
    private struct Text {
        var layer: Int
        var span: Span
        /// The text that contains it; nil for the outermost.
        var parent: Int?
    }

    private let layers: [Layer]
    /// The texts ordered by their starts, outer texts before inner ones.
    private var texts: [Text] = []

    /// Prepares to locate places of a file, reading as much of it as they need.
    package init(path: String, bytes: [UInt8], places: [Location]) {
        let spans = places.filter { $0.steps.count == 1 }.map(\.fileSpan).sorted { $0 < $1 }
        self.init(Document(path: path, bytes: bytes, readAt: spans))
    }

    /// Prepares to locate places of a document.
    package init(_ document: Document) {
        layers = document.layers
        for (number, layer) in layers.enumerated() where layer.outerSteps.isEmpty {
            let whole = layer.maps.reduce(Span(0, layer.text.count)) { $1.rawSpan(of: $0) }
            texts.append(Text(layer: number, span: whole, parent: nil))
        }
        texts.sort { left, right in
            if left.span.start != right.span.start { return left.span.start < right.span.start }
            return left.span.end == right.span.end ? left.layer < right.layer : left.span.end > right.span.end
        }
        var around: [Int] = []
        for index in texts.indices {
            while let last = around.last, !texts[last].span.contains(texts[index].span) { around.removeLast() }
            texts[index].parent = around.last
            around.append(index)
        }
    }

    /// Returns the location of the bytes at `location`; one in an opaque text is returned unchanged.
    package func location(of location: Location) -> Location {
        guard location.steps.count == 1 else { return location }
        let given = location.steps[0]
        var index = lastText(startingUpTo: given.span.start)
        while let text = index {
            if texts[text].span.contains(given.span), let span = span(of: given.span, in: layers[texts[text].layer]) {
                let layer = layers[texts[text].layer]
                var spelled = layer.location(of: layer.maps.isEmpty ? layer.wholeEscapes(around: span) : span)
                if given.encodings.last == .percent, !spelled.steps[0].encodings.contains(.percent) {
                    spelled.steps[0].encodings.append(.percent)
                }
                return spelled
            }
            index = texts[text].parent
        }
        return location
    }

    private func lastText(startingUpTo start: Int) -> Int? {
        let next = texts.partitioningIndex { $0.span.start > start }
        return next > 0 ? next - 1 : nil
    }

    /// Returns the part of a layer's text that exactly these bytes of the file encode; nil if there is none.
    private func span(of bytes: Span, in layer: Layer) -> Span? {
        guard !layer.maps.isEmpty else { return bytes }
        let count = layer.text.count
        func raw(_ span: Span) -> Span { layer.maps.reduce(span) { $1.rawSpan(of: $0) } }
        func first(from start: Int, where holds: (Int) -> Bool) -> Int {
            (start..<count).partitioningIndex(where: holds)
        }
        let start = first(from: 0) { raw(Span($0, $0 + 1)).start >= bytes.start }
        let last = first(from: start) { raw(Span($0, $0 + 1)).end >= bytes.end }
        guard start <= last, last < count, raw(Span(start, last + 1)) == bytes else { return nil }
        return Span(start, last + 1)
    }
}
