/// Reads assignments of several values to several names: `host, port, password = "x", 1, "y"`.
extension AssignmentsReader {
    private static let declarations: [StaticString] = [
        "local ", "my ", "our ", "var ", "let ", "const ", "val ", "auto ",
    ]
    private static let mostNames = 32

    /// Reads the assignment at the start of a line, and returns the index after it; nil for any other line.
    mutating func readTuple(_ line: Range<Int>) -> Int? {
        guard syntax.dialect.family == .code, mayHoldStatements, text[line].contains(.comma),
            let (names, sign) = tupleNames(line),
            let (values, end) = tupleValues(sign..<line.upperBound), values.count == names.count
        else { return nil }
        pendingKey = nil
        for (name, value) in zip(names, values) {
            let address = Address(container, text.string(in: name))
            reading.addKey(address, name, .bare)
            readTupleValue(value, at: address)
        }
        return end
    }

    /// Whether lines are statements here, rather than the arguments of a call or the items of a list.
    private var mayHoldStatements: Bool {
        frames.last.map { $0.opener == .openBrace && !$0.isList } ?? true
    }

    private mutating func readTupleValue(_ value: Range<Int>, at address: Address) {
        if let start = syntax.stringStart(at: value.lowerBound, before: value.upperBound),
            let close = closingQuote(of: start, before: value.upperBound), close + 1 == value.upperBound
        {
            return add((start + 1)..<close, syntax.stringEncoding(text[start]), at: address)
        }
        if VerbatimRules.literalKind(text[value]) != nil { reading.add(address, value, .literal) }
    }

    /// Returns the names before a sign, and the index after the sign.
    private func tupleNames(_ line: Range<Int>) -> (names: [Range<Int>], sign: Int)? {
        var index = line.lowerBound
        for word in Self.declarations where text.has(word, at: index, before: line.upperBound) {
            index += word.utf8CodeUnitCount
            break
        }
        let isBracketed = index < line.upperBound && (text[index] == .openParenthesis || text[index] == .openBracket)
        if isBracketed { index += 1 }
        var names: [Range<Int>] = []
        while names.count < Self.mostNames {
            while index < line.upperBound, text[index].isBlank { index += 1 }
            while index < line.upperBound, text[index] == .dollar || text[index] == UInt8(ascii: "@") { index += 1 }
            let start = index
            while index < line.upperBound, text[index].isNameByte || text[index] == .dot { index += 1 }
            guard index > start, !text[start].isDigit else { return nil }
            names.append(start..<index)
            while index < line.upperBound, text[index].isBlank { index += 1 }
            guard index < line.upperBound, text[index] == .comma else { break }
            index += 1
        }
        if isBracketed {
            guard index < line.upperBound, [.closeParenthesis, .closeBracket].contains(text[index]) else { return nil }
            index += 1
        }
        guard names.count > 1, let sign = syntax.separator(from: index, before: line.upperBound),
            text[sign.end - 1] == .equals
        else { return nil }
        return (names, sign.end)
    }

    /// Returns the values between commas, without brackets around all of them, and the index after them.
    private func tupleValues(_ range: Range<Int>) -> (values: [Range<Int>], end: Int)? {
        var rest = withoutTupleComment(text.trimmed(range))
        while text[rest].last == .semicolon { rest = text.trimmed(rest.lowerBound..<(rest.upperBound - 1)) }
        let end = rest.upperBound
        if let first = text[rest].first, let last = text[rest].last, rest.count > 2,
            first == .openParenthesis && last == .closeParenthesis || first == .openBracket && last == .closeBracket
        {
            rest = text.trimmed((rest.lowerBound + 1)..<(rest.upperBound - 1))
        }
        var values: [Range<Int>] = []
        var start = rest.lowerBound
        var depth = 0
        var index = start
        while index < rest.upperBound {
            switch text[index] {
            case .doubleQuote, .singleQuote, .backtick:
                guard let close = endOfTupleString(index, before: rest.upperBound) else { return nil }
                index = close
            case .openParenthesis, .openBracket, .openBrace: depth += 1
            case .closeParenthesis, .closeBracket, .closeBrace: depth -= 1
            case .comma where depth == 0:
                values.append(text.trimmed(start..<index))
                start = index + 1
            default: break
            }
            guard depth >= 0 else { return nil }
            index += 1
        }
        values.append(text.trimmed(start..<rest.upperBound))
        return depth != 0 || values.contains(where: \.isEmpty) ? nil : (values, end)
    }

    private func withoutTupleComment(_ range: Range<Int>) -> Range<Int> {
        var index = range.lowerBound
        while index < range.upperBound {
            if [.doubleQuote, .singleQuote, .backtick].contains(text[index]) {
                index = endOfTupleString(index, before: range.upperBound) ?? range.upperBound
            } else if syntax.isComment(at: index, in: range) {
                return text.trimmed(range.lowerBound..<index)
            }
            index += 1
        }
        return range
    }

    /// Returns the index of the quote that closes the one at `start`; nil if there is none.
    private func endOfTupleString(_ start: Int, before end: Int) -> Int? {
        var index = start + 1
        while index < end, text[index] != text[start] { index += text[index] == .backslash ? 2 : 1 }
        return index < end ? index : nil
    }
}
