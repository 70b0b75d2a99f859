internal import Documents

/// A stretch of a file that is read by itself.
struct Piece: Hashable, Sendable {
    /// Its bytes.
    var span: Span
    /// The keys that lead to it in its file.
    var keyPath: [String] = []
    /// Whether it is a member of the outermost object of JSON.
    var isMember = false

    /// Where in its file the document begins that it is read as.
    var documentStart: Int { isMember ? span.start - 1 : span.start }
}

/// How pieces of a file are read by themselves, where the rest of it says nothing.
enum PieceReading: Hashable, Sendable {
    /// Each line stands for itself, and is read as this format.
    case lines(Format)
    /// Each object of JSON is read under the keys that lead to it, and of the outermost each scalar member by itself.
    case objects

    /// The size, in bytes, above which of a text for people or of markup only lines are read.
    private static let largeText = 1 << 16
    /// The size, in bytes, above which of a JSON text only objects are read.
    private static let largeJSON = 1 << 14

    /// How pieces of a file of that sort with so many bytes are read; nil where only the whole file tells what they mean.
    init?(path: String, sort: FileSort, byteCount: Int) {
        if sort == .program {
            self = .lines(.assignments)
        } else if byteCount > Self.largeText, let format = sort.lineFormat {
            self = .lines(format)
        } else if sort == .structure, byteCount > Self.largeJSON, Document.isJSON(path: path) {
            self = .objects
        } else {
            return nil
        }
    }

    /// The piece of `file` as a document.
    func document(of piece: Piece, in file: Document) -> Document {
        let bytes = file.bytes[piece.span.range]
        return switch self {
        case .lines(let format): Document(path: file.path, bytes: Array(bytes), format: format)
        case .objects where piece.isMember: Document(path: file.path, member: bytes)
        case .objects: Document(path: file.path, object: Array(bytes), at: piece.keyPath)
        }
    }

    /// What could not be read of a piece, with the lines of its file; of lines that stand for themselves nothing is missing.
    func notes(of document: Document, at piece: Piece, in file: Document) -> [Document.Note] {
        guard self == .objects, !document.notes.isEmpty else { return [] }
        let before = file.bytes[..<piece.span.start].count { $0 == UInt8(ascii: "\n") }
        return document.notes.map { Document.Note(line: $0.line.map { $0 + before }, message: $0.message) }
    }
}
