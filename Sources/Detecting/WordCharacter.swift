/// Whether the character beside some bytes of a text is a word character.
///
/// ASCII letters and digits are, and so are letters of scripts that put blanks between words, which UTF-8 encodes in
/// two bytes: Latin, Greek, Cyrillic and similar ones. Punctuation is not, nor are characters of scripts without
/// blanks, in which an ASCII name stands directly beside the next word. An invalid UTF-8 byte is read as Latin-1.
enum WordCharacter {
    /// Whether the character that starts at `offset` is a word character.
    static func starts(at offset: Int, in text: [UInt8]) -> Bool {
        guard offset < text.count else { return false }
        let byte = text[offset]
        if byte < 0x80 { return ByteSet.alphanumerics.contains(byte) }
        return isLetter(lead: byte, hasContinuation: offset + 1 < text.count && isContinuation(text[offset + 1]))
    }

    /// Whether the character that ends before `offset` is a word character.
    static func ends(at offset: Int, in text: [UInt8]) -> Bool {
        guard offset > 0, offset <= text.count else { return false }
        var lead = offset - 1
        if text[lead] < 0x80 { return ByteSet.alphanumerics.contains(text[lead]) }
        while lead > 0, isContinuation(text[lead]), offset - lead < 4 { lead -= 1 }
        return isLetter(lead: text[lead], hasContinuation: lead < offset - 1)
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }

    private static func isLetter(lead: UInt8, hasContinuation: Bool) -> Bool {
        hasContinuation ? (0xc3...0xdf).contains(lead) : lead >= 0xc0
    }
}
