/// The words of a setting's name, independent of its spelling: `staticAuthSecret`, `static-auth-secret` and
/// `STATIC_AUTH_SECRET` have the same three words.
struct KeyName: Hashable, Sendable {
    /// The words in lower case.
    let words: [String]

    /// Splits a name at everything except letters and digits, and where the case changes.
    init(_ name: String) {
        var words: [String] = []
        var word: [UInt8] = []
        let bytes = Array(name.utf8)
        for (index, byte) in bytes.enumerated() {
            guard ByteSet.word.contains(byte) else {
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word = []
                continue
            }
            if Self.isUpper(byte), let previous = word.isEmpty ? nil : bytes[index - 1] {
                let startsWord = index + 1 < bytes.count && Self.isLower(bytes[index + 1])
                if !Self.isUpper(previous) || startsWord {
                    words.append(String(decoding: word, as: UTF8.self))
                    word = []
                }
            }
            word.append(Self.isUpper(byte) ? byte + 32 : byte)
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        self.words = words
    }

    /// Makes a name from its words.
    init(words: [String]) { self.words = words }

    /// The name without qualifiers that distinguish settings with the same meaning: numbers, `old`, `new`, `prod` and
    /// the like.
    var withoutQualifiers: KeyName {
        var words = words
        while words.count > 1, let last = words.last,
            Self.qualifiers.contains(last) || last.utf8.allSatisfy(ByteSet.digits.contains)
        {
            words.removeLast()
        }
        return KeyName(words: words)
    }

    /// Whether a value of `kind` only repeats the setting's name.
    ///
    /// For a secret, this includes the name without its last word. For a token this includes the name of another such
    /// setting (`input_token: NextToken`), and for a user name the program to which the setting belongs
    /// (`BEACON_DB_USER=beacon`).
    func isMeant(by value: [UInt8], kind: Kind) -> Bool {
        let other = KeyName(String(decoding: value, as: UTF8.self)).words
        if other == words { return true }
        switch kind {
        case .userName: return words.count > other.count && other.allSatisfy(words.contains)
        case .secretKey where other.count > 1 && other == words.dropLast():
            // `--sops-age-secret=sops-age` names a Secret.
            return true
        case .token, .secretKey, .hostName:
            let areNames = other.count > 1 && words.count > 1 && value.allSatisfy(Self.nameBytes.contains)
            return areNames && other.last == words.last
        default: return false
        }
    }

    /// Whether a value is the path of a setting with the same last word: `flagPassword = "postgres.password"`.
    func isPath(_ value: [UInt8]) -> Bool {
        guard value.contains(UInt8(ascii: ".")), value.allSatisfy(Self.nameBytes.contains) else { return false }
        let other = KeyName(String(decoding: value, as: UTF8.self)).words
        return other.count > 1 && other.last == words.last
    }

    private static let nameBytes = ByteSet.letters.union(ByteSet("_-."))

    /// The name with its words joined by underscores.
    var joined: String { words.joined(separator: "_") }

    private static let qualifiers: Set<String> = [
        "old", "new", "prev", "previous", "next", "current", "backup", "bak", "prod", "production", "staging", "dev",
        "test",
        "default", "value", "plain", "temp", "temporary", "initial", "primary", "secondary", "v1", "v2", "v3", "v4",
        "live", "fallback", "legacy", "original", "ro", "rw", "readonly", "stage", "prd", "qa", "uat", "plaintext",
        "cleartext", "decoded",
    ]

    private static let qualifierBytes = qualifiers.map { Array($0.utf8) }
    /// The length in bytes of the longest qualifier other than numbers.
    static let longestQualifier = qualifierBytes.map(\.count).max() ?? 0

    /// Whether a word, in either case, only distinguishes settings with the same meaning.
    static func isQualifier(_ word: ArraySlice<UInt8>) -> Bool {
        if word.allSatisfy(ByteSet.digits.contains) { return true }
        return qualifierBytes.contains { $0.count == word.count && word.elementsEqual($0) { $0.lowered == $1 } }
    }

    private static func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A") <= byte && byte <= UInt8(ascii: "Z") }
    private static func isLower(_ byte: UInt8) -> Bool { UInt8(ascii: "a") <= byte && byte <= UInt8(ascii: "z") }
}
