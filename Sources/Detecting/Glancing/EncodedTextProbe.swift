internal import Documents

/// Searches a text for encoded texts: in base64, in base32, in hexadecimal digits, percent-encoded, or with escapes.
///
/// It decodes them as far as necessary, and determines whether the structure of the file must be read to reveal more.
struct EncodedTextProbe {
    private let text: [UInt8]
    private let index: RuleIndex
    /// Whether anything encoded decodes to text.
    private(set) var hidesText = false
    /// The places where a rule may apply to the hidden text.
    private(set) var places: [Span] = []
    /// Encoded texts without a rule match, unordered.
    private var silent: [Span] = []
    /// Whether the whole text must be read, because a header may declare the encoding of a distant part.
    private(set) var needsWhole = false
    /// Whether the search ends at the first place.
    private let stopsAtFirst: Bool
    /// The end of the last word that was decoded.
    private var lookedAt = 0

    /// The minimum length of a part of a run between other characters that is examined by itself.
    private static let shortestPiece = 16
    /// The minimum size in bytes of a decoded text that is always assumed to matter.
    private static let telling = 48
    private static let longestToken = 4096

    /// Prepares to examine `text`, up to the first place or completely.
    init(text: [UInt8], index: RuleIndex, stopsAtFirst: Bool) {
        self.text = text
        self.index = index
        self.stopsAtFirst = stopsAtFirst
    }

    private var isDone: Bool { stopsAtFirst && !places.isEmpty }

    // MARK: - Base64 and hexadecimal digits

    /// Examines every sufficiently long run of digits.
    mutating func findRuns() {
        var runs = DigitRuns(text)
        while !isDone, let run = runs.next() { examine(atRun: run.start, run.end) }
    }

    private mutating func examine(atRun start: Int, _ end: Int) {
        add(digits: Span(start, end))
        guard end - start > Self.shortestPiece else { return }
        // Names and paths use the same characters.
        let letters = ByteSet.alphanumerics
        var piece = start
        for position in start...end where position == end || !letters.contains(text[position]) {
            if position - piece >= Self.shortestPiece, position - piece < end - start {
                add(digits: Span(piece, position))
            }
            piece = position + 1
        }
    }

    /// The text that base64 digits encode; nil if it is not text.
    private static func base64(_ text: [UInt8], _ span: Span) -> [UInt8]? {
        guard span.count % 4 != 1, Base64Probe.maySpellText(text, from: span.start, to: span.end),
            let decoded = Base64Codec.bytes(ofDigits: text[span.range]), !decoded.isEmpty
        else { return nil }
        let isText = decoded.allSatisfy { $0 >= 0x20 && $0 != 0x7f || ByteSet.space.contains($0) }
        guard isText, span.count >= 16 || decoded.allSatisfy({ $0 < 0x80 }) else { return nil }
        return decoded.allSatisfy({ $0 < 0x80 }) || String(validating: decoded, as: UTF8.self) != nil ? decoded : nil
    }

    private static func hex(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2), digits.count >= 16 else { return nil }
        var decoded: [UInt8] = []
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let high = digits[index].hexValue, let low = digits[index + 1].hexValue else { return nil }
            let byte = high << 4 | low
            guard (0x20..<0x7f).contains(byte) || ByteSet.space.contains(byte) else { return nil }
            decoded.append(byte)
            index += 2
        }
        return digits.contains(where: ByteSet.letters.contains) ? decoded : nil
    }

    private mutating func add(digits span: Span) {
        switch Base64Probe.beginning(text, from: span.start, to: span.end) {
        case .gzip, .zlib, .zstandard, .wideText, .login:
            // Only the structure shows whether it is an encoded text.
            hidesText = true
            places.append(span)
        case .text: if let decoded = Self.base64(text, span) { add(decoded, at: span) }
        case nil: break
        }
        guard span.count >= Self.shortestPiece else { return }
        if let decoded = Self.hex(text[span.range]) ?? Base32Codec.text(of: text[span.range]) {
            add(decoded, at: span)
        }
    }

    private mutating func add(_ decoded: [UInt8], at span: Span) {
        hidesText = true
        if decoded.count >= Self.telling || triggers(in: decoded) > 0 {
            places.append(span)
        } else {
            silent.append(span)
        }
    }

    /// Returns the encoded texts without a match that overlap a claim about the surrounding text.
    func silentTexts(in claimed: [Span]) -> [Span] {
        guard !silent.isEmpty, !claimed.isEmpty else { return [] }
        let claimed = claimed.sorted()
        var next = 0
        return silent.sorted().filter { text in
            while next < claimed.count, claimed[next].end <= text.start { next += 1 }
            return next < claimed.count && claimed[next].start < text.end
        }
    }

    private func triggers(in decoded: [UInt8]) -> Int {
        var count = 0
        index.database.scan(decoded) { id, _ in
            if !index.triggersEscape(id) { count += 1 }
        }
        return count
    }

    // MARK: - Percent-encoding and escapes

    private static let tokenBytes = ByteSet.alphanumerics.union(ByteSet("+/-_.~%@:=&?#,;!*'()[]$\\"))

    /// The patterns that vectorscan searches for.
    ///
    /// They are percent-encoding, numeric escapes, escapes that hide a separator, short padded base64, the kind of a
    /// Kubernetes object whose values are base64, the headers by which mails and vCards declare the encoding of their
    /// parts, and encoded words in mails.
    static let marks = [
        "%[2-7][0-9A-Fa-f]", #"\\[.@/:-]"#, #"\\(?:u00|x)[2-7][0-9A-Fa-f]"#, "&#", "[A-Za-z0-9+/_-]{6}=",
        "kind\"?: ?\"?Secret", "[Qq][Uu][Oo][Tt][Ee][Dd]-[Pp][Rr][Ii][Nn][Tt][Aa][Bb][Ll][Ee]",
        #"=\?[Uu][Tt][Ff]-8\?[Qq]\?"#,
    ]

    /// Examines the word around one of ``marks`` that ends at `end`.
    mutating func examine(atMarkEndingAt end: Int) {
        guard !isDone else { return }
        if text[end - 1] == UInt8(ascii: "=") { return examine(atPadding: end - 1) }
        if text[end - 1] == UInt8(ascii: "t") { return places.append(Span(end - 6, end)) }
        if text[end - 2] | 0x20 == UInt8(ascii: "l") || text[end - 1] == UInt8(ascii: "?") {
            needsWhole = true
            return
        }
        guard end > lookedAt else { return }
        lookedAt = examine(atToken: end - 1)
    }

    private func escapedByte(at position: Int, count: Int) -> UInt8? {
        guard position + 1 < text.count, let high = text[position].hexValue,
            let low = text[position + 1].hexValue
        else { return nil }
        return high << 4 | low
    }

    /// Examines short padded base64, such as `cGFzc3cwcmQ=`.
    private mutating func examine(atPadding mark: Int) {
        var start = mark
        while start > 0, mark - start < DigitRuns.shortest, DigitRuns.isDigit[Int(text[start - 1])] { start -= 1 }
        // Longer runs were examined as runs.
        guard mark - start >= 6, mark - start < DigitRuns.shortest else { return }
        var end = mark
        while end < text.count, text[end] == UInt8(ascii: "="), end < mark + 2 { end += 1 }
        guard (end - start).isMultiple(of: 4), end == text.count || !DigitRuns.isDigit[Int(text[end])],
            let decoded = Self.base64(text, Span(start, mark)), decoded.allSatisfy({ $0 < 0x80 })
        else { return }
        add(decoded, at: Span(start, end))
    }

    /// Decodes the word around a mark, and returns the index after it.
    private mutating func examine(atToken mark: Int) -> Int {
        var start = mark
        var end = mark
        while start > 0, mark - start < 128, Self.tokenBytes.contains(text[start - 1]) { start -= 1 }
        while end < text.count, end - mark < Self.longestToken, Self.tokenBytes.contains(text[end]) { end += 1 }
        var decoded: [UInt8] = []
        var position = start
        while position < end {
            let byte = text[position]
            if byte == UInt8(ascii: "%"), let escaped = escapedByte(at: position + 1, count: 2) {
                decoded.append(escaped)
                position += 3
            } else if byte == UInt8(ascii: "\\"), position + 1 < end {
                if text[position + 1] == UInt8(ascii: "u"), let escaped = escapedByte(at: position + 4, count: 2) {
                    decoded.append(escaped)
                    position += 6
                } else if text[position + 1] == UInt8(ascii: "x"), let escaped = escapedByte(at: position + 2, count: 2)
                {
                    decoded.append(escaped)
                    position += 4
                } else {
                    position += 1
                }
            } else if byte == UInt8(ascii: "&"), position + 1 < end, text[position + 1] == UInt8(ascii: "#") {
                places.append(Span(start, end))
                return end
            } else {
                decoded.append(byte)
                position += 1
            }
        }
        if triggers(in: decoded) > triggers(in: Array(text[start..<end])) { places.append(Span(start, end)) }
        return max(mark + 1, end)
    }
}
