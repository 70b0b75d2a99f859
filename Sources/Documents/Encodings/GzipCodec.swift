internal import Archive

/// A text compressed with gzip, RFC 1952, as it stands in base64 in a setting: cloud-init's `gz+b64`, Terraform's
/// `base64gzip`, a release of Helm.
///
/// It is written anew without a time or a name, so that the same text gives the same bytes.
enum GzipCodec {
    /// The longest text that is read, in bytes.
    static let limit = 1 << 24

    static func decode(_ raw: ArraySlice<UInt8>) throws(DocumentError) -> DecodedText {
        guard case .whole(let text) = GzippedText.read(Array(raw), atMost: limit) else {
            let message = "a text is not compressed with gzip, is damaged, or is longer than \(limit) bytes"
            throw DocumentError(.malformed, at: Span(raw.startIndex, raw.endIndex), message)
        }
        return DecodedText(opaque: text, spelledBy: raw)
    }

    static func encode(_ value: [UInt8]) throws(DocumentError) -> [UInt8] {
        do {
            return try GzippedText.compressed(value)
        } catch {
            throw .unrepresentable(at: 0, "a text could not be compressed: \(error.message)")
        }
    }
}
