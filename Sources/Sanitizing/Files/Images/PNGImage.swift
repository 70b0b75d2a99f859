/// PNG files (W3C PNG, third edition, section 5): a signature and chunks.
enum PNGImage {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The chunks needed to render the picture; texts, times, profiles and private chunks are not.
    private static let kept: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "cICP", "bKGD", "pHYs", "sBIT", "hIST", "acTL",
        "fcTL", "fdAT",
    ]

    /// Returns the file without its metadata; nil if it is not a valid PNG.
    static func withoutMetadata(_ bytes: [UInt8]) -> [UInt8]? {
        var reader = ImageReader(bytes)
        guard reader.skips(signature) else { return nil }
        var result = signature
        while true {
            let start = reader.position
            guard let length = reader.readBigEndian(4), let name = reader.read(4), reader.read(length + 4) != nil else {
                return nil
            }
            let type = String(decoding: name, as: UTF8.self)
            if kept.contains(type) { result += bytes[start..<reader.position] }
            if type == "IEND" { return result }
        }
    }
}
