internal import Detecting

extension ResidueCheck.Boundary {
    /// Whether the text around `start` to `end` does not make the value a different one.
    func holds(in text: [UInt8], from start: Int, to end: Int) -> Bool {
        let neighbours = Neighbours(text: text, start: start, end: end)
        let isLongerBefore = neighbours.before(isWord) || neighbours.followsLetter
        let isLongerWord = isLongerBefore || neighbours.behind(isWord)
        switch self {
        case .none: return true
        case .never: return false
        case .word:
            return !isLongerWord && !neighbours.precedesLetter && !neighbours.before(isUnderscore)
                && !neighbours.behind(isUnderscore)
        case .label:
            return Self.word.holds(in: text, from: start, to: end) && !Self.beginsWellKnownDomain(start, end, in: text)
        case .domain:
            return !isLongerWord && !neighbours.before(isHyphen) && !neighbours.behind(isHyphen)
                && !neighbours.behind(isDot, then: isWord)
        case .ipv4Address:
            return !neighbours.before(isDigit) && !neighbours.before(isDot, then: isDigit)
                && !neighbours.behind(isDigit) && !neighbours.behind(isDot, then: isDigit)
        case .colonAddress:
            return !neighbours.before(isHexDigit) && !neighbours.before(isColon, then: isHexDigit)
                && !neighbours.behind(isHexDigit) && !neighbours.behind(isColon, then: isHexDigit)
        }
    }

    /// Whether the first two or three labels from `start` on, of which the first one ends at `end`, are a well-known
    /// domain: it is somebody else's, although its first label is the owner's, too.
    private static func beginsWellKnownDomain(_ start: Int, _ end: Int, in text: [UInt8]) -> Bool {
        let name = text[start...].prefix(longestDomain).prefix { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-.".utf8.contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
        }
        let labels = name.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
        return [2, 3].contains { count in
            labels.count >= count && ReservedValues.builtIn.isWellKnown(labels.prefix(count).joined(separator: "."))
        }
    }

    private static let longestDomain = 253

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
    }
    private func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte.lowercasedASCII)
    }
    private func isUnderscore(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") }
    private func isHyphen(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") }
    private func isDot(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") }
    private func isColon(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") }
}

/// The text before and after some bytes.
private struct Neighbours {
    let text: [UInt8]
    let start: Int
    let end: Int

    /// Whether the two bytes before satisfy `first` and `second`.
    ///
    /// The last byte of an escape (`\n`, `%20`, `\x41`, `\u00e9`) does not count as adjacent text: the escape stands
    /// for a separator.
    func before(_ first: (UInt8) -> Bool, then second: (UInt8) -> Bool = { _ in true }) -> Bool {
        guard start > 0, first(text[start - 1]), !isEndOfEscape else { return false }
        return start > 1 ? second(text[start - 2]) : second(0)
    }

    /// Whether the two bytes after satisfy `first` and `second`.
    func behind(_ first: (UInt8) -> Bool, then second: (UInt8) -> Bool = { _ in true }) -> Bool {
        guard end < text.count, first(text[end]) else { return false }
        return end + 1 < text.count ? second(text[end + 1]) : second(0)
    }

    /// Whether the character before belongs to a word and has two bytes in UTF-8, as Greek and Arabic letters have.
    ///
    /// Scripts whose letters have three bytes are mostly written without blanks, so that a name is adjacent to the next
    /// word.
    var followsLetter: Bool { start > 1 && isLetter(text[start - 2], text[start - 1]) }

    /// Whether the character after belongs to a word and has two bytes in UTF-8.
    var precedesLetter: Bool { end + 1 < text.count && isLetter(text[end], text[end + 1]) }

    private func isLetter(_ lead: UInt8, _ rest: UInt8) -> Bool {
        guard (0xc3...0xdf).contains(lead), (0x80...0xbf).contains(rest),
            let scalar = Unicode.Scalar(UInt32(lead & 0x1f) << 6 | UInt32(rest & 0x3f))
        else { return false }
        switch scalar.properties.generalCategory {
        case .mathSymbol, .currencySymbol, .otherSymbol, .otherPunctuation, .dashPunctuation: return false
        default: return true
        }
    }

    private var isEndOfEscape: Bool {
        if start > 1 && text[start - 2] == UInt8(ascii: "\\") && "nrtbf".utf8.contains(text[start - 1]) { return true }
        if start > 3 && text[start - 4] == UInt8(ascii: "\\") && text[start - 3] == UInt8(ascii: "x") { return true }
        if start > 5 && text[start - 6] == UInt8(ascii: "\\") && text[start - 5] == UInt8(ascii: "u") { return true }
        return start > 2 && text[start - 3] == UInt8(ascii: "%")
    }
}
