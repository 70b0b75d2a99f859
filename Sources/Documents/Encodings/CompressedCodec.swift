internal import Archive

/// A compressed text, as it stands in base64 in a setting: cloud-init's `gz+b64`, Terraform's `base64gzip`, a release of
/// Helm, zlib and Zstandard of programs.
///
/// It is written anew without a time or a name, so that the same text gives the same bytes.
enum CompressedCodec {
    /// The longest text that is read, in bytes.
    static let limit = 1 << 24

    static func decode(_ raw: ArraySlice<UInt8>, as form: CompressedText.Form) throws(DocumentError) -> DecodedText {
        guard case .whole(let text) = CompressedText.read(Array(raw), as: form, atMost: limit) else {
            let message = "a text is not compressed with \(form), is damaged, or is longer than \(limit) bytes"
            throw DocumentError(.malformed, at: Span(raw.startIndex, raw.endIndex), message)
        }
        return DecodedText(opaque: text, spelledBy: raw)
    }

    static func encode(_ value: [UInt8], as form: CompressedText.Form) throws(DocumentError) -> [UInt8] {
        do {
            return try CompressedText.compressed(value, as: form)
        } catch {
            throw .unrepresentable(at: 0, "a text could not be compressed: \(error.message)")
        }
    }
}
