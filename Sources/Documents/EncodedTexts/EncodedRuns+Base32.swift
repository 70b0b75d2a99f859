// Finds texts in base32, whose digits are also base64 digits.
extension EncodedRuns {
    /// Whether a run of digits decodes to text.
    func mayBeBase32Text(_ run: Range<Int>) -> Bool { Base32Codec.text(of: text[run].prefix { $0 != .equals }) != nil }

    /// The text that a run of digits encodes in base32, including its padding; nil if it is not text.
    func base32(_ run: Range<Int>) -> EncodedRun? {
        let first = text[run].prefix { !$0.isWhitespace }
        guard mayBeBase32Text(first.startIndex..<first.endIndex) else { return nil }
        var end = run.upperBound
        while end > run.lowerBound, text[end - 1] == .equals { end -= 1 }
        let limit = min(text.count, end + 6)
        while end < limit, text[end] == .equals { end += 1 }
        guard let decoded = try? Encoding.base32.decode(text[run.lowerBound..<end]), Self.isText(decoded.bytes[...])
        else { return nil }
        return EncodedRun(range: run.lowerBound..<end, encoding: .base32, decoded: decoded)
    }
}
