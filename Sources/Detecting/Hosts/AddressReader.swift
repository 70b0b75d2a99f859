internal import Documents

/// Reads addresses at the places where vectorscan found a part of one.
struct AddressReader {
    let text: [UInt8]

    private static let hexRun = ByteSet.hexDigits.union(ByteSet(":."))

    // MARK: - IPv6

    /// The IPv6 address that contains the byte at `offset`; nil if there is none, or it identifies nothing.
    func ipv6(around offset: Int) -> Span? {
        var span = run(of: Self.hexRun, around: offset)
        guard span.count >= 6, span.count <= 60 else { return nil }
        // The run may begin with a label of the address: `ip6:`, `IP Address:`, `%22`.
        if byte(span.start - 1) == UInt8(ascii: "%"), span.count > 2 { span.start += 2 }
        if WordCharacter.ends(at: span.start, in: text), !isEscape(before: span.start),
            let colon = text[span.range].prefix(5).firstIndex(of: UInt8(ascii: ":"))
        {
            span.start = text[colon...].starts(with: "::".utf8) ? colon : colon + 1
        }
        // Text after a dot is the end of an address in IPv4 form, or of a file name.
        if let dot = text[span.range].firstIndex(of: UInt8(ascii: ".")),
            byte(dot + 1).map(ByteSet.digits.contains) != true
        {
            guard offset < dot else { return nil }
            span.end = dot
        }
        while span.count > 0, text[span.end - 1] == UInt8(ascii: ".") { span.end -= 1 }
        while span.count > 1, text[span.end - 1] == UInt8(ascii: ":"), text[span.end - 2] != UInt8(ascii: ":") {
            span.end -= 1
        }
        guard span.count >= 6, let address = IPv6Address(text[span.range]), !continuesWord(span) else { return nil }
        let digits = text[span.range].count { ByteSet.hexDigits.contains($0) }
        guard digits >= 5, text[span.range].contains(where: ByteSet.digits.contains) else { return nil }
        let prefix = prefixLength(behind: span)
        let first = address.groups[0]
        let isGlobal = first & 0xe000 == 0x2000 || first >> 12 >= 3 && first >> 12 <= 0xb
        let isLocal = first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80
        // A block that everyone uses: 2000::/3, fd00::/8, fe80::/10, 2002::/16.
        let isBlock = address.groups.dropFirst().allSatisfy { $0 == 0 }
        guard isGlobal || isLocal, !isBlock, (prefix ?? 128) > 16, !isDeniedRange(span), !isOfAccount(span)
        else { return nil }
        return span
    }

    /// Whether the numbers belong to an account in a table, with an empty last field before a path or at the end of a
    /// line: `1000:1000::/home`, `x:5000:5000::`.
    private func isOfAccount(_ span: Span) -> Bool {
        guard text[span.range].suffix(2).elementsEqual("::".utf8) else { return false }
        if byte(span.end) == UInt8(ascii: "/") { return byte(span.end + 1).map(ByteSet.letters.contains) == true }
        return byte(span.start - 1) == UInt8(ascii: ":") && byte(span.end).map(ByteSet.lineEnd.contains) ?? true
            && text[span.range].allSatisfy { ByteSet.digits.contains($0) || $0 == UInt8(ascii: ":") }
    }

    /// Whether the address is an end of a range in a TURN server's deny list.
    private func isDeniedRange(_ span: Span) -> Bool {
        guard byte(span.end) == UInt8(ascii: "-") || byte(span.start - 1) == UInt8(ascii: "-") else { return false }
        return Self.contains(Array(text[lineStart(of: span.start)..<span.start]), Array("denied-peer-ip".utf8))
    }

    // MARK: - Hardware

    /// The hardware address that ends at `end`; nil if there is none, or it identifies nothing.
    func mac(endingAt end: Int) -> Span? {
        let span = Span(max(0, end - 17), end)
        guard span.count == 17, !WordCharacter.ends(at: span.start, in: text), !isSeparator(byte(span.start - 1)),
            !WordCharacter.starts(at: span.end, in: text), !isSeparator(byte(span.end))
        else { return nil }
        let digits = text[span.range].filter(ByteSet.hexDigits.contains).map { $0 | 0x20 }
        guard digits.count == 12, Set(digits).count > 1 else { return nil }
        return span
    }

    private func isSeparator(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") }

    // MARK: - Phone

    /// The phone number with a plus at `offset` (ITU-T E.164): nine to fifteen digits, with single blanks, dots, dashes
    /// or parentheses between them.
    func phone(at offset: Int) -> Span? {
        if let before = byte(offset - 1), ByteSet.word.contains(before) || ByteSet("+/").contains(before) { return nil }
        // Base64 has equals signs and pluses at its ends; in a setting, a name precedes the equals sign.
        if byte(offset - 1) == UInt8(ascii: "="), byte(offset - 2).map(ByteSet.word.contains) != true { return nil }
        var position = offset + 1
        var digits = 0
        var last = position
        var separators = 0
        while let byte = byte(position) {
            if ByteSet.digits.contains(byte) {
                digits += 1
                separators = 0
                last = position + 1
            } else if ByteSet(" -.()/").contains(byte) && separators < 2 {
                separators += 1
            } else {
                break
            }
            position += 1
        }
        guard (9...15).contains(digits), byte(offset + 1) != UInt8(ascii: "0") else { return nil }
        if let behind = byte(last), ByteSet.word.contains(behind) || behind == UInt8(ascii: "=") { return nil }
        return Span(offset, last)
    }

    // MARK: - Text

    func byte(_ offset: Int) -> UInt8? { text.indices.contains(offset) ? text[offset] : nil }

    func run(of set: ByteSet, around offset: Int) -> Span {
        var start = offset
        var end = offset
        while start > 0, set.contains(text[start - 1]), offset - start < 64 { start -= 1 }
        while end < text.count, set.contains(text[end]), end - offset < 64 { end += 1 }
        return Span(start, end)
    }

    private func lineStart(of offset: Int) -> Int {
        var start = offset
        while start > 0, text[start - 1] != UInt8(ascii: "\n"), offset - start < 256 { start -= 1 }
        return start
    }

    func follows(_ literal: String, at offset: Int) -> Bool {
        let bytes = Array(literal.utf8)
        guard offset + bytes.count <= text.count else { return false }
        return zip(bytes, text[offset...]).allSatisfy { $0 == $1 | 0x20 || $0 == $1 }
    }

    static func contains(_ text: [UInt8], _ literal: [UInt8]) -> Bool {
        guard text.count >= literal.count else { return false }
        return (0...(text.count - literal.count)).contains { text[$0...].starts(with: literal) }
    }
}
