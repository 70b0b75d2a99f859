/// A text that is compressed by itself, as programs put it into a setting.
///
/// Unlike what a bundle holds it may have any header; its checksum must be right, and nothing may follow.
public enum CompressedText {
    /// How a text is compressed.
    public enum Form: Hashable, Sendable, CaseIterable {
        /// One member of gzip, RFC 1952.
        case gzip
        /// One stream of zlib, RFC 1950.
        case zlib
        /// One frame of Zstandard, RFC 8878.
        case zstandard
    }

    /// How reading it ended.
    public enum Reading: Hashable, Sendable {
        /// It is this.
        case whole([UInt8])
        /// It is longer than was asked for.
        case tooLong
        /// The bytes are of another form, or damaged.
        case damaged
    }

    /// The binary logarithm of zlib's largest window.
    private static let window: Int32 = 15
    /// What is added to it where zlib takes the header and the trailer of gzip.
    private static let gzipWindow: Int32 = 16

    /// Decompresses a text of `limit` bytes at most.
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
