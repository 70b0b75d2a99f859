/// Reads the rows of an SQL dump: the columns named by `CREATE TABLE`, `INSERT INTO` or `COPY` are the keys of their
/// values.
///
/// It has no grammar. A statement begins on its own line, as dump programs write it.
struct SQLReader {
    /// The maximum number of bytes searched for the end of a statement's head.
    private static let headLimit = 1 << 16
    /// The words in the parentheses of `CREATE TABLE` that begin something other than a column.
    private static let noColumns: Set<String> = [
        "check", "constraint", "exclude", "foreign", "fulltext", "index", "key", "like", "primary", "spatial", "unique",
    ]

    private let text: [UInt8]
    private let end: Int
    private var position: Int
    /// The columns of each table, in order of its values.
    private var columns: [String: [String]] = [:]

    /// Adds the values of the rows in `range` to `reading`.
    static func read(_ text: [UInt8], in range: Range<Int>, into reading: inout Reading) {
        var reader = SQLReader(text: text, end: range.upperBound, position: range.lowerBound)
        while reader.position < reader.end {
            reader.skip(while: \.isWhitespace)
            reader.readStatement(into: &reading)
            reader.skipLine()
        }
    }

    private mutating func readStatement(into reading: inout Reading) {
        if take("create table") {
            _ = take("if not exists")
            guard let table = name(), next == .openParenthesis else { return }
            columns[table] = definitions()
        } else if take("insert into") || take("insert ignore into") || take("replace into") {
            guard let table = name() else { return }
            let names = next == .openParenthesis ? list() : columns[table]
            guard let names, take("values") else { return }
            readRows(of: table, names, into: &reading)
        } else if take("copy") {
            guard let table = name(), next == .openParenthesis else { return }
            let names = list()
            guard take("from stdin") else { return }
            skipLine()
            readLines(of: table, names, into: &reading)
        }
    }

    // MARK: - Words

    private var next: UInt8? { position < end ? text[position] : nil }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while position < end, condition(text[position]) { position += 1 }
    }

    private mutating func skipLine() {
        skip { $0 != .newline }
        if position < end { position += 1 }
    }

    /// Skips words in either letter case and the blanks after them; returns false if the text is different.
    private mutating func take(_ words: StaticString) -> Bool {
        var index = position
        for byte in words.description.utf8 {
            guard index < end, text[index] | 0x20 == byte | 0x20 else { return false }
            index += 1
        }
        guard index == end || !text[index].isNameByte else { return false }
        position = index
        skip(while: \.isWhitespace)
        return true
    }

    /// Reads a name, possibly quoted or after a schema's name, and the blanks after it.
    private mutating func name() -> String? {
        var last: String?
        while let first = next {
            let isQuoted = first == .backtick || first == .doubleQuote
            let start = isQuoted ? position + 1 : position
            if isQuoted {
                position += 1
                skip { $0 != first && !$0.isLineBreak }
            } else {
                skip(while: \.isNameByte)
            }
            guard position > start else { return nil }
            last = text.string(in: start..<position).lowercased()
            if isQuoted, position < end { position += 1 }
            guard next == .dot else { break }
            position += 1
        }
        skip(while: \.isWhitespace)
        return last
    }

    /// Reads the names in parentheses.
    private mutating func list() -> [String] {
        var names: [String] = []
        position += 1
        skip(while: \.isWhitespace)
        while let name = name() {
            names.append(name)
            guard next == .comma else { break }
            position += 1
            skip(while: \.isWhitespace)
        }
        if next == .closeParenthesis { position += 1 }
        skip(while: \.isWhitespace)
        return names
    }

    /// Reads the column names of a table's definition.
    private mutating func definitions() -> [String] {
        var names: [String] = []
        let limit = min(end, position + Self.headLimit)
        repeat {
            position += 1
            skip(while: \.isWhitespace)
            let isQuoted = next == .backtick || next == .doubleQuote
            if let name = name(), isQuoted || !Self.noColumns.contains(name) { names.append(name) }
            skipPart(before: limit)
        } while next == .comma && position < limit
        return names
    }

    /// Skips up to the comma or the parenthesis that ends a part of a list.
    private mutating func skipPart(before limit: Int) {
        var depth = 0
        while position < limit {
            switch text[position] {
            case .openParenthesis: depth += 1
            case .closeParenthesis where depth == 0: return
            case .closeParenthesis: depth -= 1
            case .comma where depth == 0: return
            case .singleQuote: _ = string()
            default: break
            }
            position += 1
        }
    }

    /// Reads the string that begins here and stops at its last quote; nil if it contains a doubled quote.
    private mutating func string() -> Range<Int>? {
        let start = position + 1
        var isPlain = true
        position = start
        while position < end {
            switch text[position] {
            case .backslash: position += 1
            case .singleQuote:
                guard position + 1 < end, text[position + 1] == .singleQuote else {
                    return isPlain ? start..<position : nil
                }
                isPlain = false
                position += 1
            default: break
            }
            position += 1
        }
        return nil
    }

    // MARK: - Rows

    /// Reads `(1,'a',NULL),(2,'b','c');`.
    private mutating func readRows(of table: String, _ names: [String], into reading: inout Reading) {
        let table = Address(nil, table)
        while next == .openParenthesis {
            var row: [(range: Range<Int>, encoding: Encoding)?] = []
            repeat {
                position += 1
                skip(while: \.isWhitespace)
                row.append(value())
                skipPart(before: end)
            } while next == .comma
            guard next == .closeParenthesis else { return }
            position += 1
            if row.count == names.count {
                for case (let name, let value?) in zip(names, row) {
                    reading.add(Address(table, name), value.range, value.encoding)
                }
            }
            skip(while: \.isWhitespace)
            guard next == .comma else { return }
            position += 1
            skip(while: \.isWhitespace)
        }
    }

    /// Reads a string or a number; nil for anything else.
    private mutating func value() -> (range: Range<Int>, encoding: Encoding)? {
        if next == .singleQuote {
            let range = string()
            if position < end { position += 1 }
            return range.flatMap { $0.isEmpty ? nil : ($0, .singleQuoted) }
        }
        let start = position
        skip(while: \.isDigit)
        guard position > start, next == .comma || next == .closeParenthesis else { return nil }
        return (start..<position, .literal)
    }

    /// Reads the lines of `COPY … FROM stdin`, whose fields are separated by tabs.
    private mutating func readLines(of table: String, _ names: [String], into reading: inout Reading) {
        let table = Address(nil, table)
        while position < end {
            let start = position
            skip { $0 != .newline }
            let line = text[start..<position]
            if line.starts(with: "\\.".utf8) { return }
            if position < end { position += 1 }
            let fields = line.split(separator: .tab, omittingEmptySubsequences: false)
            guard fields.count == names.count else { continue }
            for (name, field) in zip(names, fields) where !field.isEmpty && !field.contains(.backslash) {
                reading.add(Address(table, name), field.startIndex..<field.endIndex, .field)
            }
        }
    }
}
