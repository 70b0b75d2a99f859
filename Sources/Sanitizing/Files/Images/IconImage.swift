/// Icons and cursors of Windows (`favicon.ico`): a directory, and bitmaps or PNG files.
enum IconImage {
    private static let headerSize = 6
    private static let entrySize = 16

    /// Returns the file without the metadata of its PNG images; nil if it is not a valid icon.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ImageReader(bytes)
        guard reader.readLittleEndian(2) == 0, let type = reader.readLittleEndian(2), type == 1 || type == 2,
            let count = reader.readLittleEndian(2), count > 0
        else { return nil }
        var directory = Array(bytes[..<headerSize])
        var images: [UInt8] = []
        for _ in 0..<count {
            guard let shown = reader.read(8), let size = reader.readLittleEndian(4),
                let offset = reader.readLittleEndian(4), offset >= headerSize + entrySize * count,
                offset <= bytes.count, size <= bytes.count - offset
            else { return nil }
            var image = Array(bytes[offset..<offset + size])
            if image.starts(with: PNGImage.signature) {
                guard let clean = PNGImage.withoutMetadata(image) else { return nil }
                image = clean
            } else if !image.starts(with: 40.littleEndianBytes(4)) {
                // A bitmap starts with the size of its header, which is 40 bytes (BITMAPINFOHEADER).
                return nil
            }
            directory += shown
            directory += image.count.littleEndianBytes(4)
            directory += (headerSize + entrySize * count + images.count).littleEndianBytes(4)
            images += image
        }
        return directory + images
    }
}
