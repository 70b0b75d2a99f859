/// A text of Ruby or Perl between signs that its author chose: `%w[a b]`, `q{a}`, `s/a/b/`.
struct DelimitedText {
    /// The way in which a language begins such texts.
    enum Style: Sendable {
        /// `%w[a]`, `%(a)`.
        case ruby
        /// `qw(a)`, `m{a}`, `s{a}{b}`.
        case perl

        /// The bytes that may begin such a text.
        var beginnings: Set<UInt8> {
            switch self {
            case .ruby: [.percentSign]
            case .perl: DelimitedText.firstLetters
            }
        }
    }

    /// What is at a place of a program.
    enum Finding {
        case none
        /// A text begins that does not end, or is too long.
        case unclosed
        /// The text, from its opening to its closing sign.
        case some(Range<Int>)
    }

    private let text: [UInt8]
    private let style: Style

    /// The maximum length of a text in bytes.
    private static let longest = 1 << 14

    init(_ text: [UInt8], _ style: Style) {
        self.text = text
        self.style = style
    }

    /// Finds the text whose mark begins at `start`, if there is one with certainty.
    ///
    /// - Parameters:
    ///   - start: the position of the percent sign, or of the first letter.
    ///   - beginsValue: whether a value may begin there, judging by the code before.
    /// - Returns: the text, or why there is none.
    func find(at start: Int, beginsValue: Bool) -> Finding {
        switch style {
        case .ruby: ruby(at: start, beginsValue: beginsValue)
        case .perl: perl(at: start)
        }
    }

    private func ruby(at start: Int, beginsValue: Bool) -> Finding {
        guard start == 0 || !text[start - 1].isVariableByte, start + 2 < text.count else { return .none }
        var open = start + 1
        let hasLetter = "wWiIqQrsx".utf8.contains(text[open])
        if hasLetter { open += 1 } else if !beginsValue { return .none }
        guard Self.closing[text[open]] != nil || hasLetter && Self.signs.contains(text[open]) else { return .none }
        return end(from: open).map { .some(open..<$0) } ?? .unclosed
    }

    private func perl(at start: Int) -> Finding {
        guard start == 0 || !text[start - 1].isVariableByte && !Self.sigils.contains(text[start - 1]) else {
            return .none
        }
        let letters = text[start...].prefix(3).prefix { $0.isLowercaseLetter }
        let operation = String(decoding: letters, as: UTF8.self)
        guard Self.operations.contains(operation) else { return .none }
        var open = letters.endIndex
        if operation.hasPrefix("q") { while open < text.count, text[open].isBlank { open += 1 } }
        guard open < text.count, Self.closing[text[open]] != nil || Self.signs.contains(text[open]) else {
            return .none
        }
        guard let end = end(from: open) else { return .unclosed }
        guard ["s", "y", "tr"].contains(operation) else { return .some(open..<end) }
        // The replacement follows; behind a bracket, it is between signs of its own.
        guard Self.closing[text[open]] != nil else {
            return self.end(from: end - 1).map { .some(open..<$0) } ?? .unclosed
        }
        let second = text[end...].prefix(Self.longest).firstIndex { !$0.isWhitespace } ?? text.count
        guard second < text.count, Self.closing[text[second]] != nil else { return .none }
        return self.end(from: second).map { .some(open..<$0) } ?? .unclosed
    }

    /// The position after the sign that closes the text opened at `open`; nil if there is none.
    private func end(from open: Int) -> Int? {
        let sign = text[open]
        let close = Self.closing[sign] ?? sign
        let limit = min(text.count, open + Self.longest)
        var depth = 1
        var end = open + 1
        while end < limit {
            if text[end] == .backslash {
                end += 2
                continue
            }
            if text[end] == close { depth -= 1 } else if text[end] == sign { depth += 1 }
            end += 1
            if depth == 0 { return end }
        }
        return nil
    }

    private static let closing: [UInt8: UInt8] = [
        .openParenthesis: .closeParenthesis, .openBracket: .closeBracket, .openBrace: .closeBrace,
        .lessThan: .greaterThan,
    ]
    private static let signs: Set<UInt8> = [.slash, .pipe, .exclamation]
    /// The signs before a word that make it a variable, a function, a member or a key.
    private static let sigils: Set<UInt8> = Set("$@%&>{-.:".utf8)
    private static let firstLetters: Set<UInt8> = Set("qmsyt".utf8)
    private static let operations: Set<String> = ["q", "qq", "qw", "qx", "qr", "m", "s", "y", "tr"]
}
