/// Takes what a camera, an editor or a person has written beside the picture out of an image: EXIF, XMP, IPTC, comments,
/// colour profiles, previews, time stamps and whatever stands behind the end.
///
/// What is needed to show the picture stays byte for byte, so that an image without any of that is not changed. The
/// orientation that EXIF gives a JPEG stays, since the picture would lie on its side without it.
package enum ImageMetadata {
    /// The contents of an image file without its metadata.
    ///
    /// - Returns: nil where `bytes` are no JPEG, PNG, GIF, WebP or icon, or a malformed one, of which nobody can say what
    ///   it holds.
    package static func removed(from bytes: [UInt8]) -> [UInt8]? {
        JPEGImage.withoutMetadata(bytes) ?? PNGImage.withoutMetadata(bytes) ?? GIFImage.withoutMetadata(bytes)
            ?? WebPImage.withoutMetadata(bytes) ?? IconImage.withoutMetadata(bytes)
    }
}

/// Reads the parts of an image one after the other; nil where they do not fit.
struct ImageReader {
    let bytes: [UInt8]
    /// The next byte's position.
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    /// The next `count` bytes.
    mutating func read(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.count - position else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// The next byte.
    mutating func readByte() -> UInt8? { read(1)?.first }

    /// Whether the next bytes are these, which are passed over then.
    mutating func skips(_ expected: some Collection<UInt8>) -> Bool {
        guard bytes[position...].starts(with: expected) else { return false }
        position += expected.count
        return true
    }

    /// A number of `count` bytes, the most significant first.
    mutating func readBigEndian(_ count: Int) -> Int? { read(count).map { $0.reduce(0) { $0 << 8 | Int($1) } } }

    /// A number of `count` bytes, the least significant first.
    mutating func readLittleEndian(_ count: Int) -> Int? {
        read(count).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }
}

extension Int {
    /// The lowest `count` bytes, the least significant first.
    func littleEndianBytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
