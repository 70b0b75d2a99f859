/// Reads a table whose format names the fields: `/etc/passwd`, `/etc/hosts`, `.pgpass`.
struct FieldTableReader {
    private let text: [UInt8]
    private let table: FieldTable
    private var addresses: [String: Address] = [:]
    private let root: Address
    private var reading = Reading(as: .table)
    private var strayLine: Int?

    private init(_ text: [UInt8], _ table: FieldTable) {
        self.text = text
        self.table = table
        root = Address(nil, table.name)
    }

    /// Reads the lines in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>, as table: FieldTable) -> Reading {
        var reader = FieldTableReader(text, table)
        text.forEachLine(in: range) { reader.readLine($0) }
        if let line = reader.strayLine {
            let message = "a line is not a \(table.name) record; it and similar lines were read as settings"
            reader.reading.notes.append(.init(offset: line, message: message))
        }
        return reader.reading
    }

    private mutating func readLine(_ line: Range<Int>) {
        let content = text.trimmed(line)
        guard let first = text[content].first else { return }
        if first == .hash { return CommentReader.read(text, content, into: &reading) }
        let fields =
            table.separator == .blanks
            ? TemplateWords(text, content).fields(
                of: LineWords.split(text, content) { CommentReader.read(text, $0, into: &reading) }
            )
            : splitAtColons(content)
        guard fields.count >= table.shortest || fields.count == table.fallback.count && !fields.isEmpty else {
            return readStray(content)
        }
        var names = fields.count >= table.shortest ? table.fields : table.fallback
        if table.repeatsLast, let last = names.last {
            while names.count < fields.count { names.append(last) }
        }
        for (var field, name) in zip(fields, names) where !field.range.isEmpty {
            if case .login = name, fields.count > names.count, let last = fields.last {
                // A password extends to the end of the line, because Google's contain blanks.
                field = LineWords.Word(range: field.range.lowerBound..<last.range.upperBound, encoding: .line)
            }
            if case .account(let evidence) = name {
                add(field.range, field.encoding, isOfService(fields[evidence].range) ? "service" : "user")
            } else if case .members(let group, let number) = name {
                let group = isOfService(fields[number].range) ? text[fields[group].range] : []
                for member in split(field.range, at: .comma) {
                    add(member, field.encoding, text[member].elementsEqual(group) ? "service" : "member")
                }
            } else {
                read(field, as: name)
            }
        }
    }

    /// Whether an account's number is in the range for programs, or the account has no password to log in with.
    ///
    /// Debian Policy 9.2.2 and systemd reserve the numbers below 1000, other than root's, and those from 60000.
    private func isOfService(_ field: Range<Int>) -> Bool {
        let value = text[field]
        guard let number = Int(String(decoding: value, as: UTF8.self)) else {
            // A system without passwords of its own has an `x` here, too.
            return value.allSatisfy { $0 == .asterisk || $0 == .exclamation } || value.elementsEqual("x".utf8)
        }
        return 1..<1000 ~= number || number >= 60000
    }

    /// Splits a line at colons; the last named field contains the rest.
    private func splitAtColons(_ line: Range<Int>) -> [LineWords.Word] {
        let encoding: Encoding = table.separator == .escapedColon ? .pgpassField : .field
        var fields: [LineWords.Word] = []
        var start = line.lowerBound
        var index = start
        while index <= line.upperBound {
            if index == line.upperBound || text[index] == .colon {
                fields.append(LineWords.Word(range: text.trimmed(start..<index), encoding: encoding))
                start = index + 1
            } else if text[index] == .backslash, table.separator == .escapedColon, index + 1 < line.upperBound {
                index += 1
            }
            index += 1
        }
        return fields
    }

    /// Reads a line with too few fields, which may still be a setting.
    private mutating func readStray(_ line: Range<Int>) {
        strayLine = strayLine ?? line.lowerBound
        guard let setting = SettingLine(text, line) else { return }
        let address = Address(root, text.string(in: setting.key))
        reading.addKey(address, setting.key, .bare)
        reading.add(address, setting.value, setting.encoding)
    }

    // MARK: - Fields

    private mutating func read(_ field: LineWords.Word, as name: FieldTable.Field) {
        switch name {
        case .unnamed, .account, .members: break
        case .value(let key): add(field.range, field.encoding, key)
        case .password(let key): addPassword(field, key)
        case .list(let key):
            for item in split(field.range, at: .comma) { add(item, field.encoding, key) }
        case .gecos:
            for (item, key) in zip(split(field.range, at: .comma), ["gecos", "office", "work phone", "home phone"]) {
                add(item, field.encoding, key)
            }
        case .options:
            for option in split(field.range, at: .comma) {
                let separator = text.firstIndex(of: .equals, in: option)
                guard separator < option.upperBound else { continue }
                let address = Address(address("options"), text.string(in: option.lowerBound..<separator))
                reading.add(address, (separator + 1)..<option.upperBound, .bare)
            }
        case .client:
            add(field.range.lowerBound..<text.firstIndex(of: .openParenthesis, in: field.range), .bare, "client")
        case .login:
            let colon = text.firstIndex(of: .colon, in: field.range)
            guard colon < field.range.upperBound else { return add(field.range, field.encoding, "user") }
            add(field.range.lowerBound..<colon, field.encoding, "user")
            add((colon + 1)..<field.range.upperBound, field.encoding, "password")
        }
    }

    /// Adds a password or its hash without the mark of a locked account, unless there is only a mark.
    private mutating func addPassword(_ field: LineWords.Word, _ key: String) {
        var range = field.range
        while range.count > 1, text[range.lowerBound] == .exclamation {
            range = (range.lowerBound + 1)..<range.upperBound
        }
        let marks: [UInt8] = [.asterisk, .exclamation, UInt8(ascii: "x")]
        guard range.count > 1 || !marks.contains(text[range.lowerBound]) else { return }
        add(range, field.encoding, key)
    }

    private mutating func add(_ range: Range<Int>, _ encoding: Encoding, _ key: String) {
        guard !range.isEmpty else { return }
        reading.add(address(key), range, encoding)
    }

    private mutating func address(_ key: String) -> Address {
        if let known = addresses[key] { return known }
        let address = Address(root, key)
        addresses[key] = address
        return address
    }

    private func split(_ range: Range<Int>, at separator: UInt8) -> [Range<Int>] {
        text[range].split(separator: separator, omittingEmptySubsequences: false)
            .map { text.trimmed($0.startIndex..<$0.endIndex) }
    }
}
