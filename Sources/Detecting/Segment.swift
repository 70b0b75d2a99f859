internal import Documents

/// A stretch of a layer as a program would read it: the layer's text, or one of its values with the escapes undone.
///
/// Rules and propagation look at the bytes that are meant, not at those that spell them: in `"p\"w"` at `p"w`, and in
/// a block scalar at the lines without their indentation.
struct Segment {
    /// The bytes to look at.
    let text: [UInt8]
    /// What stands for something else: it is looked at in another segment, or in another layer.
    private let skipped: [Span]
    private let decoded: DecodedText?

    /// The segments of `layer`: its text first, then its outermost values that are not spelled by their own bytes.
    static func segments(of layer: Layer) -> [Segment] {
        var decodedValues: [(span: Span, text: DecodedText)] = []
        var end = 0
        for value in layer.values.sorted(by: { ($0.span.start, $1.span.end) < ($1.span.start, $0.span.end) })
        where value.span.start >= end {
            guard let text = decode(value, in: layer.text) else { continue }
            end = value.span.end
            guard !layer.covered.contains(where: { $0.overlaps(value.span) }) else { continue }
            decodedValues.append((value.span, text))
        }
        let skipped = (layer.covered + decodedValues.map(\.span)).sorted()
        return [Segment(text: layer.text, skipped: skipped, decoded: nil)]
            + decodedValues.map { Segment(text: $0.text.bytes, skipped: [], decoded: $0.text) }
    }

    /// What `value` means; nil where the bytes that spell it mean themselves, or are malformed.
    static func decode(_ value: AddressedValue, in text: [UInt8]) -> DecodedText? {
        guard !value.encoding.isOpaque, text[value.span.range].contains(where: marks.contains) else { return nil }
        guard let decoded = try? value.encoding.decode(text[value.span.range]) else { return nil }
        return decoded.bytes.elementsEqual(text[value.span.range]) ? nil : decoded
    }

    /// The bytes of which an escape of any encoding has at least one.
    private static let marks = ByteSet("\\\n\r&%'$")

    /// The bytes of the layer's text that spell `span`.
    func layerSpan(of span: Span) -> Span { decoded?.rawSpan(of: span) ?? span }

    /// Whether the text is a value with its escapes undone.
    var isDecoded: Bool { decoded != nil }

    /// Whether `span` shares bytes with what another segment or layer stands for.
    func skips(_ span: Span) -> Bool {
        var low = 0
        var high = skipped.count
        while low < high {
            let middle = (low + high) / 2
            if skipped[middle].start < span.end { low = middle + 1 } else { high = middle }
        }
        return low > 0 && skipped[low - 1].overlaps(span)
    }
}
