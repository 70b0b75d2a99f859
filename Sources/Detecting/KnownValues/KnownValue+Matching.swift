// Where a value counts as found again.
extension KnownValue {
    static func matching(of bytes: [UInt8], kind: Kind, confidence: Confidence) -> Matching {
        // A full stop behind a word belongs to the sentence.
        let isSentence = bytes.last == UInt8(ascii: ".")
        let text = String(decoding: isSentence ? bytes.dropLast() : bytes[...], as: UTF8.self)
        // A NUL belongs to a binary file, and vectorscan treats it as the end of a literal.
        if confidence == .low || bytes.count < 4 || bytes.contains(0) { return .placeOnly }
        // An unclosed quote or an underscore before a generic name, `"password`, makes no other value of it.
        if WordLists.builtIn.isGenericName(String(text.drop { marks.contains($0) })) { return .placeOnly }
        if kind.severity == .secret, isPrompt(text) || isShortNumber(bytes) { return .placeOnly }
        // A secret that is an ordinary word counts only in its setting; in running text it is just that word.
        if isName(kind) || kind.severity == .secret, WordLists.builtIn.isCommonWord(text) { return .placeOnly }
        if kind == .hostName, WordLists.builtIn.isServiceLabel(text) { return .placeOnly }
        if kind == .userName, ReservedValues.builtIn.isProduct(text) || WordLists.builtIn.isRole(text) {
            return .placeOnly
        }
        if kind.severity == .secret, ReservedValues.builtIn.isDocumentedDefault(bytes) { return .placeOnly }
        switch kind {
        case .ipv4 where IPv4Address(bytes)?.beginsPrivateBlock == true: return .placeOnly
        case .ipv4, .ipv6, .mac: return .address
        case .domain: return .domain
        case .email: return .email
        case .accountID where bytes.count < 12 && bytes.allSatisfy(ByteSet.letters.contains): return .placeOnly
        // An internal extension may be any number.
        case .phone where bytes.count < shortestTellingPhone: return .placeOnly
        // A town also occurs in the name of its time zone, and a five-digit code may be any number.
        case .place where !isTellingPlace(bytes): return .placeOnly
        case .hostName, .userName, .personName, .projectID, .projectNumber, .accountID, .phone, .homePath, .networkName,
            .place, .timeZone:
            return .wholeWord
        case .password, .token, .secretKey, .privateKey, .publicKey, .certificate, .passwordHash, .salt, .resourceID:
            let isWord = bytes.count < 16 && bytes.allSatisfy(ByteSet.letters.contains)
            let isNumber = bytes.allSatisfy(ByteSet.digits.contains)
            return bytes.count < 8 || isWord || isNumber ? .wholeWord : .anywhere
        }
    }

    private static let marks: Set<Character> = ["\"", "'", "`", "_", "-"]

    /// Whether a text is a prompt for a secret, such as `Password:`, as in a setting that defines the prompt.
    private static func isPrompt(_ text: String) -> Bool {
        guard text.last == ":" else { return false }
        return WordLists.builtIn.isGenericName(String(text.dropLast()))
    }

    /// Whether a secret is a number that might as well be an extension, a port or a year.
    private static func isShortNumber(_ bytes: [UInt8]) -> Bool {
        bytes.count < 6 && bytes.allSatisfy(ByteSet.digits.contains)
    }

    private static let shortestTellingPhone = 7

    /// Whether a place is distinctive, as coordinates or an address with a number are.
    private static func isTellingPlace(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 6 && bytes.contains(where: ByteSet.digits.contains)
            && bytes.contains { !ByteSet.digits.contains($0) }
    }

    /// Whether values of a kind are names that can also be words.
    private static func isName(_ kind: Kind) -> Bool {
        kind == .userName || kind == .hostName || kind == .projectID || kind == .accountID || kind == .resourceID
    }

    static func isCaseInsensitive(_ bytes: [UInt8], kind: Kind) -> Bool {
        switch kind {
        case .domain, .email, .hostName, .ipv6, .mac: true
        default: bytes.count >= 16 && bytes.allSatisfy(ByteSet.hexDigits.contains)
        }
    }
}
