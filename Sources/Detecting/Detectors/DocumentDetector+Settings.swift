internal import Documents

// Reads the values of settings, which are found by the structure of a text or by a name in it.
extension DocumentDetector {
    mutating func read(setting value: AddressedValue, layer number: Int) {
        // A value without its own key is part of the enclosing one, which is read there.
        guard let key = value.key else { return }
        let format = document.layers[number].format
        if format == .yaml, Self.namingPrograms.contains(key) { noteProgram(value, layer: number) }
        let isOfMapping = (format == .json || format == .yaml) && DefaultValue.isKey(key)
        guard isOfMapping || names.mayMatter(key) else { return }
        let text = document.layers[number].text
        var keyPath = document.layers[number].keyPath + value.keyPath
        // In `{db_password: {type: string, default: X}}` the name of the mapping decides.
        if isOfMapping, names.rules(for: keyPath).isEmpty {
            keyPath.removeLast()
            guard let name = keyPath.last, !name.utf8.allSatisfy(ByteSet.digits.contains) else { return }
        }
        let rules = names.rules(for: keyPath)
        guard let first = rules.first,
            !traits.isShell || Self.isAssigned(value.span, in: text) || Self.isItem(value, in: text)
        else { return }
        var claim = Claim(rule: first, layer: number, text: text, span: value.span)
        claim.isSetting = true
        claim.isUnquoted = Self.isBare(value.encoding)
        claim.isBare = claim.isUnquoted && document.layers[number].format == .assignments
        claim.isComment = value.role == .comment
        claim.keyPath = keyPath
        if document.layers[number].format == .prose, claim.isUnquoted { claim.start = value.span.start }
        emit(claim, ofFirst: rules)
    }

    /// Notes the program that a manifest names: `auksync` of `apiVersion: auksync.rocks/v1` and of `image:
    /// ghcr.io/puffin/auksync:1.2`.
    private mutating func noteProgram(_ value: AddressedValue, layer number: Int) {
        let text = document.layers[number].text[value.span.range]
        guard let slash = text.lastIndex(of: UInt8(ascii: "/")), text.allSatisfy(Self.imageBytes.contains) else {
            return
        }
        let isGroup = value.key == "apiVersion"
        let name = (isGroup ? text[..<slash] : text[(slash + 1)...]).prefix {
            isGroup ? $0 != UInt8(ascii: ".") : $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@")
        }
        if name.count > 2 { detection.mentions.programs.insert(String(decoding: name.map(\.lowered), as: UTF8.self)) }
    }

    private static let namingPrograms: Set<String> = ["apiVersion", "image", "repository"]
    private static let imageBytes = ByteSet.alphanumerics.union(ByteSet("._-/:@"))

    /// Whether an equals sign, a colon or an option name precedes a value.
    ///
    /// Otherwise it is a command's argument: `pass "all is well"` contains no password.
    private static func isAssigned(_ span: Span, in text: [UInt8]) -> Bool {
        var start = span.start
        while start > 0, ByteSet(" \t\"'(").contains(text[start - 1]), span.start - start < 4 { start -= 1 }
        if start == 0 || ByteSet("=:\n,").contains(text[start - 1]) { return true }
        var word = start
        while word > 0, !ByteSet.space.contains(text[word - 1]), start - word < 64 { word -= 1 }
        return text[word] == UInt8(ascii: "-")
    }

    /// Whether a value is an item of a list, as in `PASS=(one two)`, rather than one of the words of a command.
    private static func isItem(_ value: AddressedValue, in text: [UInt8]) -> Bool {
        guard value.key?.utf8.allSatisfy(ByteSet.digits.contains) == true else { return false }
        let before = text[..<value.span.start].suffix(longestList)
        guard let open = before.lastIndex(where: ByteSet("()|;`").contains), text[open] == UInt8(ascii: "(") else {
            return false
        }
        return open > before.startIndex && text[open - 1] == UInt8(ascii: "=")
    }

    /// The maximum distance in bytes from the start of a shell's list to an item.
    private static let longestList = 1024

    private static func isBare(_ encoding: Encoding) -> Bool {
        switch encoding {
        case .bare, .line: true
        default: false
        }
    }

    /// Reads a name in running text and the value assigned to it.
    mutating func read(name: Span, layer number: Int, settings: [AddressedValue]) {
        let text = document.layers[number].text
        guard !name.isEmpty, let assignment = TextAssignment(key: name, in: text) else { return }
        let rules = names.rules(named: name, in: text)
        guard let first = rules.first else { return }
        let format = document.layers[number].format
        // The layer's reader has already read this value.
        if !assignment.isListed, Self.hasSetting(behind: name.start, at: assignment.value.start, in: settings) {
            return
        }
        // An anchor or a tag before a YAML value is not part of it, an alias names another value, and a bracket opens a
        // list or a mapping with its own values.
        if format == .yaml, assignment.isBare, Self.yamlProperties.contains(text[assignment.value.start]) { return }
        let value = Array(text[assignment.value.range])
        if assignment.isProse, assignment.isBare, !Validator.notWord.accepts(value) { return }
        // The items of `PASS=(one two)` are read one by one.
        if traits.isShell, assignment.isBare, value.first == UInt8(ascii: "(") { return }
        var claim = Claim(rule: first, layer: number, text: text, span: assignment.value)
        claim.isSetting = true
        claim.isUnquoted = assignment.isBare
        claim.isBare = assignment.isBare && !assignment.isListed && (format == .assignments || format == .prose)
        claim.isComment = CommentLine.isAround(name.start, in: text)
        // `--name=value` is an option anywhere.
        claim.isFromText =
            !assignment.isListed && !assignment.isDefault
            && !(text[name.range].starts(with: "--".utf8) && text[name.end] == UInt8(ascii: "="))
        claim.keyPath = [String(decoding: text[name.range], as: UTF8.self)]
        claim.start = assignment.isBare ? name.start : nil
        emit(claim, ofFirst: rules)
    }

    /// The first bytes of an anchor, a tag, an alias, a list and a mapping.
    private static let yamlProperties = ByteSet("&!*{[")

    /// Whether an addressed value that begins after `start` contains the byte at `offset`.
    ///
    /// The values are ordered by their starts. Only those between `start` and `offset` are examined, because a text may
    /// have a million of them.
    private static func hasSetting(behind start: Int, at offset: Int, in settings: [AddressedValue]) -> Bool {
        let next = settings.partitioningIndex { $0.span.start > offset }
        return settings[..<next].reversed().prefix { $0.span.start > start }.contains { offset < $0.span.end }
    }
}
