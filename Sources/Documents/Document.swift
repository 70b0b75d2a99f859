/// A file, read into layers of addressed values over its original bytes.
public struct Document: Sendable {
    /// A problem that occurred while a file was read.
    public struct Note: Hashable, Sendable {
        /// The 1-based line where reading stopped; nil if the note is about the whole file.
        public var line: Int?
        /// The problem, in one lower-case sentence that contains no value of the file.
        public var message: String

        /// Makes a note.
        public init(line: Int? = nil, message: String) {
            self.line = line
            self.message = message
        }
    }

    /// The contents of a file.
    private struct Contents {
        var bytes: [UInt8]
        var layers: [Layer]
    }

    /// The storage of the contents.
    private enum Storage {
        case held(Contents)
        case released(@Sendable () -> [UInt8])
    }

    /// The path relative to the root of the deployment, with `/` between its components.
    public let path: String
    /// The parts that could not be read in the file's format.
    public let notes: [Note]
    /// Whether the file's own bytes are binary.
    public let isBinary: Bool
    private let storage: Storage

    /// The UTF-8 byte order mark, which is not part of any value.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// The maximum number of notes kept for a file.
    private static let noteLimit = 64

    /// Reads a file.
    ///
    /// It never fails: a part that is malformed in its format is read line by line or as prose, with a note. UTF-16 and
    /// UTF-32 are read as the text that they encode, in a separate layer after that of the bytes. Binary bytes (with a
    /// NUL, or neither UTF-8 nor mostly printable) result in one layer without values. Time and memory are linear in
    /// the size of the file.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root of the deployment; its last component helps to recognise the format.
    ///   - bytes: The bytes of the file.
    ///   - format: The format, if it is already known.
    public init(path: String, bytes: [UInt8], format: Format? = nil) {
        let builder = Self.layers(path: path, bytes: bytes, format: format)
        self.init(path, builder.layers, bytes, notes: Self.numbered(builder.notes, in: bytes))
    }

    /// Reads a file's own text, and the nested texts at given places.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root of the deployment; its last component helps to recognise the format.
    ///   - bytes: The bytes of the file.
    ///   - places: The spans of the file at which nested texts are read, in order.
    package init(path: String, bytes: [UInt8], readAt places: [Span]) {
        let builder = Self.layers(path: path, bytes: bytes, format: nil, places: places)
        self.init(path, builder.layers, bytes, notes: Self.numbered(builder.notes, in: bytes))
    }

    /// Returns the format recognised from a file's name and text, whether or not the text can be parsed.
    public static func recognisedFormat(path: String, bytes: [UInt8]) -> Format {
        let encoding = TextEncoding(of: bytes)
        if encoding != .none { return recognisedFormat(path, bytes, isUTF8: encoding == .utf8) }
        return TextEncoding.wide(bytes).map { recognisedFormat(path, $0.text.bytes, isUTF8: true) } ?? .binary
    }

    private static func recognisedFormat(_ path: String, _ text: [UInt8], isUTF8: Bool) -> Format {
        let start = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        return FormatReader.format(of: text, in: start..<text.count, name: FileName(path: path), isUTF8: isUTF8)
    }

    private init(_ path: String, _ layers: [Layer], _ bytes: [UInt8], notes: [Note]) {
        self.path = path
        self.notes = notes
        isBinary = layers.first?.format == .binary
        storage = .held(Contents(bytes: bytes, layers: layers))
    }

    /// Makes the document of a file whose contents are not kept in memory: each access reads them again.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root of the deployment; its last component helps to recognise the format.
    ///   - bytes: The bytes of the file, used only to determine whether it is text.
    ///   - notes: The notes of an earlier reading.
    ///   - read: Returns the bytes, which are the same each time.
    public init(
        releasedAt path: String,
        bytes: [UInt8],
        notes: [Note],
        reading read: @escaping @Sendable () -> [UInt8]
    ) {
        self.path = path
        self.notes = notes
        isBinary = TextEncoding(of: bytes) == .none && TextEncoding.wide(bytes) == nil
        storage = .released(read)
    }

    /// The bytes of the file.
    public var bytes: [UInt8] {
        switch storage {
        case .held(let contents): contents.bytes
        case .released(let read): read()
        }
    }

    /// The layers.
    ///
    /// The first is the file's own text; each nested one comes after the one that contains it.
    public var layers: [Layer] {
        switch storage {
        case .held(let contents): contents.layers
        case .released(let read): Self.layers(path: path, bytes: read(), format: nil).layers
        }
    }

    private static func layers(
        path: String,
        bytes: [UInt8],
        format: Format?,
        places: [Span]? = nil
    ) -> LayerBuilder {
        let encoding = TextEncoding(of: bytes)
        // The places refer to the bytes of the file, which differ from those of text decoded from wide characters.
        var builder = LayerBuilder(places: encoding == .none ? nil : places)
        if encoding == .none || format == .binary {
            if format != .binary, let wide = TextEncoding.wide(bytes) {
                let reading = Self.reading(wide.text.bytes, path: path, format: format, isUTF8: true)
                builder.build(bytes, decodingTo: wide.text, by: wide.encoding, as: reading)
            } else {
                builder.build(bytes, as: Reading(as: .binary))
            }
        } else {
            var reading = Self.reading(bytes, path: path, format: format, isUTF8: encoding == .utf8)
            if encoding == .eightBit {
                let message = "the text is not UTF-8; its non-ASCII bytes were read as they are"
                reading.notes.append(.init(message: message))
            }
            builder.build(bytes, as: reading)
        }
        return builder
    }

    /// Takes a text that has already been read.
    init(path: String, bytes: [UInt8], reading: Reading) {
        var builder = LayerBuilder()
        builder.build(bytes, as: reading)
        self.init(path, builder.layers, bytes, notes: Self.numbered(builder.notes, in: bytes))
    }

    /// Reads a text, skipping a leading byte order mark.
    private static func reading(_ text: [UInt8], path: String, format: Format?, isUTF8: Bool) -> Reading {
        let start = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let name = FileName(path: path)
        return FormatReader.read(text, in: start..<text.count, name: name, format: format, isUTF8: isUTF8)
    }

    /// Whether a file's text contains the names of its values.
    ///
    /// In a table such as `/etc/passwd` the names follow from the position in a line, and in a file of one word from
    /// the file's name.
    public static func containsNamesOfValues(path: String, bytes: [UInt8]) -> Bool {
        FormatReader.containsNamesOfValues(bytes, name: FileName(path: path))
    }

    /// Whether a file is read as SQL, where the name of a column may be far from its values.
    package static func isSQL(path: String) -> Bool { FileName(path: path).isSQL }

    /// Makes the document of a file whose structure is not read: one layer with its text and without values.
    ///
    /// - Parameters:
    ///   - path: The path relative to the root of the deployment.
    ///   - bytes: The bytes of the file.
    public init(unreadAt path: String, bytes: [UInt8]) {
        var builder = LayerBuilder()
        builder.add(unread: bytes)
        self.init(path, builder.layers, bytes, notes: [])
    }

    /// Whether the contents are not kept in memory.
    public var isReleased: Bool {
        guard case .released = storage else { return false }
        return true
    }

    /// Returns the same file with its contents in memory, for several accesses.
    public func loaded() -> Document {
        guard case .released(let read) = storage else { return self }
        return Document(path: path, bytes: read())
    }

    /// Whether the file contains a text whose bytes differ from those in the file.
    ///
    /// Such a text is encoded as a whole (for example in base64, compressed, or a composed shell word), or it is in
    /// UTF-16, UTF-32, quoted-printable or an encoded word.
    public var hidesTexts: Bool {
        layers.contains { layer in
            !layer.outerSteps.isEmpty || layer.encodings.first.map(Self.hidesBytes) ?? false
        }
    }

    private static func hidesBytes(_ encoding: Encoding) -> Bool {
        switch encoding {
        case .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian, .quotedPrintable, .encodedWord:
            true
        default: false
        }
    }

    /// Converts the offsets of notes to lines, in one pass over the file.
    private static func numbered(_ notes: [(offset: Int?, message: String)], in bytes: [UInt8]) -> [Note] {
        var numbered: [Note] = []
        var line = 1
        var index = 0
        var seen: Set<Note> = []
        for note in notes.sorted(by: { ($0.offset ?? -1) < ($1.offset ?? -1) }) {
            guard numbered.count < noteLimit else {
                numbered.append(Note(message: "there are more than \(noteLimit) notes; the rest is left out"))
                break
            }
            if let offset = note.offset {
                while index < offset {
                    if bytes[index] == .newline { line += 1 }
                    index += 1
                }
            }
            let entry = Note(line: note.offset == nil ? nil : line, message: note.message)
            if seen.insert(entry).inserted { numbered.append(entry) }
        }
        return numbered
    }
}
