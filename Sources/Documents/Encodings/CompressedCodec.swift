internal import Archive

/// Compressed text, as settings contain it in base64: cloud-init's `gz+b64`, Terraform's `base64gzip`, a Helm release,
/// zlib and Zstandard data of programs.
///
/// It is compressed again without a time or a name, so that the same text gives the same bytes.
enum CompressedCodec {
    /// The maximum size in bytes of a decompressed text.
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
