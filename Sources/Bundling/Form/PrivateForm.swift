internal import Archive
internal import Sodium

/// The form of a private bundle: its archive is sealed with age to its recipients.
///
/// It cannot be mistaken for a public bundle: the file name ends in ``ending``, the bytes begin like an age file, the
/// manifest says so, and the trusted comment names the sealed file. The comment does not name the tar, because a digest
/// of secret data lets anyone test guesses of its unknown parts.
public enum PrivateForm {
    /// The suffix of the file name, after the archive's extension.
    public static let ending = ".age"

    /// Whether a file name is that of a private bundle.
    public static func isMeant(by fileName: String) -> Bool { fileName.hasSuffix(ending) }

    /// Returns the name of the archive inside a bundle's file.
    static func archiveName(of fileName: String) -> String {
        isMeant(by: fileName) ? String(fileName.dropLast(ending.utf8.count)) : fileName
    }

    /// Delivers the pieces of the archive's file.
    ///
    /// - Parameters:
    ///   - file: the shipped file.
    ///   - identities: the identities that open it; nil if it is not sealed.
    ///   - packed: receives the pieces of the shipped file.
    ///   - body: receives the pieces of the archive's file.
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
