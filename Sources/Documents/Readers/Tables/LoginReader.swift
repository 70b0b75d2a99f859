/// Reads the `user:password` lines that `chpasswd(8)` takes as input.
enum LoginReader {
    private static let root = Address(nil, "logins")
    private static let user = Address(root, "user")
    private static let password = Address(root, "password")

    /// Whether a shell line feeds `chpasswd`.
    static func feeds(_ text: [UInt8], _ line: Range<Int>) -> Bool {
        var index = line.lowerBound
        while let mark = text[index..<line.upperBound].firstIndex(of: UInt8(ascii: "c")) {
            if text.has("chpasswd", at: mark, before: line.upperBound) { return true }
            index = mark + 1
        }
        return false
    }

    /// Reads a line of a here-document.
    static func read(_ text: [UInt8], _ line: Range<Int>, into reading: inout Reading) {
        add(text, line, .line, beside: reading.values.count, into: &reading)
    }

    /// Reads the word or string before the bar in `echo user:password | chpasswd`.
    ///
    /// `first` is the number of values read before those of the line.
    static func readPipe(_ text: [UInt8], _ line: Range<Int>, beside first: Int, into reading: inout Reading) {
        let bar = text.firstIndex(of: .pipe, in: line)
        guard bar < line.upperBound else { return }
        let words = LineWords.split(text, line.lowerBound..<bar, marks: []) { _ in }
        // An assignment is not a login.
        guard words.count > 1, let last = words.last,
            !text[last.range].prefix(while: { $0 != .colon }).contains(where: { $0.isBlank || $0 == .equals })
        else { return }
        let encoding: Encoding =
            switch last.encoding {
            case .doubleQuoted: .shellDoubleQuoted
            case .singleQuoted: .shellSingleQuoted
            default: .bare
            }
        guard encoding == .bare else { return add(text, last.range, encoding, beside: first, into: &reading) }
        let quotes: [UInt8] = [.doubleQuote, .singleQuote]
        // If a quote is open, the bar is inside it and not a pipe; a quote that opens nothing does not end a word.
        let isOpen = text[last.range].last.map(quotes.contains) == true
        let login = isOpen ? last.range.lowerBound..<(last.range.upperBound - 1) : last.range
        guard !text[login].contains(where: quotes.contains) else { return }
        add(text, login, .bare, beside: first, into: &reading)
    }

    private static func add(
        _ text: [UInt8],
        _ range: Range<Int>,
        _ encoding: Encoding,
        beside first: Int,
        into reading: inout Reading
    ) {
        let colon = text.firstIndex(of: .colon, in: range)
        guard colon > range.lowerBound, colon + 1 < range.upperBound else { return }
        let (name, secret) = (range.lowerBound..<colon, (colon + 1)..<range.upperBound)
        // If a multi-line string ends or begins on the line, an apparent login may be only half of it.
        guard !reading.crosses(name, from: first), !reading.crosses(secret, from: first) else { return }
        // Text that an enclosing string encodes differently belongs to that string.
        guard !reading.isSpelled(otherThan: encoding, around: name, from: first),
            !reading.isSpelled(otherThan: encoding, around: secret, from: first)
        else { return }
        reading.add(user, name, encoding)
        reading.add(password, secret, encoding)
    }
}
