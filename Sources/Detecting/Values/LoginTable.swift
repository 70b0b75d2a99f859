internal import Documents

/// A table of logins and their passwords: `credentials: {lia: x}`, or the lines under `passwords:` in YAML and under
/// `[passwords]` in TOML.
///
/// It is read from the text alone, whatever language surrounds it.
struct LoginTable {
    /// The meaning of a table, according to its name.
    enum Sort {
        /// The values are passwords.
        case passwords
        /// The values are passwords, and the names are users.
        case logins
        /// The names are users.
        case users
    }

    /// A name and its value.
    struct Entry {
        var name: Span
        var value: Span
        var isQuoted: Bool
    }

    /// The meaning of the table.
    let sort: Sort
    /// The entries, in order of the text, without those that are lists or mappings.
    private(set) var entries: [Entry] = []

    private let text: [UInt8]
    private let limit: Int

    /// The maximum size of a table in bytes, and the maximum nesting depth of tables.
    private static let (reach, deepest) = (1 << 14, 2)

    /// Reads the table that follows the assignment to its name, or the line with its name; either ends at `end`.
    ///
    /// Nil if the name is not that of a table.
    init?(endingAt end: Int, in text: [UInt8]) {
        guard let name = Self.name(before: end, in: text),
            let sort = Self.sort(of: Self.outerWords(above: name, in: text) + Self.words(at: name, in: text))
        else { return nil }
        (self.sort, self.text) = (sort, text)
        limit = min(text.count, end + Self.reach)
        if ByteSet.lineEnd.contains(text[end - 1]) {
            readLines(from: end, indent: nil)
            return
        }
        let position = Self.behind(Self.signs, from: end, in: text)
        guard position < limit else { return }
        if text[position] == UInt8(ascii: "{") {
            _ = readBraces(from: position)
        } else if text[end - 1] == UInt8(ascii: ":"), ByteSet.lineEnd.contains(text[position]) {
            readLines(from: position + 1, indent: Self.indent(ofLineAt: name.start, in: text))
        }
    }

    // MARK: - Names

    private static let signs = ByteSet(" \t=>:")
    private static let marks = ByteSet("\"'[] \t=:\r\n")
    private static let nameBytes = ByteSet.alphanumerics.union(ByteSet("_.@+-"))
    private static let quotes = ByteSet("\"'")

    /// The name before an assignment or the end of a line.
    private static func name(before end: Int, in text: [UInt8]) -> Span? {
        var last = end
        while last > 0, end - last < 8, marks.contains(text[last - 1]) { last -= 1 }
        var start = last
        while start > 0, last - start < 64, nameBytes.contains(text[start - 1]) { start -= 1 }
        return start < last ? Span(start, last) : nil
    }

    private static func words(at name: Span, in text: [UInt8]) -> [String] {
        KeyName(String(decoding: text[name.range], as: UTF8.self)).words
    }

    private static func sort(of words: [String]) -> Sort? {
        let isOfLogins = words.suffix(3).joined().contains("auth")
        switch words.last {
        case "passwords", "passwds", "credentials", "creds": return .passwords
        case "htpasswd", "basicauth": return .logins
        case "auth": return words.dropLast().last == "basic" ? .logins : nil
        case "users", "logins", "accounts", "admins": return isOfLogins ? .logins : .users
        default: return nil
        }
    }

    /// The words of the name above a name: the one before the enclosing brace, or the one in the line above if that is
    /// indented less.
    private static func outerWords(above name: Span, in text: [UInt8]) -> [String] {
        var position = name.start
        while position > 0, name.start - position < 80,
            quotes.contains(text[position - 1]) || ByteSet.space.contains(text[position - 1])
        { position -= 1 }
        if position > 0, text[position - 1] == UInt8(ascii: "{") {
            return Self.name(before: position - 1, in: text).map { words(at: $0, in: text) } ?? []
        }
        guard position > 0, text[position - 1] == UInt8(ascii: ":"), name.start > position,
            text[position..<name.start].contains(where: ByteSet.lineEnd.contains),
            let outer = Self.name(before: position, in: text),
            indent(ofLineAt: outer.start, in: text) < indent(ofLineAt: name.start, in: text)
        else { return [] }
        return words(at: outer, in: text)
    }

    /// The number of blanks at the start of the line around `position`.
    private static func indent(ofLineAt position: Int, in text: [UInt8]) -> Int {
        var start = position
        while start > 0, !ByteSet.lineEnd.contains(text[start - 1]) { start -= 1 }
        return behind(ByteSet.blank, from: start, in: text) - start
    }

    private static func behind(_ set: ByteSet, from start: Int, in text: [UInt8]) -> Int {
        var end = start
        while end < text.count, set.contains(text[end]) { end += 1 }
        return end
    }

    // MARK: - Lines

    /// Reads the lines that are indented more than `indent` or, if that is nil, those up to the next section.
    private mutating func readLines(from start: Int, indent: Int?, depth: Int = 0) {
        var position = start
        var level: Int?
        while position < limit {
            let end = text[position..<limit].firstIndex(where: ByteSet.lineEnd.contains) ?? limit
            let first = Self.behind(ByteSet.blank, from: position, in: text)
            defer { position = end + 1 }
            guard first < end, text[first] != UInt8(ascii: "#"), text[first] != UInt8(ascii: ";") else { continue }
            if let indent {
                guard first - position > indent, text[first] != UInt8(ascii: "-") else { return }
                level = level ?? (first - position)
                if level != first - position { continue }
            } else if text[first] == UInt8(ascii: "[") {
                return
            }
            guard let (name, value) = nameAndValue(from: first, to: end) else { continue }
            if value == end, let indent = level, isTable(name), depth < Self.deepest {
                readLines(from: end + 1, indent: indent, depth: depth + 1)
            } else {
                _ = readValue(of: name, from: value, ending: ByteSet.lineEnd, depth: depth)
            }
        }
    }

    /// The name at `start`, and the offset where its value begins.
    private func nameAndValue(from start: Int, to end: Int) -> (name: Span, value: Int)? {
        let first =
            start < end && Self.marks.contains(text[start]) ? Self.behind(Self.marks, from: start, in: text) : start
        let last = Self.behind(Self.nameBytes, from: first, in: text)
        guard last > first, last < end else { return nil }
        let sign = Self.behind(Self.closers, from: last, in: text)
        guard sign < end, text[sign] == UInt8(ascii: ":") || text[sign] == UInt8(ascii: "=") else { return nil }
        return (Span(first, last), min(end, Self.behind(Self.signs, from: sign, in: text)))
    }

    private static let closers = ByteSet("\"'] \t")

    private func isTable(_ name: Span) -> Bool { Self.sort(of: Self.words(at: name, in: text)) != nil }

    // MARK: - Braces

    /// Reads the entries between braces, and returns the end of the table.
    private mutating func readBraces(from start: Int, depth: Int = 0) -> Int {
        var position = start + 1
        while position < limit {
            position = Self.behind(Self.separators, from: position, in: text)
            guard position < limit, text[position] != UInt8(ascii: "}") else { return position + 1 }
            guard let (name, value) = nameAndValue(from: position, to: limit) else { return limit }
            position = readValue(of: name, from: value, ending: Self.ends, depth: depth)
        }
        return limit
    }

    private static let separators = ByteSet.space.union(ByteSet(",;"))
    private static let ends = ByteSet(",;}\r\n")

    /// Reads the value of a name, and returns its end.
    private mutating func readValue(of name: Span, from start: Int, ending ends: ByteSet, depth: Int) -> Int {
        guard start < limit else { return limit }
        switch text[start] {
        case UInt8(ascii: "{") where isTable(name) && depth < Self.deepest:
            return readBraces(from: start, depth: depth + 1)
        case UInt8(ascii: "{"), UInt8(ascii: "["): return endOfGroup(from: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let end =
                text[(start + 1)..<limit].firstIndex { $0 == text[start] || ByteSet.lineEnd.contains($0) } ?? limit
            guard end < limit, text[end] == text[start] else { return end }
            if end > start + 1, text[end - 1] != UInt8(ascii: "\\") {
                entries.append(Entry(name: name, value: Span(start + 1, end), isQuoted: true))
            }
            return end + 1
        default:
            var end = start
            while end < limit, !ends.contains(text[end]) {
                if text[end] == UInt8(ascii: "#"), text[end - 1] == UInt8(ascii: " ") { break }
                end += 1
            }
            let stop = text[..<limit][end...].firstIndex(where: ends.contains) ?? limit
            while end > start, ByteSet.blank.contains(text[end - 1]) { end -= 1 }
            if end > start { entries.append(Entry(name: name, value: Span(start, end), isQuoted: false)) }
            return stop
        }
    }

    /// The end of a list or a mapping.
    private func endOfGroup(from start: Int) -> Int {
        var depth = 0
        for position in start..<limit {
            switch text[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: continue
            }
            if depth == 0 { return position + 1 }
        }
        return limit
    }
}
