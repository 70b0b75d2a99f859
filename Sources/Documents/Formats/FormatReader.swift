/// Recognises the format of a text, and reads it.
struct FormatReader {
    /// The number of bytes examined to guess the format.
    private static let sample = 1 << 16

    private let text: [UInt8]
    private let range: Range<Int>
    private let name: FileName
    /// Whether the text is UTF-8, as YAML requires.
    private let isUTF8: Bool
    /// Whether the text is the file's own rather than a nested one.
    private let isFile: Bool
    /// The table format that the file's name indicates.
    private let table: NamedTable?

    private init(_ text: [UInt8], _ range: Range<Int>, name: FileName, isUTF8: Bool, isFile: Bool) {
        self.isFile = isFile
        self.text = text
        self.range = range
        self.name = name
        self.isUTF8 = isUTF8
        table = NamedTable.of(name)
    }

    /// Reads a file's text.
    static func read(_ text: [UInt8], in range: Range<Int>, name: FileName, format: Format?, isUTF8: Bool) -> Reading {
        let reader = FormatReader(text, range, name: name, isUTF8: isUTF8, isFile: true)
        return reader.read(as: format ?? reader.recognise())
    }

    /// Returns the format recognised for a file's text.
    static func format(of text: [UInt8], in range: Range<Int>, name: FileName, isUTF8: Bool) -> Format {
        FormatReader(text, range, name: name, isUTF8: isUTF8, isFile: true).recognise()
    }

    /// Reads a nested text at `address`, whose innermost key may be the name of the file that it becomes, as in a
    /// ConfigMap.
    static func readNested(_ text: [UInt8], at address: Address?) -> Reading {
        let name = fileName(at: address) ?? .none
        let reader = FormatReader(text, text.indices, name: name, isUTF8: true, isFile: false)
        return reader.read(as: name.base.isEmpty ? reader.recogniseContent() : reader.recognise())
    }

    /// The name of the file that the value at `address` becomes, if it indicates a format.
    private static func fileName(at address: Address?) -> FileName? {
        guard let address else { return nil }
        // cloud-init passes `chpasswd: {list: …}` to the program of that name.
        if address.key == "list", address.outer?.key == "chpasswd" { return FileName(path: "chpasswd") }
        guard mayBeFileName(address.key) else { return nil }
        let name = FileName(path: address.key)
        return name.isTelling ? name : nil
    }

    /// Whether a key is a file name: it has an extension or is a path.
    private static func mayBeFileName(_ key: String) -> Bool {
        guard let dot = key.utf8.lastIndex(where: { $0 == .dot || $0 == .slash }) else { return false }
        let rest = key.utf8[dot...].dropFirst()
        return (1...12).contains(rest.count) && rest.allSatisfy { $0.isNameByte || $0 == .dash }
    }

    /// Whether a file's text contains the names of its values, judging by its name and beginning.
    static func containsNamesOfValues(_ text: [UInt8], name: FileName) -> Bool {
        if NamedTable.of(name) != nil || INIReader.Style.of(name) == .inventory { return false }
        guard name.formatByExtension == nil, !name.isMarkup, Dialect.ofName(name).family == .configuration else {
            return true
        }
        let start = text.prefix(sample).drop(while: \.isWhitespace)
        let isOneWord = !start.drop { !$0.isWhitespace }.contains { !$0.isWhitespace }
        return !isOneWord && (name.isProse || NamedTable.of(content: text, 0..<min(text.count, sample)) == nil)
    }

    // MARK: - Recognition

    /// Whether the file is about a machine of a tinc network: settings before or after a public key, which has more
    /// lines.
    private var isHostOfTinc: Bool {
        name.folder == "hosts" && text[sampleRange].firstRange(of: Self.publicKey) != nil
    }

    private static let publicKey = Array(" PUBLIC KEY-----".utf8)

    private func recognise() -> Format {
        if table != nil, !isFile, startsLikeJSON, case .success = JSONReader.read(text, in: range) { return .json }
        if let table { return table.mayBeINI ? formatOfHosts : .table }
        if let format = name.formatByExtension { return format }
        if name.isDotenv { return .dotenv }
        if isHostOfTinc { return .assignments }
        if name.isMarkup, startsLikeMarkup { return .assignments }
        if bareWord != nil, Dialect.ofName(name).family == .configuration { return .prose }
        if name.isProse { return startsLikeJSON ? recogniseContent() : .prose }
        if Dialect.of(name, text[range]).family != .configuration { return .assignments }
        return recogniseContent()
    }

    /// The format of a file that is named as a table of the system: Ansible's inventories in INI and YAML may be, too.
    private var formatOfHosts: Format {
        let shape = LineShape(text, sampleRange)
        if shape.startsWithSection { return .ini }
        return isUTF8 && shape.isNestedYAML && hasKeys(YAMLReader.read(text, in: range)) ? .yaml : .table
    }

    private var sampleRange: Range<Int> { range.lowerBound..<min(range.upperBound, range.lowerBound + Self.sample) }

    private var startsLikeJSON: Bool {
        let first = text[range].first { !$0.isWhitespace }
        return first == .openBrace || first == .openBracket
    }

    /// Guesses the format without a name.
    private func recogniseContent() -> Format {
        if bareWord != nil { return .prose }
        if startsLikeJSON, case .success = JSONReader.read(text, in: range) { return .json }
        if startsLikeMarkup, isFile, NamedTable.of(content: text, sampleRange) != nil { return .table }
        if startsLikeMarkup || text[range].starts(with: "#!".utf8) { return .assignments }
        if name.base.isEmpty, !text[range].contains(where: \.isLineBreak) {
            return Self.mayAssign(text[range]) ? .assignments : .prose
        }
        if NamedTable.of(content: text, sampleRange) != nil { return .table }
        let shape = LineShape(text, sampleRange)
        if name.fileExtension.isEmpty, shape.looksLikeDotenv { return .dotenv }
        if shape.looksLikeINI { return .ini }
        let isConfiguration = ["conf", "cfg", "cnf"].contains(name.fileExtension)
        if isUTF8, isConfiguration ? shape.isNestedYAML : shape.mayBeYAML, hasKeys(YAMLReader.read(text, in: range)) {
            return .yaml
        }
        return shape.looksLikeSettings ? .assignments : .prose
    }

    /// Whether a one-line text may contain settings: `key = value`, `key="value"`.
    static func mayAssign(_ line: ArraySlice<UInt8>) -> Bool {
        zip(line, line.dropFirst()).contains { $0 == .equals && ($1 == .doubleQuote || $1 == .space) }
    }

    /// Whether a text was parsed and is more than one scalar.
    private func hasKeys(_ result: Result<Reading, ReadingFailure>) -> Bool {
        guard case .success(let reading) = result else { return false }
        return reading.values.contains { $0.address != nil && $0.role != .comment }
    }

    private var startsLikeMarkup: Bool {
        guard let start = text[range].firstIndex(where: { !$0.isWhitespace }), text[start] == .lessThan,
            !text.has("<?php", at: start, before: range.upperBound)
        else { return false }
        let next = start + 1 < range.upperBound ? text[start + 1] : .space
        return next.isLetter || next == .exclamation || next == .question
    }

    /// The single word of which the text consists; nil if it is anything else.
    private var bareWord: Range<Int>? {
        let word = text.trimmed(range)
        guard !word.isEmpty, !text[word].contains(where: \.isWhitespace) else { return nil }
        if let separator = text[word].firstIndex(of: .equals), separator > word.lowerBound {
            let isSetting = text[word.lowerBound..<separator].allSatisfy { $0.isNameByte || $0 == .dot || $0 == .dash }
            // `KEY=value` is a setting; base64 padding is not.
            if isSetting, text[separator..<word.upperBound].contains(where: { $0 != .equals }) { return nil }
        }
        return startsLikeJSON || text[word].first == .lessThan ? nil : word
    }

    // MARK: - Reading

    private func read(as format: Format) -> Reading {
        switch format {
        case .dotenv: return DotenvReader.read(text, in: range)
        case .properties: return PropertiesReader.read(text, in: range)
        case .ini: return INIReader.read(text, in: range, style: .of(name))
        case .yaml: return readYAML()
        case .json: return readJSON()
        case .toml: return readTOML()
        case .table: return readTable()
        case .assignments: return readAssignments()
        case .prose: return readProse()
        case .binary: return Reading(as: .binary)
        }
    }

    private func readYAML() -> Reading {
        guard isUTF8 else {
            var reading = TemplateReader.read(text, in: range)
            reading.notes.append(.init(message: "YAML must be UTF-8, but this is not; it was read line by line"))
            return reading
        }
        switch YAMLReader.read(text, in: range) {
        case .success(let reading):
            return reading
        case .failure(let failure):
            var reading = TemplateReader.read(text, in: range)
            let message = "the text is not YAML (\(failure.message)); it was read line by line"
            reading.notes.append(.init(offset: failure.offset, message: message))
            return reading
        }
    }

    private func readJSON() -> Reading {
        switch JSONReader.read(text, in: range) {
        case .success(let reading):
            return reading
        case .failure(let failure):
            if text.trimmed(range).isEmpty { return Reading(as: .json) }
            var reading = AssignmentsReader.read(text, in: range, dialect: .code)
            let message = "the text is not JSON (\(failure.message)); it was read line by line"
            reading.notes.append(.init(offset: failure.offset, message: message))
            return reading
        }
    }

    private func readTOML() -> Reading {
        switch TOMLReader.read(text, in: range) {
        case .success(let reading):
            return reading
        case .failure(let failure):
            let dialect = Dialect(family: .code, hasSlashComments: false)
            var reading = AssignmentsReader.read(text, in: range, dialect: dialect)
            let message = "the text is not TOML (\(failure.message)); it was read line by line"
            reading.notes.append(.init(offset: failure.offset, message: message))
            return reading
        }
    }

    private func readTable() -> Reading {
        guard let table = table ?? NamedTable.of(content: text, sampleRange) else { return readAssignments() }
        return table.read(text, in: range)
    }

    private func readAssignments() -> Reading {
        if startsLikeMarkup || name.isMarkup && name.fileExtension != "config" {
            return MarkupReader.read(text, in: range)
        }
        var reading = AssignmentsReader.read(text, in: range, dialect: Dialect.of(name, text[range]))
        if name.isSQL { SQLReader.read(text, in: range, into: &reading) }
        return reading
    }

    private func readProse() -> Reading {
        guard let word = bareWord else { return ProseReader.read(text, in: range) }
        var reading = Reading(as: .prose)
        // No delimiter of a format ends the word, so any line could replace it.
        reading.add(isFile ? name.bareValueAddress : nil, word, .line)
        return reading
    }
}
