/// Reads strings without a name, using what the brackets around them reveal.
extension AssignmentsReader {
    /// The functions whose first argument is a name, and the second its value.
    private static let namingFunctions: Set<String> = [
        "define", "setdefault", "setenv", "putenv", "getenv", "env", "environ.get", "os.environ.setdefault",
        "os.environ.get", "os.getenv", "os.Setenv", "config.set", "setProperty", "System.setProperty", "setParameter",
        "app.set",
    ]

    /// Adds a string without a preceding name.
    mutating func addString(_ range: Range<Int>, _ encoding: Encoding) {
        // This is the `""` at either end of a triple-quoted string.
        guard !range.isEmpty || !statement.words.isEmpty else { return }
        if let key = statement.key {
            add(range, encoding, at: key)
        } else if let frame = frames.last, frame.isList, statement.words.isEmpty {
            if frame.isNaming, frame.count == 0, syntax.isKeyText(range) {
                let name = Address(container, text.string(in: range))
                reading.addKey(name, range, encoding)
                frames[frames.count - 1].address = name
            } else {
                add(range, encoding, at: frame.isNaming ? frame.address : Address(frame.address, String(frame.count)))
            }
            frames[frames.count - 1].count += 1
        } else if let key = pendingKey, statement.words.isEmpty {
            add(range, encoding, at: key)
        } else {
            statement.words.append(Word(range: range, string: encoding))
        }
    }

    mutating func open(at index: Int) {
        let opener = text[index]
        let isNaming = opener == .openParenthesis && callsNamingFunction
        var address = container
        var isList = false
        if let key = pendingKey, !isNaming {
            address = key
            isList = opener != .openBrace || syntax.dialect.family == .code
        } else if opener == .openBrace, let name = blockName() {
            address = name
        } else if opener == .openBrace {
            finishStatement(isTerminated: false)
        } else if isNaming {
            isList = true
        } else if let frame = frames.last, frame.isList {
            address = Address(frame.address, String(frame.count))
            frames[frames.count - 1].count += 1
            isList = true
        } else if let key = statement.key, !syntax.isShell {
            // A shell's list begins at the sign.
            address = key
            isList = true
        }
        // The contents of a call's parentheses belong to the statement, those of a list's to the list.
        let isCall = opener == .openParenthesis && !isNaming
        let keepsKey = isCall && (pendingKey == nil || !syntax.isShell)
        let isAttached = syntax.dialect.family == .code && statement.words.last?.range.upperBound == index
        pendingKey = nil
        statement = Statement(words: isCall ? statement.words : [], key: keepsKey ? statement.key : nil)
        statement.isCall = isCall && isAttached
        guard frames.count < Self.nestingLimit else {
            deeperFrames += 1
            return
        }
        frames.append(Frame(opener: opener, address: address, isList: isList, isNaming: isNaming, line: lineNumber))
    }

    /// The methods that look a value up, whose first argument is a name.
    private static let lookUps = [".dig", ".getString", ".GetString", ".getProperty"].map { Array($0.utf8) }

    /// Whether the word before a parenthesis is a function whose first argument names its second.
    var callsNamingFunction: Bool {
        guard syntax.dialect.family == .code, let word = statement.words.last, word.string == nil else { return false }
        if Self.lookUps.contains(where: { text[word.range].suffix($0.count).elementsEqual($0) }) { return true }
        // All these names are short, but a word may be long.
        return word.range.count <= 32 && Self.namingFunctions.contains(text.string(in: word.range))
    }

    mutating func close() {
        finishStatement(isTerminated: false)
        if deeperFrames > 0 {
            deeperFrames -= 1
        } else if let frame = frames.popLast(), let alias = frame.pair.alias {
            reading.add(alias.address, alias.range, alias.encoding)
        }
    }

    /// Returns the address of a block that begins with the words of the statement: `resource "type" "name" {`.
    mutating func blockName() -> Address? {
        guard let first = statement.words.first, first.string != nil || syntax.keyName(in: first.range) != nil else {
            return nil
        }
        guard !text[first.range].elementsEqual("return".utf8) else {
            statement.words = []
            return container
        }
        var address = container
        for (position, word) in statement.words.enumerated() {
            let encoding = word.string ?? SettingLine.encoding(of: text[word.range])
            let isAddress = text[word.range].contains(.dot) || text[word.range].contains(.colon)
            if syntax.dialect.family == .configuration, position == 1 || position > 1 && isAddress {
                // In `zone "otter.test" {` and `host laptop {`, the name of the block is also a value.
                let kind = Address(container, text.string(in: first.range))
                reading.add(Address(kind, "name"), word.range, encoding)
            }
            address = Address(address, text.string(in: word.range))
            reading.addKey(address, word.range, encoding)
        }
        statement.words = []
        return address
    }
}
