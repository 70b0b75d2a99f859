/// GIF files (GIF89a specification): a screen, then images and extensions, each a list of sub-blocks.
enum GIFImage {
    /// The application extensions that define how often an animation repeats.
    private static let animations = ["NETSCAPE2.0", "ANIMEXTS1.0"].map { Array($0.utf8) }

    /// Returns the file without its metadata; nil if it is not a valid GIF.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ImageReader(bytes)
        guard reader.skips(Array("GIF87a".utf8)) || reader.skips(Array("GIF89a".utf8)) else { return nil }
        guard let screen = reader.read(7), skipColours(screen[screen.startIndex + 4], &reader) else { return nil }
        var result = Array(bytes[..<reader.position])
        while let introducer = reader.readByte() {
            let start = reader.position - 1
            switch introducer {
            case 0x3B: return result + [introducer]
            case 0x2C:
                guard let image = reader.read(9), skipColours(image[image.startIndex + 8], &reader),
                    reader.readByte() != nil, skipSubBlocks(&reader)
                else { return nil }
                result += bytes[start..<reader.position]
            case 0x21:
                guard let label = reader.readByte() else { return nil }
                let isAnimation = animations.contains { bytes[reader.position...].dropFirst().starts(with: $0) }
                guard skipSubBlocks(&reader) else { return nil }
                if label == 0xF9 || label == 0xFF && isAnimation { result += bytes[start..<reader.position] }
            default: return nil
            }
        }
        return nil
    }

    /// Skips the colour table, whose size is in the flags.
    private static func skipColours(_ flags: UInt8, _ reader: inout ImageReader) -> Bool {
        flags & 0x80 == 0 || reader.read(3 << (Int(flags & 7) + 1)) != nil
    }

    private static func skipSubBlocks(_ reader: inout ImageReader) -> Bool {
        while let size = reader.readByte() {
            if size == 0 { return true }
            if reader.read(Int(size)) == nil { return false }
        }
        return false
    }
}
