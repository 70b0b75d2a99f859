internal import Documents

/// Finds names that begin with a login: `Liamu`, `LIAMU`, `Liamurre`, `liamus` and `liamu42` for the login `liamu`.
///
/// People make logins from their names and add a number if one is taken, so a word that extends a login is rarely about
/// anyone else. A word counts if it is the login in another letter case, with or without a final `s`; if it is
/// capitalised, continues in lower-case letters and is not an English word; or if it continues with up to four digits.
enum NameStem {
    /// Whether longer names are searched for: for logins of five letters or more that are not English words.
    static func isStem(_ value: KnownValue) -> Bool {
        value.kind == .userName && value.derivation == nil && value.bytes.count >= 5
            && value.bytes.allSatisfy(ByteSet.letters.contains)
            && !WordLists.builtIn.isCommonWord(String(decoding: value.bytes, as: UTF8.self))
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
        guard isName, !WordLists.builtIn.isCommonWord(String(decoding: word, as: UTF8.self)) else { return nil }
        return Span(stem.start, end)
    }
}
