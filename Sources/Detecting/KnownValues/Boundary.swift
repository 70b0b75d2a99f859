/// The text before and after some bytes, by which the rule of ``KnownValue/Matching`` decides.
///
/// An escape before the bytes does not belong to the word: in `\nwren.test` and `%40wren.test` the name starts after
/// it.
struct Boundary {
    private let text: [UInt8]
    private let start: Int
    private let end: Int

    init(text: [UInt8], start: Int, end: Int) {
        self.text = text
        self.start = start
        self.end = end
    }

    /// Whether a value with that matching counts here.
    func allows(_ matching: KnownValue.Matching) -> Bool {
        switch matching {
        case .anywhere: true
        case .placeOnly: false
        case .wholeWord: !joinsWordBefore && !joinsWordBehind
        case .address: !continuesAddress
        case .domain: !isBefore(Self.labelBytes) && !isBehind(ByteSet.alphanumerics) && !continuesDomain
        case .email: !isBefore(Self.localPartBytes) && !isBehind(ByteSet.alphanumerics)
        }
    }

    /// Whether a value with that kind and matching counts here.
    ///
    /// A host name never counts as part of a variable's name or as a group of an IPv6 address, and a network with a
    /// percent sign does not count where the sign begins a format specifier: `192.0.2.%d`.
    func allows(_ matching: KnownValue.Matching, _ kind: Kind) -> Bool {
        allows(matching) && !(kind == .hostName && (isInVariableName || beginsVariable || isGroupOfAddress))
            && !(kind == .ipv4 && text[end - 1] == UInt8(ascii: "%") && isBehind(ByteSet.alphanumerics))
    }

    /// Whether the bytes are one of the words in an upper-case variable name: `TURN` in `TURN_CREDENTIALS`.
    var isInVariableName: Bool {
        let isCapital = Self.capitals
        guard text[start..<end].allSatisfy({ isCapital.contains($0) || $0 == UInt8(ascii: "_") }) else { return false }
        let underscore = UInt8(ascii: "_")
        if end + 1 < text.count, text[end] == underscore, isCapital.contains(text[end + 1]) { return true }
        return start > 1 && text[start - 1] == underscore && isCapital.contains(text[start - 2])
    }

    /// Whether the bytes are the first word in a lower-case variable name: `turn` in `turn_workdir=` and
    /// `$turn_workdir`.
    private var beginsVariable: Bool {
        guard end + 1 < text.count, text[end] == UInt8(ascii: "_"), ByteSet.alphanumerics.contains(text[end + 1]),
            text[start..<end].allSatisfy(Self.smallLetters.contains)
        else { return false }
        if start > 0, Self.openersOfVariables.contains(text[start - 1]) { return true }
        var position = end
        while position < text.count, Self.variableBytes.contains(text[position]) { position += 1 }
        let isSet = position < text.count && text[position] == UInt8(ascii: "=")
        return isSet || text[position...].starts(with: " = ".utf8) || text[position...].starts(with: " }}".utf8)
    }

    /// Whether the bytes are a group of an IPv6 address: `cafe` in `fd12:cafe::1`.
    private var isGroupOfAddress: Bool {
        let colon = UInt8(ascii: ":")
        guard end - start <= 4, before == colon || behind == colon,
            text[start..<end].allSatisfy(ByteSet.hexDigits.contains)
        else { return false }
        let digits = ByteSet.hexDigits.union(ByteSet(":"))
        let lead = text[max(0, start - 40)..<start].reversed().prefix { digits.contains($0) }
        let rest = text[end..<min(text.count, end + 40)].prefix { digits.contains($0) }
        return lead.count(where: { $0 == colon }) + rest.count(where: { $0 == colon }) > 1
            && IPv6Address(Array(lead.reversed()) + text[start..<end] + rest) != nil
    }

    private static let smallLetters = ByteSet("abcdefghijklmnopqrstuvwxyz0123456789")
    private static let variableBytes = ByteSet.alphanumerics.union(ByteSet("_"))
    private static let openersOfVariables = ByteSet("${")
    private static let capitals = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    private static let labelBytes = ByteSet("-")
    private static let localPartBytes = ByteSet("._+")

    private var before: UInt8? { start > 0 ? text[start - 1] : nil }
    private var behind: UInt8? { end < text.count ? text[end] : nil }

    private var joinsWordBefore: Bool {
        WordCharacter.starts(at: start, in: text) && WordCharacter.ends(at: start, in: text) && !followsEscape
    }

    private var joinsWordBehind: Bool {
        WordCharacter.ends(at: end, in: text) && WordCharacter.starts(at: end, in: text)
    }

    /// Whether a word character or one of `set` precedes the bytes.
    private func isBefore(_ set: ByteSet) -> Bool {
        guard let before else { return false }
        return (WordCharacter.ends(at: start, in: text) || set.contains(before)) && !followsEscape
    }

    private func isBehind(_ set: ByteSet) -> Bool { behind.map(set.contains) ?? false }

    /// Whether a top-level domain follows that is no ending of file names, so that the name is another one.
    private var continuesDomain: Bool {
        Self.domainEnds.contains { text[end...].starts(with: $0) && !isAlphanumeric(at: end + $0.count) }
    }

    private func isAlphanumeric(at offset: Int) -> Bool {
        offset < text.count && ByteSet.alphanumerics.contains(text[offset])
    }

    private static let domainEnds = [Array(".com".utf8), Array(".net".utf8)]

    private var continuesAddress: Bool {
        let digits = ByteSet.hexDigits
        let isHex = text[start..<end].contains(UInt8(ascii: ":"))
        let separator = isHex ? UInt8(ascii: ":") : UInt8(ascii: ".")
        if let before, !followsEscape {
            if isHex ? WordCharacter.ends(at: start, in: text) : ByteSet.digits.contains(before) { return true }
            if before == separator, !followsNetworkLabel, start > 1,
                (isHex ? digits : ByteSet.digits).contains(text[start - 2])
            {
                return true
            }
        }
        if let behind {
            if isHex ? WordCharacter.starts(at: end, in: text) : ByteSet.digits.contains(behind) { return true }
            if behind == separator, end + 1 < text.count,
                (isHex ? digits : ByteSet.digits).contains(text[end + 1])
            {
                return true
            }
        }
        return false
    }

    /// Whether `ip6:` precedes the bytes, as in a sender policy (RFC 7208 section 5.6).
    private var followsNetworkLabel: Bool {
        start >= 4 && text[(start - 4)..<start].elementsEqual("ip6:".utf8) { $0.lowered == $1 }
    }

    private var followsEscape: Bool { EscapeBefore.length(before: start, in: text) > 0 }
}
