/// Reads a file's text and its nested texts, one layer each.
struct LayerBuilder {
    /// The maximum nesting depth of texts: YAML in a JSON string in base64 in YAML is four.
    static let depthLimit = 8

    private(set) var layers: [Layer] = []
    var notes: [(offset: Int?, message: String)] = []
    private var queue: [PendingText] = []
    /// The spans of the file's own text in which nested texts are read, in order; nil for all of it.
    let places: [Span]?
    /// The total number of bytes that the decompressed texts of the file may still have.
    var room = 4 * CompressedCodec.limit

    init(places: [Span]? = nil) {
        self.places = places.map { places in
            places.reduce(into: []) { apart, place in
                if let last = apart.last, place.start < last.end {
                    apart[apart.count - 1].end = max(last.end, place.end)
                } else {
                    apart.append(place)
                }
            }
        }
    }

    /// Reads a file's bytes and their nested texts.
    mutating func build(_ text: [UInt8], as reading: Reading) {
        queue = [PendingText(text: text, reading: reading)]
        addQueue()
    }

    /// Reads a file in UTF-16 or UTF-32, and the nested texts of its decoded text.
    mutating func build(_ bytes: [UInt8], decodingTo text: DecodedText, by encoding: Encoding, as reading: Reading) {
        // The bytes themselves have no findings, because all belong to the decoded text.
        add(bytes, as: reading.format, covered: [Span(0, bytes.count)])
        queue = [PendingText(text: text.bytes, encodings: [encoding], maps: [text.map], reading: reading)]
        addQueue()
    }

    private mutating func addQueue() {
        // Layers are ordered by their depth.
        while !queue.isEmpty {
            let level = queue
            queue = []
            for pending in level { add(pending) }
        }
    }

    /// Adds a text without reading it.
    mutating func add(unread text: [UInt8]) { add(text, as: .assignments, covered: []) }

    private mutating func add(_ text: [UInt8], as format: Format, covered: [Span]) {
        layers.append(
            Layer(
                text: text,
                format: format,
                values: [],
                outermost: [],
                covered: covered,
                address: nil,
                outerSteps: [],
                encodings: [],
                maps: []
            )
        )
    }

    private mutating func add(_ pending: PendingText) {
        let values = pending.reading.sortedValues()
        let outermost = Layer.outermost(of: values)
        var children: [(span: Span, pending: PendingText)] = []
        if pending.reading.format != .binary {
            let parts = quotedPrintable(in: pending)
            children = parts.isEmpty ? nestedValues(of: pending, values) : []
            let format = pending.reading.format
            let certain =
                format == .yaml || format == .json
                ? SecretData.runs(in: pending.text, values: values, outside: children.map(\.span))
                    .filter { isRead(Span($0.range.lowerBound, $0.range.upperBound), in: pending) } : []
            let encoded = certain.map { Span($0.range.lowerBound, $0.range.upperBound) }
            let written = parts.map { Span($0.range.lowerBound, $0.range.upperBound) }
            let covered = (children.map(\.span) + encoded + written + linesWithoutPlaces(of: pending)).sorted {
                $0 < $1
            }
            let runs = encodedRuns(in: pending.text, values: values, outermost: outermost, outside: covered)
            children += (certain + parts + runs).map { run in
                let value = EncodedRuns.value(around: run.range, of: values, outermost)
                let address = (EncodedRuns.innermost(around: run.range, of: values) ?? value)?.address
                return (
                    Span(run.range.lowerBound, run.range.upperBound),
                    child(of: pending, run: run, spelledIn: value?.encoding, at: address)
                )
            }
            if pending.depth == Self.depthLimit, !children.isEmpty {
                notes.append((nil, "texts nested deeper than \(Self.depthLimit) levels were not read"))
                children = []
            }
        }
        children.sort { $0.span < $1.span }
        let layer = Layer(
            text: pending.text,
            format: pending.reading.format,
            values: values,
            outermost: outermost,
            covered: children.map(\.span),
            address: pending.address,
            outerSteps: pending.outerSteps,
            encodings: pending.encodings,
            maps: pending.maps
        )
        for note in pending.reading.notes {
            notes.append((note.offset.map { Self.fileOffset(of: $0, in: pending) }, note.message))
        }
        layers.append(layer)
        queue += children.map(\.pending)
    }
}
