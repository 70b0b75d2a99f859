/// Reads statements that assign without a sign: directives, flags, items of a list.
extension AssignmentsReader {
    /// The directives whose first argument is a name, and the second its value (nginx, Apache, HAProxy).
    private static let namingDirectives: Set<String> = [
        "set", "setenv", "SetEnv", "env", "add_header", "proxy_set_header", "grpc_set_header", "fastcgi_param",
        "uwsgi_param", "scgi_param", "RequestHeader", "option", "list", "hardware",
    ]

    /// Reads the words of a completed statement.
    mutating func finishStatement(isTerminated: Bool) {
        defer { statement = Statement() }
        let words = statement.words
        guard let first = words.first else { return }
        if isTerminated, words.count == 1, statement.key == nil, addListedAddress(first) { return }
        if syntax.isShell, addEnvironmentOfImage(words) { return }
        if let frame = frames.last, frame.isList, statement.key == nil {
            return addItems(words)
        }
        let name = first.string == nil && !statement.isCall ? syntax.keyName(in: first.range) : nil
        let address = name.map { Address(container, text.string(in: $0)) }
        if let name, let address, statement.key == nil, isDirective(words, isTerminated: isTerminated) {
            return addDirective(name, address, words)
        }
        addFlags(of: words, at: address ?? container)
    }

    /// Adds a statement that consists of an address, as in `allow-transfer { 192.0.2.7; };`; returns false for any
    /// other.
    mutating func addListedAddress(_ word: Word) -> Bool {
        guard syntax.dialect.family == .configuration, let frame = frames.last, frame.opener == .openBrace,
            !frame.isList,
            word.string == nil, text[word.range].contains(where: { $0.isDigit || $0 == .dot })
        else { return false }
        reading.add(Address(frame.address, String(frame.count)), word.range, .bare)
        frames[frames.count - 1].count += 1
        return true
    }

    /// Adds `ENV NAME some value` of a Dockerfile; returns false for anything else.
    mutating func addEnvironmentOfImage(_ words: [Word]) -> Bool {
        guard words.count > 2, statement.key == nil, text[words[0].range].elementsEqual("ENV".utf8),
            words[0].string == nil, let name = syntax.keyName(in: words[1].range)
        else { return false }
        let address = Address(container, text.string(in: name))
        reading.addKey(address, name, .bare)
        if words[2].string == nil, let end = continuedEnvironment(behind: words[words.count - 1].range.upperBound) {
            add(words[2].range.lowerBound..<end, .shellDoubleQuoted, at: address)
        } else if words.count == 3 {
            add(words[2], at: address)
        } else {
            add(words[2].range.lowerBound..<words[words.count - 1].range.upperBound, .line, at: address)
        }
        return true
    }

    /// Adds the words after flags, and the strings among the others at `address`.
    mutating func addFlags(of words: [Word], at address: Address?) {
        var flag: Address?
        lazy var hasSwitches = CommandSwitch.isOne(in: words.map { text[$0.range] })
        for word in words {
            let isFlag = word.string == nil && text.has("--", at: word.range.lowerBound, before: word.range.upperBound)
            if isFlag, let name = syntax.keyName(in: word.range) {
                guard !CommandSwitch.mayBe(text[name]) || !hasSwitches else { continue }
                flag = Address(container, text.string(in: name))
                reading.addKey(flag, name, .bare)
                continue
            }
            let isOption = word.string == nil && text[word.range].first == .dash
            if word.string != nil || (flag != nil && !isOption) { add(word, at: flag ?? address) }
            flag = nil
        }
    }

    mutating func add(_ word: Word, at address: Address?) {
        add(word.range, word.string ?? SettingLine.encoding(of: text[word.range]), at: address)
    }

    /// Whether words are a directive: `name argument…;`, or a configuration line of a name and one argument, or of two
    /// arguments if the first is a name.
    func isDirective(_ words: [Word], isTerminated: Bool) -> Bool {
        guard syntax.dialect.family == .configuration, words.count > 1 else { return false }
        if isTerminated || words.count == 2 && !statement.hasCommas { return true }
        return words.count == 3 && words[0].string == nil
            && Self.namingDirectives.contains(text.string(in: words[0].range))
    }

    mutating func addDirective(_ name: Range<Int>, _ address: Address, _ words: [Word]) {
        reading.addKey(address, name, .bare)
        if words.count >= 3, words.count == 3 || statement.hasCommas, words[1].string == nil,
            let inner = syntax.keyName(in: words[1].range), Self.namingDirectives.contains(address.key)
        {
            // In `proxy_set_header Host example;` and `set $password "x";`, the second word is also a name.
            let address = Address(address, text.string(in: inner))
            reading.addKey(address, inner, .bare)
            for word in words.dropFirst(2) { add(word, at: address) }
            return
        }
        for (index, argument) in words.dropFirst().enumerated() {
            add(argument, at: words.count == 2 ? address : Address(address, String(index)))
        }
    }

    /// Adds the items of a list that are not strings.
    mutating func addItems(_ words: [Word]) {
        for word in words {
            let top = frames.count - 1
            let address = Address(frames[top].address, String(frames[top].count))
            frames[top].count += 1
            if let string = word.string {
                add(word.range, string, at: address)
            } else if syntax.dialect.family != .code {
                add(word.range, at: address)
            } else if VerbatimRules.literalKind(text[word.range]) != nil {
                reading.add(address, word.range, .literal)
            }
        }
    }
}
