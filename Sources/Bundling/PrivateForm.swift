internal import Archive
internal import Sodium

/// The form of a private bundle: its archive is sealed by age to those who may open it.
///
/// A public bundle cannot be mistaken for one: the file name ends in ``ending``, the bytes begin as an age file, the
/// manifest says so, and the trusted comment names the sealed file. It does not name the tar, since a digest of what is
/// secret lets everybody try guesses of the little that they do not know.
public enum PrivateForm {
    /// What the file name ends in, behind the ending of the archive.
    public static let ending = ".age"

    /// Whether a file name is that of a private bundle.
    public static func isMeant(by fileName: String) -> Bool { fileName.hasSuffix(ending) }

    /// The name of the archive inside.
    static func archiveName(of fileName: String) -> String {
        isMeant(by: fileName) ? String(fileName.dropLast(ending.utf8.count)) : fileName
    }

    /// The pieces of the archive's file.
    ///
    /// - Parameters:
    ///   - file: the file that is shipped.
    ///   - identities: who opens it; nil where it is not sealed.
    ///   - packed: is shown the pieces of the file that is shipped.
    ///   - body: takes the pieces of the archive's file.
    /// - Throws: ``AgeError``; what the source or `body` throws.
    static func forEachPiece(
        of file: ByteSource,
        openedBy identities: [AgeIdentity]?,
        packed: ([UInt8]) -> Void,
        _ body: ([UInt8]) throws -> Void
    ) throws {
        guard let identities else {
            return try file.forEachPiece { piece in
                packed(piece)
                try body(piece)
            }
        }
        var reader = AgeReader(with: identities)
        func take(_ opened: RawSpan) throws { try body(unsafe opened.withUnsafeBytes { unsafe Array($0) }) }
        try file.forEachPiece { piece in
            packed(piece)
            try reader.read(unsafe piece.span.bytes, to: take)
        }
        try reader.finish(to: take)
    }
}
