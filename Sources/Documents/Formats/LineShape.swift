/// Counts of line shapes, used to guess a text's format.
struct LineShape {
    /// Non-blank lines.
    private var lines = 0
    private var comments = 0
    private var sections = 0
    /// Lines of the form `KEY=value` with the name of an environment variable.
    private var dotenv = 0
    /// Lines with any name, `=` or `:`, and a value.
    private var settings = 0
    /// Lines of the form `key:` or `- item`.
    private var yaml = 0
    /// Lines that end with `;` or a bracket that opens or closes a block.
    private var blocks = 0
    /// Lines consisting of a name and one word.
    private var pairs = 0
    /// Indented names whose values are on the next lines.
    private var nestings = 0
    /// Whether the first line that is not a comment is a section.
    private(set) var startsWithSection = false
    private var startsWithDocumentMark = false

    /// Examines the lines in `range`.
    init(_ text: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let line = text.endOfLine(from: index, before: range.upperBound)
            add(text, text.trimmed(index..<line.contentEnd))
            index = line.nextLine
        }
    }

    /// Whether a byte is a non-letter that may occur in the names of settings.
    private static func isNameMark(_ byte: UInt8) -> Bool {
        byte == .dot || byte == .dash || byte == .slash || byte == .doubleQuote
    }

    private mutating func add(_ text: [UInt8], _ line: Range<Int>) {
        guard let first = text[line].first, let last = text[line].last else { return }
        lines += 1
        if first == .hash || first == .semicolon || text.has("//", at: line.lowerBound, before: line.upperBound) {
            comments += 1
            return
        }
        let settled = lines - comments == 1
        if first == .openBracket, last == .closeBracket {
            sections += 1
            if settled { startsWithSection = true }
            return
        }
        if settled, text.has("---", at: line.lowerBound, before: line.upperBound) { startsWithDocumentMark = true }
        if last == .semicolon || last == .openBrace || last == .closeBrace { blocks += 1 }
        var index = line.lowerBound
        if text.has("- ", at: index, before: line.upperBound) {
            yaml += 1
            index += 2
        }
        // These are a shell's `export KEY=value` and OpenWrt's `option name 'value'`.
        for prefix: StaticString in ["export ", "option ", "list "]
        where text.has(prefix, at: index, before: line.upperBound) { index += prefix.utf8CodeUnitCount }
        let nameStart = index
        while index < line.upperBound,
            text[index].isNameByte || Self.isNameMark(text[index])
        { index += 1 }
        guard index > nameStart else { return }
        if last == .colon, index == line.upperBound - 1 { nestings += 1 }
        if index < line.upperBound, text[index].isBlank {
            let rest = text.trimmed(index..<line.upperBound)
            if !text[rest].contains(where: \.isBlank), ![.equals, .colon].contains(text[rest.lowerBound]) {
                pairs += 1
            }
        }
        let isTight = index < line.upperBound && text[index] == .equals
        while index < line.upperBound, text[index].isBlank { index += 1 }
        guard index < line.upperBound else { return }
        if text[index] == .equals {
            settings += 1
            let isVariable = text[nameStart..<index].allSatisfy {
                $0.isCapitalVariableByte
            }
            if isTight, isVariable { dotenv += 1 }
        } else if text[index] == .colon, index + 1 == line.upperBound || text[index + 1].isBlank {
            settings += 1
            if nameStart == line.lowerBound || text[line.lowerBound] == .dash { yaml += 1 }
        }
    }

    private var content: Int { lines - comments }

    /// Whether every line is a variable or a comment.
    var looksLikeDotenv: Bool { content > 0 && dotenv == content }

    /// Whether there are sections, and at least half of the other lines are settings.
    var looksLikeINI: Bool {
        sections > 0 && startsWithSection && settings * 2 >= content - sections && blocks * 4 <= content
    }

    /// Whether there are keys with lines nested below them, as only YAML has.
    var isNestedYAML: Bool { mayBeYAML && nestings > 0 }

    /// Whether it is worth trying to read the text as YAML.
    var mayBeYAML: Bool { startsWithDocumentMark || yaml * 3 >= content && yaml > 0 && blocks * 4 <= content }

    /// Whether at least a third of the lines are settings or lines of a block, or at least half if pairs count, too.
    var looksLikeSettings: Bool {
        let found = settings + blocks
        return found > 0 && found * 3 >= content || pairs > 0 && (found + pairs) * 2 >= content
    }
}
