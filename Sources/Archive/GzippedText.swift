/// A text that is compressed by itself, as programs put it into a setting: one member of gzip, RFC 1952.
///
/// Unlike a bundle's gzip it may have any header; its length and checksum must be right, and nothing may follow.
public enum GzippedText {
    /// How reading it ended.
    public enum Reading: Hashable, Sendable {
        /// It is this.
        case whole([UInt8])
        /// It is longer than was asked for.
        case tooLong
        /// The bytes are no member of gzip, or a damaged one.
        case damaged
    }

    /// Both a header and a trailer of gzip are taken by zlib itself.
    private static let gzipWindow: Int32 = 15 + 16

    /// Decompresses a text of `limit` bytes at most.
    public static func read(_ bytes: [UInt8], atMost limit: Int) -> Reading {
        var text: [UInt8] = []
        do {
            let inflater = try Inflater(window: gzipWindow)
            try inflater.push(bytes) { piece throws(ArchiveError) in
                text += piece
                guard text.count <= limit else { throw ArchiveError(.tooLarge, "a compressed text is too long") }
            }
            try inflater.finish { _ in }
        } catch {
            return error.code == .tooLarge ? .tooLong : .damaged
        }
        return .whole(text)
    }

    /// Compresses a text, without a time or a name.
    ///
    /// - Throws: ``ArchiveError`` with code `failed`.
    public static func compressed(_ text: [UInt8]) throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        let writer = try GzipWriter()
        try writer.push(text) { bytes += $0 }
        try writer.finish { bytes += $0 }
        return bytes
    }
}
