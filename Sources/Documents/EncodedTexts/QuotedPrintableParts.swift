/// Finds the parts of mails and vCards that are in quoted-printable.
struct QuotedPrintableParts {
    private static let encodingName = Array("quoted-printable".utf8)
    private static let encodingField = Array("content-transfer-encoding:".utf8)
    private static let boundaryParameter = Array("boundary=".utf8)
    /// The possible beginnings of a file with mails or vCards, in lower case.
    private static let beginnings = [
        "begin:v", "from ", "from:", "to:", "cc:", "bcc:", "subject:", "date:", "return-path:", "received:", "sender:",
        "reply-to:", "delivered-to:", "envelope-to:", "x-", "message-id:", "mime-version:", "content-",
        "dkim-signature:",
        "authentication-results:", "arc-", "list-", "user-agent:", "--",
    ].map { Array($0.utf8) }

    private let text: [UInt8]
    private var parts: [Range<Int>] = []
    /// The lines that end a part, according to the header fields before it.
    private var boundaries: [ArraySlice<UInt8>] = []
    /// The start of the current part; nil outside parts.
    private var start: Int?
    /// Whether the current header fields announce quoted-printable contents.
    private var isAnnounced = false

    /// Returns the parts of a text, in order; empty if the text does not begin like a mail or a vCard.
    static func find(in text: [UInt8]) -> [Range<Int>] {
        guard isMail(text) else { return [] }
        var finder = QuotedPrintableParts(text: text)
        finder.readLines()
        return finder.parts
    }

    /// Returns the texts of encoded words; empty if the text does not begin like a mail or a vCard.
    static func words(in text: [UInt8]) -> [Range<Int>] {
        isMail(text) ? EncodedWordCodec.texts(in: text, text.indices) : []
    }

    private static func isMail(_ text: [UInt8]) -> Bool {
        let head = text.prefix(32).map(\.lowercasedLetter)
        return beginnings.contains(where: head.starts(with:))
    }

    private init(text: [UInt8]) { self.text = text }

    private mutating func readLines() {
        var index = 0
        while index < text.count {
            let line = text.endOfLine(from: index, before: text.count)
            index = read(index..<line.contentEnd, next: line.nextLine)
        }
        if let start { parts.append(start..<text.count) }
    }

    /// Reads a line, and returns the start of the next one.
    private mutating func read(_ line: Range<Int>, next: Int) -> Int {
        if start == nil {
            if line.isEmpty, isAnnounced {
                start = next
                isAnnounced = false
            } else if starts(line, with: Self.encodingField) {
                isAnnounced = place(of: Self.encodingName, in: line) != nil
            } else if let property = property(in: line, next: next) {
                parts.append(property.range)
                return property.next
            } else if let place = place(of: Self.boundaryParameter, in: line) {
                addBoundary(in: place.upperBound..<line.upperBound)
            }
            return next
        }
        guard let start, endsPart(line) else { return next }
        if start < line.lowerBound { parts.append(start..<line.lowerBound) }
        self.start = nil
        // The line may be the first of the next header fields.
        return text[line].starts(with: "--".utf8) ? next : line.lowerBound
    }

    private func endsPart(_ line: Range<Int>) -> Bool {
        let bytes = text[line]
        if bytes.starts(with: "From ".utf8) { return line.lowerBound > 1 && text[line.lowerBound - 2].isLineBreak }
        guard bytes.starts(with: "--".utf8) else { return false }
        return boundaries.contains { bytes.dropFirst(2).starts(with: $0) }
    }

    private mutating func addBoundary(in rest: Range<Int>) {
        let isQuoted = text[rest].first == .doubleQuote
        let boundary = text[rest].dropFirst(isQuoted ? 1 : 0)
            .prefix { isQuoted ? $0 != .doubleQuote : !$0.isWhitespace && $0 != .semicolon }
        if !boundary.isEmpty { boundaries.append(boundary) }
    }

    /// Returns a vCard property whose parameters declare it quoted-printable, and the start of the line after it.
    ///
    /// The range includes the line break before the property's name, because the name shows its meaning.
    private func property(in line: Range<Int>, next: Int) -> (range: Range<Int>, next: Int)? {
        guard let colon = text[line].firstIndex(of: .colon), text[line].first?.isLetter ?? false,
            let semicolon = text[line.lowerBound..<colon].firstIndex(of: .semicolon),
            place(of: Self.encodingName, in: semicolon..<colon) != nil
        else { return nil }
        var end = line.upperBound
        var next = next
        while end > colon + 1, text[end - 1] == .equals, next < text.count {
            let line = text.endOfLine(from: next, before: text.count)
            end = line.contentEnd
            next = line.nextLine
        }
        return (max(0, line.lowerBound - 1)..<end, next)
    }

    private func starts(_ line: Range<Int>, with name: [UInt8]) -> Bool {
        line.count >= name.count && zip(text[line], name).allSatisfy { $0.lowercasedLetter == $1 }
    }

    /// Returns the place of a name in a range, in either letter case.
    private func place(of name: [UInt8], in range: Range<Int>) -> Range<Int>? {
        guard range.count >= name.count else { return nil }
        let start = (range.lowerBound...range.upperBound - name.count).first {
            starts($0..<range.upperBound, with: name)
        }
        return start.map { $0..<$0 + name.count }
    }
}
