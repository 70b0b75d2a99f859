/// Reads YAML templates that become valid YAML only when a template engine (Jinja, Helm) fills them in.
///
/// They are read line by line; the indentation determines the keys.
struct TemplateReader {
    private static let nestingLimit = 64

    private let text: [UInt8]
    private var reading = Reading(as: .assignments)
    private var keys: [(indent: Int, address: Address)] = []
    /// The last `name: X` or `key: X`, which may name a `value:` beside it.
    private var name: (indent: Int, name: String)?

    private init(_ text: [UInt8]) { self.text = text }

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reader = TemplateReader(text)
        text.forEachLine(in: range) { reader.readLine($0) }
        return reader.reading
    }

    private mutating func readLine(_ line: Range<Int>) {
        var start = line.lowerBound
        while start < line.upperBound, text[start].isBlank { start += 1 }
        guard start < line.upperBound else { return }
        if text[start] == .hash { return CommentReader.read(text, start..<line.upperBound, into: &reading) }
        while text[start] == .dash, start + 1 < line.upperBound, text[start + 1].isBlank {
            start += 1
            while start + 1 < line.upperBound, text[start].isBlank { start += 1 }
            name = nil
        }
        let indent = start - line.lowerBound
        while let last = keys.last, last.indent >= indent { keys.removeLast() }
        if let name, name.indent != indent { self.name = name.indent < indent ? name : nil }
        let content = withoutComment(start..<line.upperBound)
        guard let (key, valueStart) = key(in: content) else { return readOther(content) }
        let address = Address(keys.last?.address, text.string(in: key))
        reading.addKey(address, key, .bare)
        let value = text.trimmed(valueStart..<content.upperBound)
        let isBlock = text[value].first.map { $0 == .pipe || $0 == .greaterThan } ?? true
        guard !isBlock else {
            if keys.count < Self.nestingLimit { keys.append((indent, address)) }
            return
        }
        add(value, at: address)
        readPair(address, value, indent)
    }

    /// Reads a line without a key: an item of a list, or the template engine's own code.
    private mutating func readOther(_ content: Range<Int>) {
        let openers: [UInt8] = [.openBrace, .closeBrace, .openBracket, .closeBracket, .singleQuote, .doubleQuote]
        guard let first = text[content].first, openers.contains(first), unquoted(content).0 == content else {
            return add(content, at: keys.last?.address)
        }
        if FlowReader.read(text, content, at: keys.last?.address, into: &reading) { return }
        let code = AssignmentsReader.read(text, in: content, dialect: .code, at: keys.last?.address)
        for value in code.values { reading.add(value.address, value.span.range, value.encoding, value.role) }
    }

    /// Returns the name before `:` at the start of a line, and the start of its value; nil if there is none.
    private func key(in content: Range<Int>) -> (Range<Int>, Int)? {
        var index = content.lowerBound
        let quote = text[content].first.flatMap { $0 == .doubleQuote || $0 == .singleQuote ? $0 : nil }
        if quote != nil { index += 1 }
        let start = index
        while index < content.upperBound, text[index].isNameByte || [.dash, .dot, .slash].contains(text[index]) {
            index += 1
        }
        let key = start..<index
        guard !key.isEmpty else { return nil }
        if let quote {
            guard index < content.upperBound, text[index] == quote else { return nil }
            index += 1
        }
        guard index < content.upperBound, text[index] == .colon else { return nil }
        guard index + 1 == content.upperBound || text[index + 1].isBlank else { return nil }
        return (key, index + 1)
    }

    private mutating func withoutComment(_ content: Range<Int>) -> Range<Int> {
        var index = content.lowerBound
        var quote: UInt8?
        while index < content.upperBound {
            let byte = text[index]
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == .doubleQuote || byte == .singleQuote {
                quote = byte
            }
            if quote == nil, byte == .hash, index > content.lowerBound, text[index - 1].isBlank {
                CommentReader.read(text, index..<content.upperBound, into: &reading)
                return text.trimmed(content.lowerBound..<index)
            }
            index += 1
        }
        return text.trimmed(content)
    }

    private mutating func add(_ range: Range<Int>, at address: Address?) {
        guard !range.isEmpty else { return }
        guard !isDirective(range) else { return addDefault(range, at: address) }
        if FlowReader.read(text, range, at: address, into: &reading) { return }
        let (value, encoding) = unquoted(range)
        reading.add(address, value, encoding)
        WordScanner.scan(text, value, under: address, spelledAs: encoding, into: &reading)
    }

    /// Adds the default of a missing value: `{{ .Values.x | default "y" }}`, `{{ x | default('y') }}`.
    private mutating func addDefault(_ range: Range<Int>, at address: Address?) {
        guard let mark = text[range].lastIndex(of: .pipe) else { return }
        var index = mark + 1
        while index < range.upperBound, text[index].isBlank { index += 1 }
        guard text.has("default", at: index, before: range.upperBound) else { return }
        index += 7
        while index < range.upperBound, text[index].isBlank || text[index] == .openParenthesis { index += 1 }
        guard index < range.upperBound, text[index] == .doubleQuote || text[index] == .singleQuote else { return }
        let close = text.firstIndex(of: text[index], in: (index + 1)..<range.upperBound)
        guard close < range.upperBound else { return }
        reading.add(address, (index + 1)..<close, text[index] == .doubleQuote ? .doubleQuoted : .singleQuoted)
    }

    /// Whether a line consists of template code: `{% if … %}`, `{{- end }}`.
    private func isDirective(_ range: Range<Int>) -> Bool {
        let isOpen =
            text.has("{%", at: range.lowerBound, before: range.upperBound)
            || text.has("{{", at: range.lowerBound, before: range.upperBound)
        let isClosed =
            text.has("%}", at: range.upperBound - 2, before: range.upperBound)
            || text.has("}}", at: range.upperBound - 2, before: range.upperBound)
        return isOpen && isClosed
    }

    private func unquoted(_ range: Range<Int>) -> (Range<Int>, Encoding) {
        guard let quote = text[range].first, quote == .doubleQuote || quote == .singleQuote, range.count >= 2,
            text[range].last == quote
        else {
            return (range, text[range].contains(.openBrace) ? .line : .yamlPlain)
        }
        let inside = (range.lowerBound + 1)..<(range.upperBound - 1)
        let isWhole = !text[inside].contains(quote)
        guard isWhole else { return (range, .line) }
        return (inside, quote == .doubleQuote ? .yamlDoubleQuoted : .yamlSingleQuoted)
    }

    private mutating func readPair(_ address: Address, _ value: Range<Int>, _ indent: Int) {
        switch address.key {
        case "name", "key":
            name = (indent, text.string(in: unquoted(value).0))
        case "value":
            guard let name, name.indent == indent else { return }
            add(value, at: Address(address.outer, name.name))
            self.name = nil
        default:
            break
        }
    }
}
