internal import Documents

/// Decides whether a setting's value is really of the setting's kind in places where the name alone proves little: in
/// programs and in prose.
///
/// In a settings file, `token: keyword` is a token. In a program the same words are a type, and in a sentence they are
/// just two words. A rule that names the exact setting is believed everywhere; a rule that knows only a suffix needs
/// more evidence.
struct Plausibility {
    /// The surroundings of a value.
    struct Place {
        /// Whether the file is a program rather than settings.
        var isProgram: Bool
        /// Whether a bare word in the file is a variable, because its strings are quoted.
        var quotesTexts: Bool
        /// Whether the text is prose.
        var isProse: Bool
        /// Whether the setting was read in running text, which can be misinterpreted.
        var isFromText: Bool
        /// Whether the value is unquoted.
        var isBare: Bool
    }

    /// Whether unquoted text in a program is an expression, or the part of one before `->`: `token`, `&priv-`.
    private static func isExpression(_ value: [UInt8]) -> Bool {
        if value.allSatisfy(identifierBytes.contains) { return !isDrawn(value) }
        guard let first = value.first, let last = value.last else { return false }
        return last == UInt8(ascii: "-") || referenceMarks.contains(first)
    }

    /// Whether an unquoted word is generated rather than a name, such as a key in settings inside a Nix string.
    private static func isDrawn(_ value: [UInt8]) -> Bool {
        value.count >= 20 && value.allSatisfy(ByteSet.alphanumerics.contains) && Validator.random.accepts(value)
            && value.count(where: ByteSet.digits.contains) >= value.count / 8
    }

    /// Whether `value` is really a value of the kind `kind` at `place`.
    static func accepts(_ value: [UInt8], kind: Kind, at place: Place) -> Bool {
        let isDoubtful = place.isProgram || place.isProse || place.isFromText
        let hasDigit = value.contains(where: ByteSet.digits.contains)
        let isWord = value.allSatisfy { ByteSet.letters.contains($0) || joiners.contains($0) }
        if place.isBare, place.quotesTexts, isExpression(value) { return false }
        switch kind {
        case .password where value.count <= 2 && value.allSatisfy(ByteSet.digits.contains):
            // A number with so few digits is a count or a flag.
            return false
        case .password where place.quotesTexts && value.count <= 2:
            // In a program, a text this short is a mode or a mark: `"*l"`.
            return false
        case .password
        where place.quotesTexts && value.count < shortestDrawn && !value.contains(where: ByteSet.word.contains):
            // It is a mask, a mark or the end of an expression: `"****"`, `"]+)"`.
            return false
        case .password where place.quotesTexts && isCallWithoutOperands(value):
            return false
        case .password:
            // `Password: sunflower` is a line of its own; in a sentence a word must be quoted.
            if place.isBare, place.isProgram || place.isFromText { return !isWord && !endsLikeCode(value) }
            return !place.isBare || !place.isProse || !value.contains(UInt8(ascii: " ")) && !endsLikeCode(value)
        case .token where value.count < 10 && value.allSatisfy(ByteSet.digits.contains):
            // This is a count of a language model's tokens.
            return false
        case .token, .secretKey, .salt, .passwordHash:
            if place.isProse, place.isBare, value.contains(UInt8(ascii: " ")) { return false }
            // `key = "conn"` in a program is the name of a field.
            let shortest = kind == .secretKey ? shortestWord : shortestDrawn
            if place.quotesTexts, value.count < shortest, value.allSatisfy(smallLetters.contains) { return false }
            if kind == .token, isNameOfMember(value) { return false }
            return !isDoubtful || hasDigit && value.count >= 8 && !endsLikeCode(value) && !holdsControl(value)
        case .hostName where isCall(value): return false
        case .userName, .hostName, .personName, .projectID:
            return !place.isProgram && !place.isFromText
        default:
            return true
        }
    }

    /// Whether a value is the name of a call that programs make, such as `createInstance` and `DescribeServer`.
    private static func isCall(_ value: [UInt8]) -> Bool {
        guard value.allSatisfy(ByteSet.letters.contains) else { return false }
        let words = KeyName(String(decoding: value, as: UTF8.self)).words
        return words.count > 1 && words.first.map(verbs.contains) ?? false
    }

    /// Whether a value is a call without operands, as in a list of programs to try: `runf()`, `auk.nest()`.
    private static func isCallWithoutOperands(_ value: [UInt8]) -> Bool {
        value.count > 2 && value.suffix(2).elementsEqual("()".utf8)
            && value.dropLast(2).allSatisfy { ByteSet.nameCharacters.contains($0) || $0 == UInt8(ascii: ".") }
    }

    /// Whether a value consists of capitalised words of programming, as the name of a member does: `NextMarker`.
    private static func isNameOfMember(_ value: [UInt8]) -> Bool {
        guard value.allSatisfy(ByteSet.letters.contains) else { return false }
        let words = KeyName(String(decoding: value, as: UTF8.self)).words
        return value.contains { ByteSet.letters.contains($0) && $0 & 0x20 == 0 }
            && words.allSatisfy(WordLists.builtIn.isCommonWord)
    }

    static let verbs: Set<String> = [
        "add", "associate", "attach", "claim", "close", "confirm", "create", "delete", "deregister", "describe",
        "destroy",
        "detach", "disassociate", "disconnect", "fetch", "find", "get", "import", "init", "launch", "list", "modify",
        "new",
        "open", "put", "read", "reboot", "register", "remove", "reset", "restart", "restore", "run", "set", "start",
        "stop",
        "terminate", "update",
    ]

    /// Whether a program's string contains a control character or its escape, as packed bytes do: `Token:\x01*\x12`.
    private static func holdsControl(_ value: [UInt8]) -> Bool {
        value.indices.contains { start in
            if value[start] < 0x20 { return !ByteSet.space.contains(value[start]) }
            return value[start...].starts(with: #"\x0"#.utf8) || value[start...].starts(with: #"\x1"#.utf8)
        }
    }

    private static let referenceMarks = ByteSet("&*!~")
    private static let shortestDrawn = 8
    /// The minimum length of a word of lower-case letters that counts as a secret in the settings of a program.
    private static let shortestWord = 6
    private static let smallLetters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))
    private static let joiners = ByteSet("_-.")
    private static let codeEnds = ByteSet(",;()[]{}")
    private static let identifierBytes = ByteSet.alphanumerics.union(ByteSet("_.$,;:()[]{}"))

    private static func endsLikeCode(_ value: [UInt8]) -> Bool { value.last.map(codeEnds.contains) ?? true }
}
