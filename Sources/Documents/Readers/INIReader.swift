/// Reads INI files: sections in brackets, `key = value` and `key: value`, and values that go on in indented lines.
struct INIReader {
    private let text: [UInt8]
    private var reading = Reading(as: .ini)
    private var section: Address?
    /// The last setting and the number of lines that continue it.
    private var last: (address: Address, count: Int)?

    private init(_ text: [UInt8]) { self.text = text }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = INIReader(text)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
    }

    private mutating func readLine(_ line: Range<Int>) {
        let content = text.trimmed(line)
        guard let first = text[content].first else {
            last = nil
            return
        }
        switch first {
        case .hash, .semicolon:
            CommentReader.read(text, content, into: &reading)
        case .openBracket:
            readSection(content)
        default:
            readSetting(content, isIndented: content.lowerBound > line.lowerBound)
        }
    }

    private mutating func readSection(_ content: Range<Int>) {
        let close = text[content].firstIndex(of: .closeBracket) ?? content.upperBound
        let name = text.trimmed((content.lowerBound + 1)..<close)
        section = Address(nil, text.string(in: name))
        reading.addKey(section, name, .ini)
        last = nil
    }

    private mutating func readSetting(_ content: Range<Int>, isIndented: Bool) {
        let separator = text[content].firstIndex { $0 == .equals || $0 == .colon }
        let name = text.trimmed(content.lowerBound..<(separator ?? content.upperBound))
        let isSentence = separator == nil || text[name].contains(where: \.isBlank)
        if let last, isIndented, isSentence {
            add(content, at: Address(last.address, String(last.count)))
            self.last = (last.address, last.count + 1)
            return
        }
        if let separator, isSentence, text[separator] == .equals, !text[separator - 1].isBlank {
            return readHost(content)
        }
        let address = Address(section, text.string(in: name))
        reading.addKey(address, name, .ini)
        last = (address, 0)
        guard let separator else { return }
        let value = text.trimmed((separator + 1)..<content.upperBound)
        add(value.isEmpty ? content.upperBound..<content.upperBound : value, at: address)
    }

    /// Reads a line of an Ansible inventory: a host's name and then `key=value` words.
    private mutating func readHost(_ content: Range<Int>) {
        var index = content.lowerBound
        while index < content.upperBound, !text[index].isBlank { index += 1 }
        let host = content.lowerBound..<index
        let address = Address(section, text.string(in: host))
        reading.addKey(address, host, .ini)
        last = nil
        while index < content.upperBound {
            while index < content.upperBound, text[index].isBlank { index += 1 }
            let start = index
            var quote: UInt8?
            while index < content.upperBound, quote != nil || !text[index].isBlank {
                let byte = text[index]
                if byte == quote {
                    quote = nil
                } else if quote == nil, byte == .doubleQuote || byte == .singleQuote {
                    quote = byte
                }
                index += 1
            }
            guard let setting = SettingLine(text, start..<index) else { continue }
            let key = Address(address, text.string(in: setting.key))
            reading.addKey(key, setting.key, .bare)
            reading.add(key, setting.value, setting.encoding)
        }
    }

    private mutating func add(_ range: Range<Int>, at address: Address) {
        let (value, encoding, comment) = split(range)
        reading.add(address, value, encoding)
        WordScanner.scan(text, value, under: address, spelledAs: encoding, into: &reading)
        if let comment { CommentReader.read(text, comment, into: &reading) }
    }

    /// Splits a value from a comment behind it, and takes the quotes off.
    private func split(_ range: Range<Int>) -> (value: Range<Int>, encoding: Encoding, comment: Range<Int>?) {
        if let quote = text[range].first, quote == .doubleQuote || quote == .singleQuote {
            var index = range.lowerBound + 1
            while index < range.upperBound, text[index] != quote { index += text[index] == .backslash ? 2 : 1 }
            let rest = text.trimmed(min(index + 1, range.upperBound)..<range.upperBound)
            let isComment = text[rest].first.map { $0 == .hash || $0 == .semicolon } ?? true
            if index < range.upperBound, isComment {
                let encoding: Encoding = quote == .doubleQuote ? .doubleQuoted : .singleQuoted
                return ((range.lowerBound + 1)..<index, encoding, rest.isEmpty ? nil : rest)
            }
            return (range, .line, nil)
        }
        var index = range.lowerBound
        while index < range.upperBound {
            let isMark = text[index] == .hash || text[index] == .semicolon
            if isMark, index == range.lowerBound || text[index - 1].isBlank {
                return (text.trimmed(range.lowerBound..<index), .ini, index..<range.upperBound)
            }
            index += 1
        }
        return (range, .ini, nil)
    }
}
