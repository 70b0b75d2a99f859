/// A text that a file holds: the file's own, or one inside of it, such as the YAML in a JSON string or what a base64
/// value decodes to.
public struct Layer: Sendable {
    /// The decoded text.
    public let text: [UInt8]
    /// The format that the text was read as.
    public let format: Format
    /// The addressed values, in the order of their spans.
    ///
    /// Two of them are apart, or one contains the other and both are spelled in the same way: `KEY=abc` in a list is a
    /// value, and so is the `abc` in it.
    public let values: [AddressedValue]
    /// The spans of `text` that a layer of their own stands for, in order; what is found there is found in that layer.
    public let covered: [Span]

    /// The keys that lead to the text, through all the texts around it; nil for the file's own.
    let address: Address?
    /// The opaque steps from the file to this text; empty where every byte has its own place in the file.
    let outerSteps: [Location.Step]
    /// The transparent encodings between this text and the text of the last opaque step, outermost first.
    let encodings: [Encoding]
    /// The maps from this text outwards to the text of the last opaque step, innermost first.
    let maps: [OffsetMap]
    /// The places in `values` of those that no other value contains, in the order of their spans.
    private let outermost: [Int]

    /// The values that no other value contains, in the order of their spans.
    public var outermostValues: [AddressedValue] { outermost.map { values[$0] } }

    /// The keys that lead to the text, through all the texts around it; empty for the file's own and for one that
    /// stands outside of any value.
    public var keyPath: [String] { address?.keyPath ?? [] }

    /// Makes a layer from what its reader found, and the places of the values that no other contains.
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

    /// The places of the values that no other contains, of values in the order of their spans.
    static func outermost(of values: [AddressedValue]) -> [Int] {
        var places: [Int] = []
        places.reserveCapacity(values.count)
        var span = Span(0, 0)
        for place in values.indices {
            let next = values[place].span
            // Of two spans with one start the longer comes second.
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

    /// Turns a span of this layer's text into its place in the file.
    ///
    /// A span inside of an addressed value gets that value's encoding, so that a replacement is escaped as the value is;
    /// any other stands as it is. Takes time logarithmic in the size of the layer.
    public func location(of span: Span) -> Location {
        precondition(span.end <= text.count, "a span lies inside its text")
        let encoding = value(around: span).map { [$0.encoding] } ?? []
        let outer = maps.reduce(span) { $1.rawSpan(of: $0) }
        return Location(outerSteps + [Location.Step(outer, encodings + encoding)])
    }

    /// The outermost addressed value that contains a span.
    func value(around span: Span) -> AddressedValue? {
        var low = 0
        var high = outermost.count
        while low < high {
            let middle = (low + high) / 2
            if values[outermost[middle]].span.start <= span.start { low = middle + 1 } else { high = middle }
        }
        // An empty value may begin where the value before it ends.
        for place in outermost[..<low].suffix(2).reversed() where values[place].span.contains(span) {
            return values[place]
        }
        return nil
    }
}
