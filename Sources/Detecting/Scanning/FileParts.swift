internal import Documents

/// Reads a large file part by part, so that it takes the memory of one.
///
/// Parts overlap, so that what stands across the end of one stands as a whole in the next. A value counts in the part that
/// has its first byte in its own stretch, which begins and ends in the middle of the overlaps.
struct FileParts {
    /// A part of a file.
    struct Part {
        /// The path of the file.
        var path: String
        /// The bytes.
        var bytes: [UInt8]
        /// Where they begin in the file.
        var offset: Int
        /// The offsets in `bytes` at which a value counts.
        var own: Range<Int>

        /// Where the next part begins in the file.
        var nextOffset: Int

        /// The part as a text whose structure is not read.
        var document: Document { Document(unreadAt: path, bytes: bytes) }
    }

    /// Files of more bytes than this are read in parts, without their structure.
    static let threshold = 64 << 20
    private static let size = 4 << 20
    private static let overlap = 1 << 17

    private let source: any ScanSource
    private let file: Int

    init(_ source: any ScanSource, file: Int) {
        self.source = source
        self.file = file
    }

    /// Calls `body` with each part, in order; ends early where the file cannot be read any more.
    ///
    /// - Throws: what `body` throws.
    func forEach(_ body: (Part) throws -> Void) rethrows {
        let path = source.path(of: file)
        var offset = 0
        var buffer: [UInt8] = []
        while source.read(file, from: offset, count: Self.size, into: &buffer), !buffer.isEmpty {
            let isLast = buffer.count < Self.size
            let start = offset == 0 ? 0 : Self.overlap / 2
            let end = isLast ? buffer.count : buffer.count - Self.overlap / 2
            let next = offset + Self.size - Self.overlap
            try body(Part(path: path, bytes: buffer, offset: offset, own: start..<max(start, end), nextOffset: next))
            if isLast { return }
            offset = next
        }
    }
}
