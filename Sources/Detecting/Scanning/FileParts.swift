internal import Documents

/// Reads a large file in parts, so that only one part at a time needs memory.
///
/// Parts overlap, so that a value across the end of one part is complete in the next. A value counts in the part whose
/// own range contains its first byte; the ranges meet in the middle of the overlaps.
struct FileParts {
    /// A part of a file.
    struct Part {
        /// The path of the file.
        var path: String
        /// The bytes.
        var bytes: [UInt8]
        /// Their offset in the file.
        var offset: Int
        /// The offsets in `bytes` at which a value counts for this part.
        var own: Range<Int>

        /// The offset of the next part in the file.
        var nextOffset: Int

        /// The part as a text whose structure is not read, or as binary data.
        var document: Document {
            bytes.hasNUL ? Document(path: path, bytes: bytes, format: .binary) : Document(unreadAt: path, bytes: bytes)
        }
    }

    /// The sizes of large files and parts, in bytes.
    struct Sizes: Sendable {
        /// The size above which files are read in parts, without their structure.
        var threshold = Scanner.wholeFileLimit
        /// The size of a part.
        var part = 4 << 20
        /// The overlap of two consecutive parts.
        var overlap = 1 << 17
    }

    private let source: any ScanSource
    private let file: Int
    private let sizes: Sizes

    init(_ source: any ScanSource, file: Int, sizes: Sizes) {
        self.source = source
        self.file = file
        self.sizes = sizes
    }

    /// The first bytes of the file, enough to recognise what it is.
    var beginning: [UInt8] {
        var buffer: [UInt8] = []
        return source.read(file, from: 0, count: 512, into: &buffer) ? buffer : []
    }

    /// The path of the file.
    var path: String { source.path(of: file) }

    /// The size above which a file is large, in bytes.
    var threshold: Int { sizes.threshold }

    /// Calls `body` with each part, in order; stops early if the file can no longer be read.
    ///
    /// - Throws: what `body` throws.
    func forEach(_ body: (Part) throws -> Void) rethrows {
        var offset = 0
        var buffer: [UInt8] = []
        while source.read(file, from: offset, count: sizes.part, into: &buffer), !buffer.isEmpty {
            let isLast = buffer.count < sizes.part
            let start = offset == 0 ? 0 : sizes.overlap / 2
            let end = isLast ? buffer.count : buffer.count - sizes.overlap / 2
            let next = offset + sizes.part - sizes.overlap
            try body(Part(path: path, bytes: buffer, offset: offset, own: start..<max(start, end), nextOffset: next))
            if isLast { return }
            offset = next
        }
    }
}
