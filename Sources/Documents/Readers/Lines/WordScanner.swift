/// Finds the settings in a one-line value: `KEY=value` of an environment list, `--flag value` of a command, `Header:
/// value`, and the default of `${NAME:-default}`.
///
/// Each setting is added with its own name as the innermost key, and the encoding of the value around it.
struct WordScanner {
    private let text: [UInt8]
    private let address: Address?
    private let encoding: Encoding
    private let role: AddressedValue.Role
    /// The indices of the first brace and the first quotes in the scanned text; its end if there are none.
    private let firstBrace: Int
    private let firstSingleQuote: Int
    private let firstDoubleQuote: Int

    /// Scans the value in `range` at `address`.
    static func scan(
        _ text: [UInt8],
        _ range: Range<Int>,
        under address: Address?,
        spelledAs encoding: Encoding,
        role: AddressedValue.Role = .value,
        into reading: inout Reading
    ) {
        var mayHaveSettings = false
        var previous: UInt8 = 0
        for index in range {
            let byte = text[index]
            // A multi-line text is read separately.
            if byte.isLineBreak { return }
            if byte == .backslash, index + 1 < range.upperBound, text[index + 1] == UInt8(ascii: "n") { return }
            switch byte {
            case .equals: mayHaveSettings = true
            case .openBrace where previous == .dollar, .dash where previous == .dash: mayHaveSettings = true
            case .space where previous == .colon, .comma: mayHaveSettings = true
            default: break
            }
            previous = byte
        }
        // A public key has a comment, but no settings.
        guard !PublicKeyReader.scan(text, range, under: address, spelledAs: encoding, role: role, into: &reading),
            mayHaveSettings
        else { return }
        let scanner = WordScanner(
            text: text,
            address: address,
            encoding: encoding,
            role: role,
            firstBrace: text.firstIndex(of: .openBrace, in: range),
            firstSingleQuote: text.firstIndex(of: .singleQuote, in: range),
            firstDoubleQuote: text.firstIndex(of: .doubleQuote, in: range)
        )
        scanner.scanDefaults(range, into: &reading)
        scanner.scanQuery(range, into: &reading)
        scanner.scanWords(range, into: &reading)
    }

    // MARK: - Words

    private func scanWords(_ range: Range<Int>, into reading: inout Reading) {
        let words = words(in: range)
        guard let first = words.first else { return }
        let isCommand = beginsCommand(words)
        if !isCommand, words.count == 1 || !words.dropFirst().contains(where: isSettingOrFlag) {
            if let list = list(in: range) {
                for setting in list { add(setting, into: &reading) }
            } else if let setting = setting(in: range) {
                add(setting, into: &reading)
            } else if words.count > 1, text[first.upperBound - 1] == .colon,
                isName(first.lowerBound..<(first.upperBound - 1))
            {
                add((first.lowerBound..<(first.upperBound - 1), words[1].lowerBound..<range.upperBound), into: &reading)
            }
            guard words.count > 1 else { return }
        }
        lazy var hasSwitches = CommandSwitch.isOne(in: words.map { text[$0] })
        for (index, word) in words.enumerated() where index > 0 || words.count > 1 {
            if let list = list(in: word) {
                for setting in list { add(setting, into: &reading) }
            } else if let setting = setting(in: word),
                index > 0 || isCommand || words.dropFirst().contains(where: isSettingOrFlag)
            {
                add(setting, into: &reading)
            } else if isFlag(word), index + 1 < words.count, text[words[index + 1].lowerBound] != .dash,
                !CommandSwitch.mayBe(text[word].dropFirst(2)) || !hasSwitches
            {
                let name = word.lowerBound + 2..<word.upperBound
                if setting(in: words[index + 1]) == nil { add((name, words[index + 1]), into: &reading) }
            }
        }
    }

    /// Whether a variable is set only for the command that follows it: `web: KEY=value run -p 80`, `KEY=value run -p
    /// 80` in a list.
    ///
    /// Elsewhere the blanks after `KEY=` belong to the value, as in a list of variables.
    private func beginsCommand(_ words: [Range<Int>]) -> Bool {
        guard words.count > 1, let first = words.first, !isFlag(first), let name = setting(in: first)?.name,
            name.lowerBound == first.lowerBound, !text[name].contains(where: isLowerCase)
        else { return false }
        let hasOption = words.dropFirst().contains { $0.count > 1 && text[$0.lowerBound] == .dash }
        // This is the `web: KEY=value run` of a Procfile; the value of a variable or list consists of variables.
        let isNamed = address.map { $0.key.utf8.allSatisfy { isLowerCase($0) || $0 == .underscore } } ?? false
        return hasOption || isNamed && isProgram(words[1])
    }

    private func isLowerCase(_ byte: UInt8) -> Bool { byte.isLetter && byte & 0x20 != 0 }

    /// Whether a word may be the name of a program: lower-case letters, and characters that join them.
    private func isProgram(_ word: Range<Int>) -> Bool {
        text[word].first.map(isLowerCase) == true
            && text[word].allSatisfy {
                isLowerCase($0) || $0.isDigit || [.dash, .dot, .slash, .underscore].contains($0)
            }
    }

    /// Returns the words of a text.
    ///
    /// Blanks in `${NAME:-some default}` and between the quotes of `name='some value'` and `name="some value"` do not
    /// end a word.
    private func words(in range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = range.lowerBound
        var index = range.lowerBound
        // After the last closing brace, a reference has no end, and is ignored.
        let lastClose = text[range].lastIndex(of: .closeBrace) ?? range.lowerBound
        while index <= range.upperBound {
            if index < range.upperBound, text.has("${", at: index, before: range.upperBound) {
                index = index < lastClose ? text.firstIndex(of: .closeBrace, in: index..<lastClose) : index + 1
            } else if let close = closingQuote(ofValueAt: index, before: range.upperBound) {
                index = close
            } else if index == range.upperBound || text[index].isBlank {
                if start < index { words.append(start..<index) }
                start = index + 1
            }
            index += 1
        }
        return words
    }

    /// The quote that ends the value and the word of `name='some value'`, if a quote at `index` begins that value.
    private func closingQuote(ofValueAt index: Int, before end: Int) -> Int? {
        guard index < end, text[index] == .singleQuote || text[index] == .doubleQuote, index > 0,
            text[index - 1] == .equals
        else { return nil }
        let close = text.firstIndex(of: text[index], in: (index + 1)..<end)
        return close < end && (close + 1 == end || text[close + 1].isBlank) ? close : nil
    }

    private func isFlag(_ word: Range<Int>) -> Bool {
        text.has("--", at: word.lowerBound, before: word.upperBound)
            && isName(word.lowerBound + 2..<word.upperBound)
    }

    private func isSettingOrFlag(_ word: Range<Int>) -> Bool { isFlag(word) || setting(in: word) != nil }

    private func isName(_ range: Range<Int>) -> Bool {
        guard let first = text[range].first, first.isLetter || first == .underscore else { return false }
        return text[range].allSatisfy { $0.isNameByte || $0 == .dash || $0 == .dot }
    }

    /// Splits `KEY=value`, possibly after dashes, into its name and its value; nil for an empty value, as with base64
    /// padding.
    private func setting(in range: Range<Int>) -> (name: Range<Int>, value: Range<Int>)? {
        guard let separator = text[range].firstIndex(of: .equals), separator > range.lowerBound else { return nil }
        var start = range.lowerBound
        while start < separator, text[start] == .dash { start += 1 }
        guard isName(start..<separator), text[separator..<range.upperBound].contains(where: { $0 != .equals }) else {
            return nil
        }
        return (start..<separator, separator + 1..<range.upperBound)
    }

    /// Splits `KEY=value,KEY2=value2` and `key:value,key2:value2`; nil for anything else.
    private func list(in range: Range<Int>) -> [(name: Range<Int>, value: Range<Int>)]? {
        guard text[range].contains(.comma) else { return nil }
        var settings: [(name: Range<Int>, value: Range<Int>)] = []
        for part in text[range].split(separator: .comma, omittingEmptySubsequences: false) {
            guard let separator = part.firstIndex(where: { $0 == .equals || $0 == .colon }) else { return nil }
            let name = part.startIndex..<separator
            guard isName(name), !part.contains(where: \.isBlank) else { return nil }
            // `host.example:443,…` is a list of hosts.
            guard part[separator] == .equals || !part[name].contains(.dot) else { return nil }
            settings.append((part.startIndex..<separator, separator + 1..<part.endIndex))
        }
        return settings
    }

    private func add(_ setting: (name: Range<Int>, value: Range<Int>), into reading: inout Reading) {
        var value = setting.value
        // In `$(docker ps -f name=web)` and `'host=db password=x'`, the last character closes something that was opened
        // before the value.
        var openers: [UInt8: Int] = [:]
        while let closer = text[value].last, value.count > 1, let opener = Self.openers[closer] {
            // The value only becomes shorter, so the first index of an opener in it stays the same.
            let first = openers[opener] ?? text.firstIndex(of: opener, in: value)
            openers[opener] = first
            guard first >= value.upperBound - 1, opensBefore(value.lowerBound, opener) else { break }
            value = value.lowerBound..<(value.upperBound - 1)
        }
        reading.add(Address(address, text.string(in: setting.name)), value, encoding, role)
    }

    /// The byte that opens the text that each closing byte ends.
    private static let openers: [UInt8: UInt8] = [
        .closeParenthesis: .openParenthesis, .closeBrace: .openBrace, .singleQuote: .singleQuote,
        .doubleQuote: .doubleQuote,
    ]

    /// Whether a bracket or a quote is opened before `start`; a parenthesis may be opened before the scanned text.
    private func opensBefore(_ start: Int, _ opener: UInt8) -> Bool {
        switch opener {
        case .openBrace: firstBrace < start
        case .singleQuote: firstSingleQuote < start
        case .doubleQuote: firstDoubleQuote < start
        default: true
        }
    }

    // MARK: - Addresses

    /// Adds the parameters of `https://host/path?name=value&…`.
    private func scanQuery(_ range: Range<Int>, into reading: inout Reading) {
        guard let scheme = text[range].firstIndex(of: .colon), text.has("://", at: scheme, before: range.upperBound),
            let question = text[scheme..<range.upperBound].firstIndex(of: .question)
        else { return }
        // A quote that ends a URL in a command does not belong to it.
        let ends: [UInt8] = [.hash, .doubleQuote, .singleQuote, .backtick, .lessThan, .greaterThan]
        let query = text[(question + 1)..<range.upperBound].prefix { !$0.isBlank && !ends.contains($0) }
        for parameter in query.split(separator: .ampersand) {
            guard let setting = setting(in: parameter.startIndex..<parameter.endIndex) else { continue }
            add(setting, into: &reading)
        }
    }

    // MARK: - Interpolation

    /// Adds the defaults of `${NAME:-default}` and `${NAME-default}`, as in Docker Compose and shells.
    private func scanDefaults(_ range: Range<Int>, into reading: inout Reading) {
        var index = range.lowerBound
        while let dollar = text[index..<range.upperBound].firstIndex(of: .dollar) {
            index = dollar + 1
            guard index < range.upperBound, text[index] == .openBrace else { continue }
            let nameStart = index + 1
            var nameEnd = nameStart
            while nameEnd < range.upperBound, text[nameEnd].isNameByte { nameEnd += 1 }
            var start = nameEnd
            if start < range.upperBound, text[start] == .colon { start += 1 }
            guard nameEnd > nameStart, start < range.upperBound, text[start] == .dash else { continue }
            start += 1
            guard let close = text[start..<range.upperBound].firstIndex(where: { $0 == .closeBrace || $0 == .dollar })
            else { return }
            // A nested default is found at its own dollar sign.
            guard text[close] == .closeBrace else {
                index = close
                continue
            }
            add((nameStart..<nameEnd, start..<close), into: &reading)
            index = close
        }
    }
}
