/// Removes metadata from images: EXIF, XMP, IPTC, comments, colour profiles, previews, time stamps and trailing data.
///
/// The bytes needed to show the picture stay, so an image without metadata is unchanged. The EXIF orientation of a JPEG
/// is kept, because the picture would lie on its side without it.
package enum ImageMetadata {
    /// Returns an image file without its metadata.
    ///
    /// - Returns: the bytes; nil if they are not a valid JPEG, PNG, GIF, WebP or icon, so that their contents are
    ///   unknown.
    package static func removed(from bytes: [UInt8]) -> [UInt8]? {
        JPEGImage.withoutMetadata(bytes) ?? PNGImage.withoutMetadata(bytes) ?? GIFImage.withoutMetadata(bytes)
            ?? WebPImage.withoutMetadata(bytes) ?? IconImage.withoutMetadata(bytes)
    }
}

/// Reads the parts of an image in sequence.
///
/// A read past the end returns nil.
struct ImageReader {
    let bytes: [UInt8]
    /// The position of the next byte.
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

    /// Skips the next bytes if they are the expected ones, and returns whether they are.
    mutating func skips(_ expected: some Collection<UInt8>) -> Bool {
        guard bytes[position...].starts(with: expected) else { return false }
        position += expected.count
        return true
    }

    /// Reads a number of `count` bytes, the most significant first.
    mutating func readBigEndian(_ count: Int) -> Int? { read(count).map { $0.reduce(0) { $0 << 8 | Int($1) } } }

    /// Reads a number of `count` bytes, the least significant first.
    mutating func readLittleEndian(_ count: Int) -> Int? {
        read(count).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }
}

extension Int {
    /// Returns the lowest `count` bytes, the least significant first.
    func littleEndianBytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) } }
}
