/// The parts of a program's text that are neither strings nor comments.
///
/// They contain names, keywords, signs and numbers, but no texts of an owner. A line that cannot be read with
/// certainty, such as one with an unclosed quote, does not count as code.
package struct CodeText: Sendable {
    /// The type of a part that is not code.
    enum Sort: Sendable {
        case comment
        case string
        /// A string that names a module, by which the language finds it.
        case module
        /// A line that cannot be read with certainty.
        case line
        /// Text that is not read: text around PHP, or the here-document announced by `<<EOS`.
        case unknown
    }

    struct Part: Sendable {
        var range: Range<Int>
        var sort: Sort
    }

    /// The program's text.
    let text: [UInt8]
    /// All parts that are not code, in order.
    let parts: [Part]

    /// Reads a program; nil if its language is unknown.
    package init?(path: String, text: [UInt8]) {
        guard !text.prefix(256).contains(0), let language = CodeLanguage.of(path: path, text) else { return nil }
        self.text = text
        var reader = CodeReader(language, text)
        parts = reader.read()
    }

    /// Whether all bytes from `start` to `end` are code, or inside the name of a module.
    package func isCode(from start: Int, to end: Int) -> Bool {
        guard start < end, end <= text.count else { return false }
        let next = parts.partitioningIndex { $0.range.upperBound > start }
        guard next < parts.count, parts[next].range.lowerBound < end else { return true }
        let part = parts[next]
        if part.sort == .line { return isVariable(from: start, to: end) }
        return part.sort == .module && part.range.lowerBound <= start && end <= part.range.upperBound
    }

    /// Whether the bytes from `start` to `end` are partly in a string and partly outside it, or include one of its
    /// quotes.
    package func crossesString(from start: Int, to end: Int) -> Bool {
        guard start < end, end <= text.count else { return false }
        var next = parts.partitioningIndex { $0.range.upperBound > start }
        while next < parts.count, parts[next].range.lowerBound < end {
            let (range, sort) = (parts[next].range, parts[next].sort)
            let isWhole = start == range.lowerBound && end == range.upperBound
            if sort == .string, !isWhole, start <= range.lowerBound || range.upperBound <= end { return true }
            next += 1
        }
        return false
    }

    /// Whether the signs around a word make it a name, anywhere in a line: `$x`, `@x`, `a.x`, `->x`, `x(`, `x =`.
    private func isVariable(from start: Int, to end: Int) -> Bool {
        guard text[start..<end].allSatisfy(\.isVariableByte) else { return false }
        let before = text[..<start].reversed().prefix(128).drop { $0.isVariableByte }
        let behind = text[end...].prefix(128).drop { $0.isVariableByte }
        if let sign = before.first {
            if sign == .dollar || sign == UInt8(ascii: "@") && !(before.dropFirst().first?.isVariableByte ?? false) {
                return true
            }
            if sign == .greaterThan, before.dropFirst().first == .dash { return true }
        }
        return behind.first == .openParenthesis || behind.first == .dot && (behind.dropFirst().first?.isLetter ?? false)
            || behind.starts(with: " = ".utf8) || behind.starts(with: "->".utf8) || behind.starts(with: "::".utf8)
    }

    /// Finds the first difference between the code of two versions of a program: other names, signs or quotes.
    ///
    /// Differences in comments, blanks, the contents of strings, and numbers do not matter. A name may be replaced by
    /// another.
    ///
    /// - Parameters:
    ///   - other: the other version.
    ///   - replaced: the parts of this version that were replaced, in order.
    ///   - standIns: the parts of the other version that took their places.
    /// - Returns: the 1-based line of the other version; nil if there is no difference.
    package func firstChangedLine(in other: CodeText, replaced: [Span] = [], standIns: [Span] = []) -> Int? {
        var old: [UInt8] = []
        old.reserveCapacity(text.count)
        forEachSign(replaced) { byte, _ in
            old.append(byte)
            return true
        }
        var same = 0
        var changed: Int?
        other.forEachSign(standIns) { byte, place in
            guard same < old.count, old[same] == byte else {
                changed = place
                return false
            }
            same += 1
            return true
        }
        guard let place = changed ?? (same < old.count ? other.text.count : nil) else { return nil }
        return 1 + other.text[..<place].count { $0 == .newline }
    }

    /// Calls `body` with the code byte by byte and the place of each byte, until it returns false; every number, and
    /// every name that was partly replaced, is one digit.
    private func forEachSign(_ replaced: [Span], _ body: (UInt8, Int) -> Bool) {
        var position = 0
        var names = replaced.filter { isCode(from: $0.start, to: $0.end) && text[$0.range].allSatisfy(\.isNameByte) }[
            ...
        ]
        for part in parts + [Part(range: text.count..<text.count, sort: .unknown)] {
            guard forEachSign(in: position..<part.range.lowerBound, &names, body) else { return }
            let places: [Int] =
                switch part.sort {
                case .comment, .line, .unknown: []
                case .module: Array(part.range)
                case .string: [part.range.lowerBound, part.range.upperBound - 1]
                }
            guard places.allSatisfy({ body(text[$0], $0) }) else { return }
            position = part.range.upperBound
        }
    }

    /// Does the same for a range that is code, and returns false once `body` did.
    private func forEachSign(
        in range: Range<Int>,
        _ replaced: inout ArraySlice<Span>,
        _ body: (UInt8, Int) -> Bool
    ) -> Bool {
        var place = range.lowerBound
        while place < range.upperBound {
            let start = place
            while place < range.upperBound, text[place].isNameByte { place += 1 }
            if place == start {
                guard text[place].isWhitespace || body(text[place], place) else { return false }
                place += 1
                continue
            }
            while let first = replaced.first, first.end <= start { replaced = replaced.dropFirst() }
            let isReplaced = replaced.first.map { $0.start < place } ?? false
            if text[start].isDigit || isReplaced {
                guard body(UInt8(ascii: "0"), start) else { return false }
            } else {
                for index in start..<place where !body(text[index], index) { return false }
            }
        }
        return true
    }
}
