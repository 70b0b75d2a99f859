/// A text in a file: the file's own, or a nested one, such as YAML in a JSON string or decoded base64.
public struct Layer: Sendable {
    /// The decoded text.
    public let text: [UInt8]
    /// The format in which the text was read.
    public let format: Format
    /// The addressed values, in order of their spans.
    ///
    /// Any two values are disjoint, or one contains the other and both have the same encoding: in a list, `KEY=abc` is
    /// a value, and so is the `abc` in it.
    public let values: [AddressedValue]
    /// The spans of `text` that have their own layers, in order; their findings are made in those layers.
    public let covered: [Span]

    /// The keys that lead to the text, through all enclosing texts; nil for the file's own.
    let address: Address?
    /// The opaque steps from the file to this text; empty if every byte has its own place in the file.
    let outerSteps: [Location.Step]
    /// The transparent encodings between this text and that of the last opaque step, outermost first.
    let encodings: [Encoding]
    /// The offset maps from this text outwards to that of the last opaque step, innermost first.
    let maps: [OffsetMap]
    /// The indices in `values` of the values that no other value contains, in order of their spans.
    private let outermost: [Int]

    /// The values that no other value contains, in order of their spans.
    public var outermostValues: [AddressedValue] { outermost.map { values[$0] } }

    /// The keys that lead to the text, through all enclosing texts; empty for the file's own and for a text outside any
    /// value.
    public var keyPath: [String] { address?.keyPath ?? [] }

    /// Makes a layer from its reader's results.
    init(
        text: [UInt8],
        format: Format,
        values: [AddressedValue],
        outermost: [Int],
        covered: [Span],
        address: Address?,
        outerSteps: [Location.Step],
        encodings: [Encoding],
        maps: [OffsetMap]
    ) {
        self.text = text
        self.format = format
        self.values = values
        self.covered = covered
        self.address = address
        self.outerSteps = outerSteps
        self.encodings = encodings
        self.maps = maps
        self.outermost = outermost
    }

    /// Returns the indices of the values that no other value contains; `values` are in order of their spans.
    static func outermost(of values: [AddressedValue]) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(values.count)
        var span = Span(0, 0)
        for place in values.indices {
            let next = values[place].span
            // Of two spans with the same start, the longer comes second.
            if places.isEmpty || !(next.contains(span) || span.contains(next)) {
                places.append(place)
                span = next
            } else if next.contains(span) {
                places[places.count - 1] = place
                span = next
            }
        }
        return places
    }

    /// Converts a span of this layer's text to its place in the file.
    ///
    /// A span inside an addressed value gets that value's encoding, so that a replacement is escaped like the value;
    /// any other span is literal. Takes time logarithmic in the size of the layer.
    public func location(of span: Span) -> Location {
        precondition(span.end <= text.count, "a span lies inside its text")
        let encoding = value(around: span).map { [$0.encoding] } ?? []
        let outer = maps.reduce(span) { $1.rawSpan(of: $0) }
        return Location(outerSteps + [Location.Step(outer, encodings + encoding)])
    }

    /// Extends a span that ends within an escape of an addressed value; for example, the first quote of `''` is not
    /// text.
    func wholeEscapes(around span: Span) -> Span {
        guard let value = value(around: span), (try? value.encoding.decode(text[span.range])) == nil,
            let decoded = try? value.encoding.decode(text[value.span.range])
        else { return span }
        let touched = decoded.bytes.indices.filter { decoded.rawSpan(of: Span($0, $0 + 1)).overlaps(span) }
        guard let first = touched.first, let last = touched.last else { return span }
        return decoded.rawSpan(of: Span(first, last + 1))
    }

    /// The outermost addressed value that contains a span.
    func value(around span: Span) -> AddressedValue? { EncodedRuns.value(around: span.range, of: values, outermost) }
}
