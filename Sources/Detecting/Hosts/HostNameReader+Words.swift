internal import Documents

extension HostNameReader {
    /// Whether a domain in running text is rather a member of something: its last label is both a word and a top-level
    /// domain, and the label before it names no owner, as in `docker.network` and `eth0.network`.
    func isMemberNamedAsHost(_ domain: Span) -> Bool {
        guard Self.endsInWord(text[domain.range]) else { return false }
        let name = String(decoding: text[domain.range].prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)
        let reserved = ReservedValues.builtIn
        let letters = name.utf8.count(where: ByteSet.letters.contains)
        guard letters >= (letters < name.utf8.count ? Self.shortestLabelWithOthers : Self.shortestLabel),
            name == name.lowercased(), !name.utf8.contains(UInt8(ascii: "_")), !reserved.isProduct(name)
        else { return true }
        return name.split(separator: "-").map(String.init).allSatisfy {
            WordLists.builtIn.isGenericName($0) || WordLists.builtIn.isCommonWord($0)
                || $0.utf8.allSatisfy(ByteSet.digits.contains)
        }
    }

    /// Whether the last label of a name is one of the top-level domains that are also words.
    static func endsInWord(_ name: ArraySlice<UInt8>) -> Bool {
        let last = name.reversed().prefix { $0 != UInt8(ascii: ".") }.reversed()
        return topLevelWords.contains(String(decoding: Array(last), as: UTF8.self).lowercased())
    }

    /// The minimum number of letters in a label that names an owner: of letters alone, and with digits or dashes.
    private static let shortestLabel = 4
    private static let shortestLabelWithOthers = 6
    private static let topLevelWords = Set(EmbeddedData.lines(EmbeddedData.topLevelWords))
}
