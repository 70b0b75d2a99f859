/// JPEG files (ITU-T T.81 annex B): segments introduced by markers, and scans of compressed data.
enum JPEGImage {
    /// Returns the file without its metadata; nil if it is not a valid JPEG.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ImageReader(bytes)
        guard reader.skips(startOfImage) else { return nil }
        var result = startOfImage
        while let marker = readMarker(&reader) {
            if marker == endOfImage { return result + [0xFF, endOfImage] }
            if isRestart(marker) { return nil }
            guard let length = reader.readBigEndian(2), length >= 2, let body = reader.read(length - 2) else {
                return nil
            }
            let segment = [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + body
            switch marker {
            case startOfScan: result += segment + scan(&reader)
            case 0xC0...0xCF, 0xDB...0xDF: result += segment
            case 0xE0 where body.starts(with: jfif) && body.count >= jfifSize:
                // A preview may show parts that were cropped since, so its size becomes zero.
                result += [0xFF, marker, 0, UInt8(jfifSize + 2)] + body.prefix(jfifSize - 2) + [0, 0]
            case 0xE1: result += orientation(ofEXIF: Array(body)).map(exifSegment) ?? []
            case 0xEE where body.starts(with: Array("Adobe".utf8)): result += segment
            default: break
            }
        }
        return nil
    }

    private static let startOfImage: [UInt8] = [0xFF, 0xD8]
    private static let endOfImage: UInt8 = 0xD9
    private static let startOfScan: UInt8 = 0xDA
    private static let jfif = Array("JFIF\0".utf8)
    /// The size in bytes of a JFIF segment without a preview.
    private static let jfifSize = 14

    private static func isRestart(_ byte: UInt8) -> Bool { (0xD0...0xD7).contains(byte) }

    /// Reads the next marker, which any number of 0xFF bytes may precede.
    private static func readMarker(_ reader: inout ImageReader) -> UInt8? {
        guard reader.readByte() == 0xFF else { return nil }
        while let byte = reader.readByte() {
            if byte != 0xFF { return byte == 0 ? nil : byte }
        }
        return nil
    }

    /// Reads compressed data up to the next marker that does not belong to it.
    private static func scan(_ reader: inout ImageReader) -> ArraySlice<UInt8> {
        let bytes = reader.bytes
        var end = reader.position
        while end + 1 < bytes.count {
            if bytes[end] == 0xFF, bytes[end + 1] != 0, !isRestart(bytes[end + 1]) { break }
            end += 1
        }
        return reader.read(end - reader.position) ?? []
    }

    // MARK: - Orientation

    private static let exif = Array("Exif\0\0".utf8)
    /// The orientation tag in TIFF 6.0.
    private static let orientationTag = 0x0112
    private static let shortType = 3

    /// The orientation, 2 to 8; nil if it is missing or upright.
    private static func orientation(ofEXIF body: [UInt8]) -> UInt8? {
        guard body.starts(with: exif) else { return nil }
        let tiff = Array(body.dropFirst(exif.count))
        let isLittle = tiff.starts(with: Array("II".utf8))
        func number(at position: Int, _ count: Int) -> Int? {
            guard position >= 0, position + count <= tiff.count else { return nil }
            let digits = tiff[position..<position + count]
            return (isLittle ? Array(digits.reversed()) : Array(digits)).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(at: 4, 4), let count = number(at: directory, 2) else { return nil }
        for index in 0..<count {
            let entry = directory + 2 + 12 * index
            guard let tag = number(at: entry, 2), let type = number(at: entry + 2, 2) else { return nil }
            guard tag == orientationTag, type == shortType, let value = number(at: entry + 8, 2) else { continue }
            return (2...8).contains(value) ? UInt8(value) : nil
        }
        return nil
    }

    /// Returns an EXIF segment that holds only the orientation.
    private static func exifSegment(orientation: UInt8) -> [UInt8] {
        let tiff: [UInt8] =
            Array("MM".utf8) + [
                0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
            ]
        return [0xFF, 0xE1, 0, UInt8(2 + exif.count + tiff.count)] + exif + tiff
    }
}
