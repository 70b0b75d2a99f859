/// Reads configuration with lines of a keyword and its arguments: `ssh_config`, Apache, HAProxy, OpenVPN.
///
/// The keys are the dialect's name, the keyword, and the argument's own name. An unnamed argument is identified by its
/// position, unless it is the only one.
struct KeywordReader {
    private let text: [UInt8]
    private let dialect: KeywordDialect
    private let root: Address
    private var reading = Reading(as: .table)
    /// The current block of lines that are not settings, such as `<ca>` or `<auth-user-pass>`, and the number of its
    /// lines read so far.
    private var block: (name: String, lines: Int)?

    private init(_ text: [UInt8], _ dialect: KeywordDialect) {
        self.text = text
        self.dialect = dialect
        root = Address(nil, dialect.name)
    }

    /// Reads the lines in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>, as dialect: KeywordDialect) -> Reading {
        var reader = KeywordReader(text, dialect)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
    }

    private mutating func readLine(_ line: Range<Int>) {
        var content = text.trimmed(line)
        guard let first = text[content].first else { return }
        if first == .hash || first == .semicolon { return readComment(content) }
        if dialect.hasTags, first == .lessThan { return readTag(content) }
        if block != nil { return readBlockLine(content) }
        // A backslash continues the line; the next line is read like any other.
        if text[content].last == .backslash { content = text.trimmed(content.lowerBound..<(content.upperBound - 1)) }
        readSetting(content, role: .value)
    }

    /// Reads a setting that is commented out, if the comment's first word is a keyword with named arguments.
    private mutating func readComment(_ content: Range<Int>) {
        let rest = text.trimmed((content.lowerBound + 1)..<content.upperBound)
        let word = text[rest].prefix { !$0.isBlank }
        if dialect.arguments[String(decoding: word, as: UTF8.self).lowercased()] != nil,
            word.endIndex < rest.upperBound,
            text[rest].split(whereSeparator: \.isBlank).count <= 3
        {
            readSetting(rest, role: .comment)
        } else {
            CommentReader.read(text, content, into: &reading)
        }
    }

    private mutating func readSetting(_ content: Range<Int>, role: AddressedValue.Role) {
        var words = LineWords.split(text, content) { CommentReader.read(text, $0, into: &reading) }
        guard var keyword = words.first?.range else { return }
        if dialect.takesEquals { words = withoutEquals(words, &keyword) }
        let address = Address(root, text.string(in: keyword))
        reading.addKey(address, keyword, .bare)
        let names = dialect.arguments[address.key.lowercased()] ?? []
        let arguments = words.dropFirst()
        var flag: Address?
        for (position, word) in arguments.enumerated() where !word.range.isEmpty {
            let argument: Address
            if let flag {
                argument = flag
            } else if !names.isEmpty {
                let name = names[min(position, names.count - 1)]
                argument = name == address.key.lowercased() ? address : Address(address, name)
            } else {
                argument = arguments.count == 1 ? address : Address(address, String(position))
            }
            let name = text.string(in: word.range)
            let isName = position == 0 && arguments.count == 2 && dialect.naming.contains(address.key.lowercased())
            let isFlag =
                isName || word.encoding == .bare && position + 1 < arguments.count && dialect.isFlag(name)
            if isFlag, flag == nil {
                flag = Address(address, name)
                reading.addKey(flag, word.range, word.encoding)
                continue
            }
            flag = nil
            reading.add(argument, word.range, word.encoding, role)
            WordScanner.scan(text, word.range, under: argument, spelledAs: word.encoding, role: role, into: &reading)
        }
    }

    /// Returns the words of `Key=value` or `Key = value` without the sign.
    private func withoutEquals(_ words: [LineWords.Word], _ keyword: inout Range<Int>) -> [LineWords.Word] {
        var words = words
        let sign = text.firstIndex(of: .equals, in: keyword)
        if sign < keyword.upperBound, sign > keyword.lowerBound {
            let rest = (sign + 1)..<keyword.upperBound
            keyword = keyword.lowerBound..<sign
            if !rest.isEmpty { words.insert(LineWords.Word(range: rest, encoding: .bare), at: 1) }
        } else if words.count > 1, text[words[1].range].elementsEqual([.equals]) {
            words.remove(at: 1)
        }
        return words
    }

    // MARK: - Tags

    /// Reads `<VirtualHost *:443>`, `</VirtualHost>` or `<ca>`.
    private mutating func readTag(_ content: Range<Int>) {
        guard let close = text[content].lastIndex(of: .greaterThan) else { return }
        let inside = text.trimmed((content.lowerBound + 1)..<close)
        if text[inside].first == .slash {
            block = nil
            return
        }
        let words = LineWords.split(text, inside, marks: []) { _ in }
        guard let name = words.first else { return }
        let address = Address(root, text.string(in: name.range))
        reading.addKey(address, name.range, .bare)
        if words.count == 1, dialect.name == "openvpn" { block = (address.key, 0) }
        for (position, word) in words.dropFirst().enumerated() {
            let argument = words.count == 2 ? address : Address(address, String(position))
            // `<VirtualHost *:443>` ends with its bracket.
            reading.add(argument, word.range, word.encoding)
        }
    }

    /// Reads a line of a block: the user's name or the password of a login; the lines of a key have no names.
    private mutating func readBlockLine(_ content: Range<Int>) {
        guard let (name, lines) = block else { return }
        block = (name, lines + 1)
        guard name.hasSuffix("user-pass"), lines < 2 else { return }
        reading.add(Address(Address(root, name), lines == 0 ? "user" : "password"), content, .line)
    }
}
