internal import Documents

/// Finds names that begin with a login: `Liamu`, `LIAMU`, `Liamurre`, `liamus` and `liamu42` for the login `liamu`.
///
/// People make logins from their names and add a number if one is taken, so a word that extends a login is rarely about
/// anyone else. A word counts if it is the login in another letter case, with or without a final `s`; if it is
/// capitalised, continues in lower-case letters and is not an English word; or if it continues with up to four digits.
/// A login of four letters begins too many words, so its capitalised form counts only in a copyright notice.
enum NameStem {
    private static let shortestInNotice = 4
    private static let shortest = 5

    /// Whether longer names are searched for: for logins of four letters or more that are not English words.
    static func isStem(_ value: KnownValue) -> Bool {
        value.kind == .userName && value.derivation == nil && value.bytes.count >= shortestInNotice
            && value.bytes.allSatisfy(ByteSet.letters.contains)
            && !ReservedValues.builtIn.isCommonWord(String(decoding: value.bytes, as: UTF8.self))
    }

    /// Returns the name that starts with the bytes at `stem`, which are a login in any letter case; nil if there is
    /// nothing but the login itself.
    static func name(startingWith stem: Span, of login: KnownValue, in text: [UInt8]) -> Span? {
        if WordCharacter.ends(at: stem.start, in: text) || stem.start > 0 && text[stem.start - 1] == UInt8(ascii: "_") {
            return nil
        }
        var end = stem.end
        while end < text.count, ByteSet.alphanumerics.contains(text[end]), end - stem.end <= 12 { end += 1 }
        let rest = text[stem.end..<end]
        let behind = end < text.count ? text[end] : UInt8(ascii: " ")
        guard rest.count <= 12, !WordCharacter.starts(at: end, in: text), behind != UInt8(ascii: "_"),
            behind != UInt8(ascii: "(")
        else {
            return nil
        }
        if login.bytes.count < shortest, !(rest.isEmpty && isInNotice(stem, in: text)) { return nil }
        if rest.isEmpty {
            let isFoundItself = login.caseInsensitive || text[stem.range].elementsEqual(login.bytes)
            // `MURRE-241` is a ticket, whose prefix may also be a login.
            let isTicket =
                behind == UInt8(ascii: "-") && end + 1 < text.count && ByteSet.digits.contains(text[end + 1])
            return isFoundItself || isTicket ? nil : stem
        }
        if rest.count == 1, rest.first?.lowered == UInt8(ascii: "s") { return Span(stem.start, end) }
        if rest.allSatisfy(ByteSet.digits.contains) { return rest.count <= 4 ? Span(stem.start, end) : nil }
        let word = text[stem.start..<end]
        let isName =
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text[stem.start])
            && word.dropFirst().allSatisfy((UInt8(ascii: "a")...UInt8(ascii: "z")).contains)
        guard isName, !ReservedValues.builtIn.isCommonWord(String(decoding: word, as: UTF8.self)) else { return nil }
        return Span(stem.start, end)
    }

    /// Whether a capitalised name is on the line of a copyright notice, behind the word for it.
    private static func isInNotice(_ name: Span, in text: [UInt8]) -> Bool {
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(text[name.start]) else { return false }
        let line = text[max(0, name.start - longestNotice)..<name.start].reversed().prefix {
            !ByteSet.lineEnd.contains($0)
        }
        return Array(line.reversed()).firstRange(of: notice) != nil
    }

    private static let longestNotice = 64
    private static let notice = Array("opyright".utf8)
}
