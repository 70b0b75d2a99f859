/// Reads INI files: sections in brackets, `key = value` and `key: value`, and values that continue in indented lines.
///
/// It also reads Asterisk's `key => value` and `[section](template)`, Git's `[section "name"]`, and systemd units.
struct INIReader {
    /// The variants of INI files.
    enum Style {
        case common
        /// systemd.syntax(7): a colon is not a separator, and `Environment=` contains settings.
        case systemd
        /// An Ansible inventory: a line in a group is a host, possibly with a range in brackets.
        case inventory
        /// Asterisk's `voicemail.conf`: a mailbox has a PIN, a name and an email address.
        case voicemail

        /// Determines the style of a file by its name.
        static func of(_ name: FileName) -> Style {
            switch name.fileExtension {
            case "service", "socket", "timer", "mount", "target", "path", "slice", "netdev", "network": .systemd
            case "",
                "ini" where isInventory(name):
                .inventory
            default: name.base == "voicemail.conf" ? .voicemail : .common
            }
        }

        private static func isInventory(_ name: FileName) -> Bool {
            ["inventory", "inventories"].contains(name.folder)
                || ["inventory", "inventory.ini", "hosts", "hosts.ini"].contains(name.base)
        }

        /// Whether a colon separates a name from its value.
        var takesColons: Bool { self == .common || self == .voicemail }
    }

    private static let inventoryHost = Address(Address(nil, "inventory"), "host")

    private let text: [UInt8]
    private var reading = Reading(as: .ini)
    private var section: Address?
    /// The last setting, the indentation of its line, and the number of its continuation lines, which are indented
    /// further.
    private var last: (address: Address, indentation: Int, count: Int)?

    private let style: Style

    private init(_ text: [UInt8], _ style: Style) {
        self.text = text
        self.style = style
    }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>, style: Style = .common) -> Reading {
        var reader = INIReader(text, style)
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
            readSetting(content, indentation: content.lowerBound - line.lowerBound)
        }
    }

    private mutating func readSection(_ content: Range<Int>) {
        let close = text[content].firstIndex(of: .closeBracket) ?? content.upperBound
        let name = text.trimmed((content.lowerBound + 1)..<close)
        last = nil
        if text[name].last == .doubleQuote, let quote = text[name].firstIndex(of: .doubleQuote),
            quote + 1 < name.upperBound, quote > name.lowerBound
        {
            // This is Git's `[remote "origin"]`.
            let outer = text.trimmed(name.lowerBound..<quote)
            let inner = (quote + 1)..<(name.upperBound - 1)
            let address = Address(nil, text.string(in: outer))
            section = Address(address, text.string(in: inner))
            reading.addKey(address, outer, .ini)
            reading.addKey(section, inner, .doubleQuoted)
            return
        }
        section = Address(nil, text.string(in: name))
        reading.addKey(section, name, .ini)
    }

    private mutating func readSetting(_ content: Range<Int>, indentation: Int) {
        let separator = text[content].firstIndex { $0 == .equals || $0 == .colon && style.takesColons }
        let name = text.trimmed(content.lowerBound..<(separator ?? content.upperBound))
        let isSentence = separator == nil || text[name].contains(where: \.isBlank)
        if let last, indentation > last.indentation, isSentence {
            add(content, at: Address(last.address, String(last.count)))
            self.last = (last.address, last.indentation, last.count + 1)
            return
        }
        if let separator, isSentence, text[separator] == .equals, !text[separator - 1].isBlank {
            return readHost(content)
        }
        let address = Address(section, text.string(in: name))
        reading.addKey(address, name, .ini)
        last = (address, indentation, 0)
        guard let separator else { return addHost(name) }
        let isArrow = text.has("=>", at: separator, before: content.upperBound)
        let value = text.trimmed((separator + (isArrow ? 2 : 1))..<content.upperBound)
        if readParts(of: value, at: address, isArrow: isArrow) { return }
        add(value.isEmpty ? content.upperBound..<content.upperBound : value, at: address)
    }

    // MARK: - Values of several parts

    /// Reads a value that consists of known parts; returns false for an ordinary value.
    private mutating func readParts(of value: Range<Int>, at address: Address, isArrow: Bool) -> Bool {
        switch address.key {
        case "Environment" where style == .systemd: readEnvironment(value, at: address)
        case "callerid", "cid_number", "CALLERID": return readCaller(value, at: address)
        case "register" where isArrow: return readRegistration(value, at: address)
        case let key where style == .voicemail && isArrow && key.utf8.allSatisfy(\.isDigit):
            for (part, name) in zip(text[value].split(separator: .comma), ["pin", "name", "email", "pager"]) {
                let range = text.trimmed(part.startIndex..<part.endIndex)
                if !range.isEmpty { reading.add(Address(address, name), range, .field) }
            }
        default: return false
        }
        return true
    }

    /// Reads the settings in `Environment="A=b c" D=e`.
    private mutating func readEnvironment(_ value: Range<Int>, at address: Address) {
        for (position, word) in LineWords.split(text, value, marks: [], comment: { _ in }).enumerated() {
            reading.add(Address(address, String(position)), word.range, word.encoding)
            let sign = text.firstIndex(of: .equals, in: word.range)
            guard sign > word.range.lowerBound, sign < word.range.upperBound else { continue }
            let name = text.string(in: word.range.lowerBound..<sign)
            reading.add(Address(address, name), (sign + 1)..<word.range.upperBound, word.encoding)
        }
    }

    /// Reads the parts of `callerid="A Name" <123>`; returns false if there are none.
    private mutating func readCaller(_ value: Range<Int>, at address: Address) -> Bool {
        guard let open = text[value].firstIndex(of: .lessThan), text[value].last == .greaterThan else { return false }
        reading.add(Address(address, "number"), (open + 1)..<(value.upperBound - 1), .bare)
        var name = text.trimmed(value.lowerBound..<open)
        if name.count >= 2, text[name].first == .doubleQuote, text[name].last == .doubleQuote {
            name = (name.lowerBound + 1)..<(name.upperBound - 1)
        }
        if !name.isEmpty { reading.add(Address(address, "name"), name, .field) }
        return true
    }

    /// Reads the parts of `register => user:secret:login@host:port/extension`; returns false if there are none.
    private mutating func readRegistration(_ value: Range<Int>, at address: Address) -> Bool {
        guard let at = text[value].lastIndex(of: UInt8(ascii: "@")) else { return false }
        let names = ["user", "secret", "login"]
        for (part, name) in zip(text[value.lowerBound..<at].split(separator: .colon), names) {
            reading.add(Address(address, name), part.startIndex..<part.endIndex, .field)
        }
        let host = text[(at + 1)..<value.upperBound].prefix { $0 != .colon && $0 != .slash && !$0.isBlank }
        if !host.isEmpty { reading.add(Address(address, "host"), host.startIndex..<host.endIndex, .bare) }
        return true
    }

    /// Adds the name of a host in an inventory's group; sections of variables and of child groups contain no hosts.
    private mutating func addHost(_ name: Range<Int>) {
        let isGroup = section.map { !$0.key.hasSuffix(":vars") && !$0.key.hasSuffix(":children") } ?? true
        if style == .inventory, isGroup { reading.add(Self.inventoryHost, name, .ini) }
    }

    /// Reads a line of an Ansible inventory: the name of a host, followed by `key=value` words.
    private mutating func readHost(_ content: Range<Int>) {
        var index = content.lowerBound
        while index < content.upperBound, !text[index].isBlank { index += 1 }
        let host = content.lowerBound..<index
        let address = Address(section, text.string(in: host))
        reading.addKey(address, host, .ini)
        addHost(host)
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

    /// Returns the contents of a value between marks without escapes (three quotes, or backticks as in Grafana and
    /// Gitea), and the comment after it.
    private func verbatim(_ range: Range<Int>) -> (value: Range<Int>, comment: Range<Int>?)? {
        for mark in ["\"\"\"", "`"] as [StaticString] {
            let count = mark.utf8CodeUnitCount
            guard range.count > 2 * count, text.has(mark, at: range.lowerBound, before: range.upperBound) else {
                continue
            }
            let start = range.lowerBound + count
            for end in start..<range.upperBound where text.has(mark, at: end, before: range.upperBound) {
                let rest = text.trimmed((end + count)..<range.upperBound)
                if rest.isEmpty { return (start..<end, nil) }
                if text[rest].first == .hash || text[rest].first == .semicolon { return (start..<end, rest) }
            }
        }
        return nil
    }

    /// Splits a value from a trailing comment, and removes the quotes.
    private func split(_ range: Range<Int>) -> (value: Range<Int>, encoding: Encoding, comment: Range<Int>?) {
        if let verbatim = verbatim(range) { return (verbatim.value, .tomlLiteral, verbatim.comment) }
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
