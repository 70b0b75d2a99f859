/// Determines whether the character next to some bytes of a text is a word character.
///
/// Word characters are ASCII letters and digits, and the letters of scripts that put blanks between words, which UTF-8
/// encodes in two bytes: Latin, Greek, Cyrillic and similar ones. Punctuation is excluded, as are characters of scripts
/// without blanks, in which an ASCII name is directly adjacent to the next word. An invalid UTF-8 byte is read as
/// Latin-1.
enum WordCharacter {
    /// Whether the character that starts at `offset` is a word character.
    static func starts(at offset: Int, in text: [UInt8]) -> Bool {
        guard offset < text.count else { return false }
        let byte = text[offset]
        if byte < 0x80 { return ByteSet.alphanumerics.contains(byte) }
        let next = offset + 1 < text.count ? text[offset + 1] : 0
        return isLetter(lead: byte, continuation: isContinuation(next) ? next : nil)
    }

    /// Whether the character that ends before `offset` is a word character.
    static func ends(at offset: Int, in text: [UInt8]) -> Bool {
        guard offset > 0, offset <= text.count else { return false }
        var lead = offset - 1
        if text[lead] < 0x80 { return ByteSet.alphanumerics.contains(text[lead]) }
        while lead > 0, isContinuation(text[lead]), offset - lead < 4 { lead -= 1 }
        return isLetter(lead: text[lead], continuation: lead < offset - 1 ? text[lead + 1] : nil)
    }

    /// Returns the start of the run of bytes of `set` and two-byte letters that ends at `end`, at most `count` bytes
    /// long.
    ///
    /// An invalid UTF-8 byte ends the run, because such bytes are everywhere in binary data.
    static func runStart(of set: ByteSet, before end: Int, atMost count: Int, in text: [UInt8]) -> Int {
        var start = end
        while start > 0, end - start < count {
            if text[start - 1] < 0x80 {
                guard set.contains(text[start - 1]) else { break }
                start -= 1
            } else {
                guard start > 1, isLetter(at: start - 2, in: text) else { break }
                start -= 2
            }
        }
        return start
    }

    /// Returns the end of the run of bytes of `set` and two-byte letters from `start`, at most `count` bytes long.
    static func runEnd(of set: ByteSet, from start: Int, atMost count: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, end - start < count {
            if text[end] < 0x80 {
                guard set.contains(text[end]) else { break }
                end += 1
            } else {
                guard isLetter(at: end, in: text) else { break }
                end += 2
            }
        }
        return end
    }

    /// Whether the two bytes at `offset` are a non-ASCII letter.
    private static func isLetter(at offset: Int, in text: [UInt8]) -> Bool {
        offset + 1 < text.count && isContinuation(text[offset + 1])
            && isLetter(lead: text[offset], continuation: text[offset + 1])
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }

    private static func isLetter(lead: UInt8, continuation: UInt8?) -> Bool {
        guard let continuation else { return lead >= 0xc0 && !isSign(UInt32(lead)) }
        return (0xc3...0xdf).contains(lead) && !isSign(UInt32(lead & 0x1f) << 6 | UInt32(continuation & 0x3f))
    }

    /// Whether a character is a sign, such as `×`, or punctuation of a script of two-byte letters.
    private static func isSign(_ codePoint: UInt32) -> Bool {
        switch Unicode.Scalar(codePoint)?.properties.generalCategory {
        case .mathSymbol, .currencySymbol, .otherSymbol, .otherPunctuation, .dashPunctuation: true
        default: false
        }
    }
}
