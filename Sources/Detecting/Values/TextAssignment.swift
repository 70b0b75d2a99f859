internal import Documents

/// A setting's name and value in running text: a command line, a comment, a sentence.
///
/// It reads `--password x`, `jvb_password:x`, `"token": "x"`, `\"token\":\"x\"`, `Password is "x"`, `Passwort: x`.
struct TextAssignment {
    /// The bytes of the name.
    var key: Span
    /// The bytes of the value, without quotes.
    var value: Span
    /// Whether the value is unquoted.
    var isBare: Bool
    /// Whether a word rather than a sign is between the name and the value.
    var isProse: Bool
    /// Whether the name is an option in a list, and the value is the next item.
    var isListed = false
    /// Whether the value is the default of a variable, which ends at a brace: `${NAME:=value}`, `${name:value}`.
    var isDefault = false

    /// Limits that keep the time linear in the length of a huge line with many names.
    static let longestName = 128
    static let longestValue = 4096
    private static let longestReference = 512
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_-."))
    static let blanks = ByteSet(" \t")
    private static let bareEnd = ByteSet.space.union(ByteSet("\"'`<>,;)]}|"))
    private static let bareBytes = bareEnd.inverted
    private static let parameterBytes = bareEnd.union(ByteSet("&\\")).inverted
    private static let marksBehindName = ByteSet("*`")
    private static let colon = ByteSet(":")
    private static let variableBytes = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
    private static let signs = ByteSet(":=")
    /// The second bytes of `:=`, `=>`, `==` and `=~`.
    private static let longSignEnds = ByteSet("=>~")
    private static let emphasis = ByteSet("* ")
    private static let parameterMarks = ByteSet("?&")
    private static let expansionMarks = ByteSet("-+=")
    private static let sentenceEnds = ByteSet(".:\\")
    /// The words and signs between a name and its value.
    static let verbs = ["is", "was", "are", "ist", "war", "lautet", "=>", "->"]

    /// The name that contains the byte at `offset` of `text`.
    static func name(around offset: Int, in text: [UInt8]) -> Span {
        var start = offset
        var end = offset
        while start > 0, offset - start < longestName, nameBytes.contains(text[start - 1]) { start -= 1 }
        while end < text.count, end - offset < longestName, nameBytes.contains(text[end]) { end += 1 }
        while end > start, text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return Span(EscapeBefore.wordStart(start, before: offset, in: text), max(start, end))
    }

    /// The letters of escapes that end a value: `user=x\npassword=y`.
    private static let escapeLetters = ByteSet("nrt")

    /// Reads the value after the name at `key`; nil if it is not an assignment.
    init?(key: Span, in text: [UInt8]) {
        self.key = key
        if let item = ListedOption.value(behind: key, in: text) {
            value = item.span
            isBare = item.isBare
            isProse = false
            isListed = true
            return
        }
        guard !Self.isOptionWithValue(text[key.range]), !Self.isCipher(key, in: text) else { return nil }
        var reader = Reader(text: text, position: key.end)
        let isFlag = text[key.start] == UInt8(ascii: "-")
        let isQuotedName = reader.skipQuote()
        reader.skip(Self.marksBehindName)
        let hadBlank = reader.skip(Self.blanks)
        if let sign = reader.next, Self.signs.contains(sign) {
            if let value = Self.valueOfVariable(key: key, sign: reader.position, in: text) {
                self.value = value
                isBare = false
                isProse = false
                isDefault = true
                return
            }
            guard Self.skip(sign, behind: key, isQuoted: isQuotedName, &reader) else { return nil }
            isProse = false
        } else {
            guard hadBlank, !isQuotedName, isFlag || reader.skipWord(of: Self.verbs) else { return nil }
            if !isFlag { reader.skip(Self.colon) }
            isProse = !isFlag
        }
        reader.skip(Self.blanks)
        if reader.starts(with: "**") { reader.skip(Self.emphasis) }
        // `PASSWORD=` in backticks does not assign anything.
        let isInCode = key.start > 0 && text[key.start - 1] == UInt8(ascii: "`")
        if isInCode, reader.next == UInt8(ascii: "`") { return nil }
        // The name is an option without a value, followed by another option.
        if isFlag, hadBlank, reader.next == UInt8(ascii: "-") { return nil }
        if let quoted = reader.quoted() {
            value = quoted
            isBare = false
        } else {
            // `-NewPassword (ConvertTo-SecureString …)` is the result of a command.
            if isFlag, reader.next == UInt8(ascii: "(") { return nil }
            value = Self.bareValue(of: key, &reader)
            isBare = true
        }
        guard !value.isEmpty else { return nil }
    }

    /// Skips the sign between a name and its value; returns false if it does not assign anything.
    private static func skip(_ sign: UInt8, behind key: Span, isQuoted: Bool, _ reader: inout Reader) -> Bool {
        let isColon = sign == UInt8(ascii: ":")
        // `https://name:password@host` is a login, and its name is not a setting.
        if isColon, reader.text[..<key.start].suffix(3).elementsEqual("://".utf8) { return false }
        // `$PWD:/work` begins with a variable.
        if isColon, key.start > 0, reader.text[key.start - 1] == UInt8(ascii: "$"),
            reader.text[key.range].allSatisfy(variableBytes.contains)
        {
            return false
        }
        reader.position += 1
        if let next = reader.next, longSignEnds.contains(next) {
            // `:=` and `=>` assign; `==`, `=~` and `::` do not.
            guard next == (isColon ? UInt8(ascii: "=") : UInt8(ascii: ">")) else { return false }
            reader.position += 1
        }
        guard reader.next != UInt8(ascii: ":") else { return false }
        // `Reply-Message =* ANY` asks in FreeRADIUS whether there is such an attribute.
        if reader.next == UInt8(ascii: "*"), reader.position + 1 < reader.text.count,
            blanks.contains(reader.text[reader.position + 1])
        {
            return false
        }
        guard isColon else { return true }
        if !isQuoted, reader.closesString(behind: key.start) { return false }
        if reader.text[..<key.start].suffix(2).elementsEqual("${".utf8) {
            // `${NAME:-default}`; `${NAME:?message}` and `${NAME:0:3}` contain no value.
            guard let mark = reader.next, expansionMarks.contains(mark) else { return false }
            reader.position += 1
        }
        return true
    }

    /// Reads the unquoted value that starts here.
    private static func bareValue(of key: Span, _ reader: inout Reader) -> Span {
        let text = reader.text
        let start = reader.position
        // A URL parameter, `?key=value&more`, ends where the next one begins.
        let isParameter = key.start > 0 && parameterMarks.contains(text[key.start - 1])
        reader.skip(isParameter ? parameterBytes : bareBytes)
        var end = reader.position
        // A reference such as `${NAME}` or `$(command)` is one word.
        if end > start, text[start] == UInt8(ascii: "$") {
            let limit = min(text.count, start + longestReference)
            while end < limit, !ByteSet.space.contains(text[end]) { end += 1 }
        }
        if let escape = escapedEnd(from: start, to: end, in: text, key: key.start) { end = escape }
        while end > start, sentenceEnds.contains(text[end - 1]) { end -= 1 }
        return Span(start, end)
    }

    /// Whether a name is one of the ciphers that a list adds or excludes: `HIGH:!PSK:kEDH`.
    private static func isCipher(_ name: Span, in text: [UInt8]) -> Bool {
        name.start > 1 && signsOfCiphers.contains(text[name.start - 1]) && text[name.start - 2] == UInt8(ascii: ":")
            && name.end < text.count && text[name.end] == UInt8(ascii: ":")
    }

    private static let signsOfCiphers = ByteSet("!+-")

    /// Whether a name is really the option `-p` with a password directly after it, which looks like a longer option:
    /// `-ppass`, `-pREPLACE-password`.
    private static func isOptionWithValue(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.starts(with: "-p".utf8) else { return false }
        let rest = name.dropFirst(2)
        return rest.starts(with: ReservedValues.placeholderPrefix.utf8) || rest.first == UInt8(ascii: "p")
    }

    /// The default value after the sign in a variable: in `${NAME:=value}` of a shell, which also assigns it, and in
    /// `${name:value}` of Spring.
    ///
    /// Nil for an error message, for a substring of a variable, and for a value that is itself a variable.
    private static func valueOfVariable(key: Span, sign: Int, in text: [UInt8]) -> Span? {
        guard text[sign] == UInt8(ascii: ":"), text[..<key.start].suffix(2).elementsEqual("${".utf8) else { return nil }
        let start = sign + (text[(sign + 1)...].first == UInt8(ascii: "=") ? 2 : 1)
        let rest = text[min(start, text.count)..<min(text.count, start + longestName)]
        let value = rest.prefix { defaultBytes.contains($0) }
        guard let first = value.first, value.endIndex < text.count, text[value.endIndex] == UInt8(ascii: "}"),
            ByteSet.word.contains(first), value.count > 2, !value.allSatisfy(positionBytes.contains)
        else { return nil }
        return Span(value.startIndex, value.endIndex)
    }

    private static let defaultBytes = ByteSet.space.union(ByteSet("\"'`{}$\\")).inverted
    /// The bytes of a substring's position and length: `${NAME:0:3}`.
    private static let positionBytes = ByteSet.digits.union(ByteSet(":"))

    /// Returns the position of an escaped line end, `\n`, or tab at which the value ends, if `key` is in the same
    /// string; nil if there is none.
    private static func escapedEnd(from start: Int, to end: Int, in text: [UInt8], key: Int) -> Int? {
        guard
            let escape = (start..<end).first(where: {
                text[$0] == UInt8(ascii: "\\") && $0 + 1 < text.count && escapeLetters.contains(text[$0 + 1])
            })
        else { return nil }
        let line = text[max(0, key - longestValue)..<key]
        let lineStart = line.lastIndex(where: ByteSet.lineEnd.contains).map { $0 + 1 } ?? line.startIndex
        let isInString = [UInt8(ascii: "\""), UInt8(ascii: "'")].contains { quote in
            !line[lineStart...].count(where: { $0 == quote }).isMultiple(of: 2)
        }
        return isInString ? escape : nil
    }
}
