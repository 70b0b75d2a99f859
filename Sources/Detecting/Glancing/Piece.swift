internal import Documents

/// A part of a file that is read by itself.
struct Piece: Hashable, Sendable {
    /// Its bytes.
    var span: Span
    /// The keys that lead to it in its file.
    var keyPath: [String] = []
    /// Whether it is a member of the outermost JSON object.
    var isMember = false

    /// The start, in the file, of the document as which the piece is read.
    var documentStart: Int { isMember ? span.start - 1 : span.start }
}
