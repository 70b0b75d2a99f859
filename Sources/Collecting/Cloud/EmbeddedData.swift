internal import CEmbeddedData

/// The files of `Data`, compiled into the program.
enum EmbeddedData {
    static var cloudFields: [UInt8] { unsafe bytes(of: embedded_gcp_fields) }
    static var cloudImages: [UInt8] { unsafe bytes(of: embedded_gcp_images) }
    static var cloudPrices: [UInt8] { unsafe bytes(of: embedded_gcp_prices) }

    /// Returns the words of each line of a file that is neither empty nor a comment.
    static func words(of file: [UInt8]) -> [[String]] {
        file.split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        }
        .filter { $0.first.map { !$0.hasPrefix("#") } ?? false }
    }

    private static func bytes(of file: embedded_file) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }
}
