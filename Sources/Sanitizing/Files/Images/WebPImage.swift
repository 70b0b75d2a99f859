/// WebP files (RFC 9649 section 2): RIFF chunks.
enum WebPImage {
    private static let kept: Set<String> = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF"]
    /// The flags of a `VP8X` chunk that announce a colour profile, EXIF and XMP.
    private static let metadataFlags: UInt8 = 0x20 | 0x08 | 0x04

    /// Returns the file without its metadata; nil if it is not a valid WebP.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ImageReader(bytes)
        guard reader.skips(Array("RIFF".utf8)), let size = reader.readLittleEndian(4), size <= bytes.count - 8,
            reader.skips(Array("WEBP".utf8))
        else { return nil }
        var chunks: [UInt8] = []
        while reader.position < size + 8 {
            let start = reader.position
            guard let name = reader.read(4), let length = reader.readLittleEndian(4), reader.read(length) != nil,
                length % 2 == 0 || reader.readByte() != nil
            else { return nil }
            let type = String(decoding: name, as: UTF8.self)
            guard kept.contains(type) else { continue }
            var chunk = Array(bytes[start..<reader.position])
            if type == "VP8X", length > 0 { chunk[8] &= ~metadataFlags }
            chunks += chunk
        }
        return Array("RIFF".utf8) + (chunks.count + 4).littleEndianBytes(4) + Array("WEBP".utf8) + chunks
    }
}
