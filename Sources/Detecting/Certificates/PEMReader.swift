internal import Documents

/// Reads the text between `-----BEGIN X-----` and `-----END X-----` (RFC 7468).
struct PEMReader {
    let text: [UInt8]

    private static let longestBody = 1 << 16
    private static let beginning = Array("-----BEGIN ".utf8)

    /// Whether blocks with this label contain their owner's names: certificates, requests, and bundles of certificates.
    static func holdsNames(_ label: String) -> Bool {
        label.hasSuffix("CERTIFICATE") || label.hasSuffix("CERTIFICATE REQUEST") || label == "PKCS7" || label == "CMS"
    }

    /// Whether blocks with this label are secret: private keys, including those of OpenVPN, NATS and OpenPGP.
    static func holdsSecret(_ label: String) -> Bool {
        label.hasSuffix("PRIVATE KEY") || label.hasSuffix("PRIVATE KEY BLOCK") || label.hasSuffix("NKEY SEED")
            || label.hasPrefix("OpenVPN ")
    }

    /// The body after a `-----BEGIN ` that ends at `offset`, without the line ends around it; empty unless `wants`
    /// accepts the label.
    ///
    /// It is one span, whose line ends may be spelled `\n`. If there is code between the lines of the body, because
    /// each is a string, a comment or a list item, there is a span for each line. An abridged body, or one of fewer
    /// than 40 bytes, is ignored.
    func body(behind offset: Int, where wants: (String) -> Bool) -> [Span] {
        let dashes = Array("-----".utf8)
        var position = offset
        while position < text.count, position - offset < 64, !text[position...].starts(with: dashes) { position += 1 }
        guard position < text.count, text[position...].starts(with: dashes) else { return [] }
        let label = text[offset..<position]
        guard wants(String(decoding: label, as: UTF8.self)) else { return [] }
        let start = position + dashes.count
        let limit = min(text.count, start + Self.longestBody)
        let ending = Array("-----END ".utf8) + label
        var end = start
        while end < limit, text[end] != UInt8(ascii: "-") || !text[end...].starts(with: ending) {
            // A block that begins within another shows that the outer one has no end.
            if text[end] == UInt8(ascii: "-"), text[end...].starts(with: Self.beginning) { return [] }
            end += 1
        }
        guard end < limit else { return [] }
        let lines = PEMLines(text: text, start: start, end: end, head: offset).spans ?? [trimmed(Span(start, end))]
        let isAbridged = lines.contains { text[$0.range].contains(UInt8(ascii: ".")) }
        return lines.reduce(0) { $0 + $1.count } >= 40 && !isAbridged ? lines : []
    }

    private func trimmed(_ span: Span) -> Span {
        var start = span.start
        var end = span.end
        while start < end {
            if ByteSet.space.contains(text[start]) {
                start += 1
            } else if let length = escapedLineEnd(at: start), start + length <= end {
                start += length
            } else {
                break
            }
        }
        while end > start {
            // NATS ends its blocks with one more dash than it begins them with.
            if ByteSet.space.contains(text[end - 1]) || text[end - 1] == UInt8(ascii: "-") {
                end -= 1
            } else if end - start >= 2, text[end - 2] == UInt8(ascii: "\\"), ByteSet("nr").contains(text[end - 1]) {
                end -= 2
                while end > start, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
            } else {
                break
            }
        }
        return Span(start, end)
    }

    /// The length of a `\n` or `\r` at `offset`, with any number of backslashes.
    private func escapedLineEnd(at offset: Int) -> Int? {
        var position = offset
        while position < text.count, text[position] == UInt8(ascii: "\\") { position += 1 }
        guard position > offset, position < text.count, ByteSet("nr").contains(text[position]) else { return nil }
        return position + 1 - offset
    }
}
