internal import Documents

/// The way to read pieces of a file separately, if the rest of the file does not affect their meaning.
enum PieceReading: Hashable, Sendable {
    /// Each line is independent, and is read in this format.
    case lines(Format)
    /// Each JSON object is read under the keys that lead to it, and each scalar member of the outermost object by
    /// itself.
    case objects

    /// The size in bytes above which only lines of prose or markup are read.
    private static let largeText = 1 << 16
    /// The size in bytes above which only objects of a JSON text are read.
    private static let largeJSON = 1 << 14

    /// Determines how pieces of a file of that sort and size are read; nil if only the whole file shows their meaning.
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

    /// Returns the piece of `file` as a document.
    func document(of piece: Piece, in file: Document) -> Document {
        let bytes = file.bytes[piece.span.range]
        return switch self {
        case .lines(let format): Document(path: file.path, bytes: Array(bytes), format: format)
        case .objects where piece.isMember: Document(path: file.path, member: bytes)
        case .objects: Document(path: file.path, object: Array(bytes), at: piece.keyPath)
        }
    }

    /// Returns the notes about unreadable parts of a piece, with the file's line numbers; empty for independent lines.
    func notes(of document: Document, at piece: Piece, in file: Document) -> [Document.Note] {
        guard self == .objects, !document.notes.isEmpty else { return [] }
        let before = file.bytes[..<piece.span.start].count { $0 == UInt8(ascii: "\n") }
        return document.notes.map { Document.Note(line: $0.line.map { $0 + before }, message: $0.message) }
    }
}
