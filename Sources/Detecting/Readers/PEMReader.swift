internal import Documents

/// Reads the text between `-----BEGIN X-----` and `-----END X-----` (RFC 7468).
struct PEMReader {
    let text: [UInt8]

    private static let longestBody = 1 << 16

    /// Whether blocks with this label contain their owner's names: certificates, requests and bundles of them.
    static func holdsNames(_ label: String) -> Bool {
        label.hasSuffix("CERTIFICATE") || label.hasSuffix("CERTIFICATE REQUEST") || label == "PKCS7" || label == "CMS"
    }

    /// Whether blocks with this label are secret: private keys, including those of OpenVPN, NATS and OpenPGP.
    static func holdsSecret(_ label: String) -> Bool {
        label.hasSuffix("PRIVATE KEY") || label.hasSuffix("PRIVATE KEY BLOCK") || label.hasSuffix("NKEY SEED")
            || label.hasPrefix("OpenVPN ")
    }

    /// The body after a `-----BEGIN ` that ends at `offset`, without the line ends around it, if `wants` accepts the
    /// label.
    ///
    /// Line ends may be spelled `\n`. A body of fewer than 40 bytes or an abridged one is ignored.
    func body(behind offset: Int, where wants: (String) -> Bool) -> Span? {
        let dashes = Array("-----".utf8)
        var position = offset
        while position < text.count, position - offset < 64, !text[position...].starts(with: dashes) { position += 1 }
        guard position < text.count, text[position...].starts(with: dashes) else { return nil }
        let label = text[offset..<position]
        guard wants(String(decoding: label, as: UTF8.self)) else { return nil }
        let start = position + dashes.count
        let limit = min(text.count, start + Self.longestBody)
        let ending = Array("-----END ".utf8) + label
        var end = start
        while end < limit, text[end] != UInt8(ascii: "-") || !text[end...].starts(with: ending) { end += 1 }
        guard end < limit else { return nil }
        let span = trimmed(Span(start, end))
        guard span.count >= 40, !isAbridged(span) else { return nil }
        return span
    }

    /// Whether dots replace a part of the body; a dot that joins two strings does not count.
    private func isAbridged(_ span: Span) -> Bool {
        var position = span.start
        while position < span.end {
            if text[position] == UInt8(ascii: ".") { return true }
            position = joint(from: position, to: span.end) ?? position + 1
        }
        return false
    }

    private func trimmed(_ span: Span) -> Span {
        var start = span.start
        var end = span.end
        while start < end {
            if ByteSet.space.contains(text[start]) {
                start += 1
            } else if let length = escapedLineEnd(at: start), start + length <= end {
                start += length
            } else if let next = joint(from: start, to: end) {
                start = next
            } else {
                break
            }
        }
        while end > start {
            // NATS ends its blocks with one dash more than it begins them.
            if ByteSet.space.contains(text[end - 1]) || text[end - 1] == UInt8(ascii: "-") {
                end -= 1
            } else if end - start >= 2, text[end - 2] == UInt8(ascii: "\\"), ByteSet("nr").contains(text[end - 1]) {
                end -= 2
                while end > start, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
            } else if let last = joint(before: end, from: start) {
                end = last
            } else {
                break
            }
        }
        return Span(start, end)
    }

    /// The end of the joint between two strings that starts at `start`: `" +` and a quote on the next line; nil if
    /// there is none.
    private func joint(from start: Int, to end: Int) -> Int? {
        let quote = text[start]
        guard Self.quotes.contains(quote) else { return nil }
        var position = start + 1
        while position < end, Self.joiners.contains(text[position]) { position += 1 }
        return position > start + 1 && position < end && text[position] == quote ? position + 1 : nil
    }

    /// The start of the joint between two strings that ends at `end`; nil if there is none.
    private func joint(before end: Int, from start: Int) -> Int? {
        let quote = text[end - 1]
        guard Self.quotes.contains(quote) else { return nil }
        var position = end - 1
        while position > start, Self.joiners.contains(text[position - 1]) { position -= 1 }
        return position < end - 1 && position > start && text[position - 1] == quote ? position - 1 : nil
    }

    private static let quotes = ByteSet("\"'`")
    /// The bytes between two strings that a program joins, including PHP's dot and a backslash at the end of a line.
    private static let joiners = ByteSet.space.union(ByteSet("+.\\"))

    /// The length of a `\n` or `\r` at `offset`, with any number of backslashes.
    private func escapedLineEnd(at offset: Int) -> Int? {
        var position = offset
        while position < text.count, text[position] == UInt8(ascii: "\\") { position += 1 }
        guard position > offset, position < text.count, ByteSet("nr").contains(text[position]) else { return nil }
        return position + 1 - offset
    }
}
