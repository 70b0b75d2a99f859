internal import Documents

/// Collects the places in a text whose structure may reveal more, and determines what to read for them.
struct PieceFinder {
    private let reading: PieceReading?
    private let text: [UInt8]
    private var windows: LineWindows
    private var places: [Span] = []

    /// Prepares to find the pieces of `text`; `reading` is the way they are read, or nil if only the whole text shows
    /// their meaning.
    init(_ text: [UInt8], reading: PieceReading?) {
        self.text = text
        self.reading = reading
        windows = LineWindows(text)
    }

    /// Whether a single place is enough to require reading the whole text.
    var readsWhole: Bool { reading == nil }

    /// Adds a place.
    mutating func add(_ place: Span) {
        switch reading {
        case .lines: windows.add(around: place)
        case .objects, nil: places.append(place)
        }
    }

    /// Returns the pieces to read, disjoint and in order.
    ///
    /// Nil if the whole text must be read. `names` knows the meaning of names in combination with those above them.
    func pieces(_ names: NameMemory) -> [Piece]? {
        switch reading {
        case nil: return places.isEmpty ? [] : nil
        case .lines: return windows.parts.map { Piece(span: $0) }
        case .objects:
            guard !places.isEmpty else { return [] }
            // A name such as `name` means nothing by itself, but `name` below `host` does.
            let objects = JSONOutline.objects(around: places.sorted(), in: text) { keys in
                names.matters(keys, in: text)
            }
            guard let objects else { return nil }
            // If the objects make up most of the text, the whole text is read.
            guard objects.reduce(0, { $0 + $1.span.count }) * 2 < text.count else { return nil }
            return objects.map { Piece(span: $0.span, keyPath: $0.keyPath, isMember: $0.isMember) }
        }
    }
}
