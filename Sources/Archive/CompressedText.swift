/// A text that is compressed by itself, as programs store it in a setting.
///
/// Unlike the contents of a bundle, it may have any header. Its checksum must be right, and nothing may follow it.
public enum CompressedText {
    /// The format of a compressed text.
    public enum Form: Hashable, Sendable, CaseIterable {
        /// One gzip member (RFC 1952).
        case gzip
        /// One zlib stream (RFC 1950).
        case zlib
        /// One Zstandard frame (RFC 8878).
        case zstandard
    }

    /// The result of reading.
    public enum Reading: Hashable, Sendable {
        /// The whole text.
        case whole([UInt8])
        /// The text is longer than allowed.
        case tooLong
        /// The bytes have another format, or are damaged.
        case damaged
    }

    /// The binary logarithm of zlib's largest window.
    private static let window: Int32 = 15
    /// The number that is added to it so that zlib reads the header and the trailer of gzip.
    private static let gzipWindow: Int32 = 16

    /// Decompresses a text of at most `limit` bytes.
    public static func read(_ bytes: [UInt8], as form: Form, atMost limit: Int) -> Reading {
        var text: [UInt8] = []
        do {
            let reader = try reader(of: form)
            func take(_ piece: [UInt8]) throws(ArchiveError) {
                text += piece
                guard text.count <= limit else { throw ArchiveError(.tooLarge, "a compressed text is too long") }
            }
            try reader.push(bytes, take)
            try reader.finish(take)
        } catch {
            return error.code == .tooLarge ? .tooLong : .damaged
        }
        return .whole(text)
    }

    private static func reader(of form: Form) throws(ArchiveError) -> any ByteStage {
        switch form {
        case .gzip: try Inflater(window: window + gzipWindow)
        case .zlib: try Inflater(window: window)
        case .zstandard: try ZstandardReader(takesAnyFrame: true)
        }
    }

    /// Compresses a text, without a time or a name.
    ///
    /// - Throws: ``ArchiveError`` with code `failed`.
    public static func compressed(_ text: [UInt8], as form: Form) throws(ArchiveError) -> [UInt8] {
        var bytes: [UInt8] = []
        let writer: any ByteStage =
            switch form {
            case .gzip: try GzipWriter()
            case .zlib: try Deflater(level: Gzip.level, window: window)
            case .zstandard: try ZstandardWriter(count: text.count)
            }
        func take(_ piece: [UInt8]) throws(ArchiveError) { bytes += piece }
        try writer.push(text, take)
        try writer.finish(take)
        return bytes
    }
}
