internal import Documents

/// Finds full names whose first name is a login: `liamu.murre` and `Liamu Murre` for the login `liamu`.
///
/// If only one half of a name is replaced, the other half still identifies the person.
enum FullName {
    private static let small = UInt8(ascii: "a")...UInt8(ascii: "z")
    private static let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    /// The first bytes of the letters from `À` to `ſ` in UTF-8.
    private static let beyondASCII = UInt8(0xc3)...UInt8(0xc5)
    private static let longestName = 32

    /// The span of the full name that begins with the login at `login`; `login` itself if there is no full name.
    static func span(startingWith login: Span, in text: [UInt8]) -> Span {
        guard login.end + 1 < text.count, text[login.range].allSatisfy(ByteSet.letters.contains) else { return login }
        switch text[login.end] {
        case UInt8(ascii: ".") where text[login.range].allSatisfy(small.contains): return joined(login, in: text)
        case UInt8(ascii: " ") where capitals.contains(text[login.start]): return written(login, in: text)
        default: return login
        }
    }

    /// Matches `liamu.murre`, unless it is a host name, a file name or a member of an object.
    private static func joined(_ login: Span, in text: [UInt8]) -> Span {
        let start = login.end + 1
        let end = self.end(of: small.contains, from: start, in: text)
        guard (3...longestName).contains(end - start), isEnd(end, in: text),
            end == text.count || !ByteSet("(.=[-").contains(text[end]), !isAssigned(at: end, in: text),
            login.start == 0 || !ByteSet("/@-_.").contains(text[login.start - 1])
        else { return login }
        let whole = String(decoding: text[login.start..<end], as: UTF8.self)
        guard isName(text[start..<end]), !HostNameReader.isFileName(whole),
            !HostNameReader.isUnderKnownTopLevel(whole)
        else { return login }
        return Span(login.start, end)
    }

    /// Whether something is assigned to the name that ends at `end`, which is therefore a key: `liamu.url = "x"`.
    private static func isAssigned(at end: Int, in text: [UInt8]) -> Bool {
        text[end...].prefix(4).drop { $0 == UInt8(ascii: " ") }.first == UInt8(ascii: "=")
    }

    /// Matches `Liamu Murre`.
    private static func written(_ login: Span, in text: [UInt8]) -> Span {
        let start = login.end + 1
        guard capitals.contains(text[start]) || beyondASCII.contains(text[start]) else { return login }
        let end = self.end(of: { small.contains($0) || $0 >= 0x80 }, from: start + 1, in: text)
        guard (3...longestName).contains(end - start), isEnd(end, in: text), isName(text[start..<end]) else {
            return login
        }
        return Span(login.start, end)
    }

    private static func end(of isIncluded: (UInt8) -> Bool, from start: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, end - start <= longestName, isIncluded(text[end]) { end += 1 }
        return end
    }

    private static func isEnd(_ end: Int, in text: [UInt8]) -> Bool {
        !WordCharacter.starts(at: end, in: text) && (end == text.count || text[end] != UInt8(ascii: "_"))
    }

    private static func isName(_ word: ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: word, as: UTF8.self)
        return !WordLists.builtIn.isGenericName(word) && !WordLists.builtIn.isCommonWord(word)
            && !ReservedValues.builtIn.isProduct(word)
    }
}
