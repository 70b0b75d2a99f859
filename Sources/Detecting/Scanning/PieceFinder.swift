internal import Documents

/// Collects the places of a text at which its structure may tell more, and says what of it is to be read for them.
struct PieceFinder {
    private let reading: PieceReading?
    private let text: [UInt8]
    private var windows: LineWindows
    private var places: [Span] = []

    /// Prepares to find the pieces of `text`, which are read in that way; nil where only the whole text tells.
    init(_ text: [UInt8], reading: PieceReading?) {
        self.text = text
        self.reading = reading
        windows = LineWindows(text)
    }

    /// Whether one place is enough to read all of the text.
    var readsWhole: Bool { reading == nil }

    /// Takes a place.
    mutating func add(_ place: Span) {
        switch reading {
        case .lines: windows.add(around: place)
        case .objects, nil: places.append(place)
        }
    }

    /// The pieces to read, apart from each other and in order.
    ///
    /// Nil where the whole text is to be read. What names mean together with those above them, `names` knows.
    func pieces(_ names: NameMemory) -> [Piece]? {
        switch reading {
        case nil: return places.isEmpty ? [] : nil
        case .lines: return windows.parts.map { Piece(span: $0) }
        case .objects:
            guard !places.isEmpty else { return [] }
            // A name such as `name` says nothing, and `name` below `host` does.
            let objects = JSONOutline.objects(around: places.sorted(), in: text) { keys in
                names.matters(keys, in: text)
            }
            guard let objects else { return nil }
            // What is most of a text is as well read with the rest of it.
            guard objects.reduce(0, { $0 + $1.span.count }) * 2 < text.count else { return nil }
            return objects.map { Piece(span: $0.span, keyPath: $0.keyPath, isMember: $0.isMember) }
        }
    }
}
