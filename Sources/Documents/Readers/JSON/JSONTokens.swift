/// A string of a JSON text, as far as it can be read.
enum JSONString {
    /// The range inside its quotes, and whether it contains an escape.
    case complete(Range<Int>, hasEscape: Bool)
    /// The index of a control character, which is not allowed in a string.
    case interrupted(at: Int)
    /// The closing quote is missing.
    case unclosed
}

/// The tokens of a JSON text as ranges of its bytes, for ``JSONReader`` and ``JSONOutline``, which keep spans and
/// decode almost nothing. ``JSONValue`` has a reader of its own, which decodes everything and keeps no spans.
extension [UInt8] {
    /// Reads the string whose opening quote is at `start`, up to `end`.
    func jsonString(at start: Int, before end: Int) -> JSONString {
        var hasEscape = false
        var place = start + 1
        while place < end {
            place = endOfPlainCharacters(from: place, before: end)
            guard place < end else { break }
            switch self[place] {
            case .doubleQuote: return .complete(start + 1..<place, hasEscape: hasEscape)
            case .backslash:
                hasEscape = true
                place += 2
            default: return .interrupted(at: place)
            }
        }
        return .unclosed
    }

    /// Returns the end of the number, `true`, `false` or `null` that begins at `start`; `start` if there is none.
    func endOfJSONLiteral(from start: Int, before end: Int) -> Int {
        var place = start
        while place < end,
            self[place].isAlphanumeric || self[place] == .plus || self[place] == .dash || self[place] == .dot
        {
            place += 1
        }
        return place
    }

    /// Skips the plain characters of a string, eight bytes at a time, because most of a JSON text consists of strings
    /// and most of a string is plain.
    ///
    /// Returns the first index between `start` and `end` of a quote, a backslash or a control character; `end` if there
    /// is none.
    func endOfPlainCharacters(from start: Int, before end: Int) -> Int {
        precondition(0 <= start && end <= count, "a range lies inside its text")
        let bytes = unsafe span.bytes
        var place = start
        while place &+ 8 <= end {
            let word = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
            let found =
                Self.firstZero(in: word ^ Self.quotes) | Self.firstZero(in: word ^ Self.backslashes)
                | (word &- Self.blanks) & ~word & Self.highBits
            // Bits above the lowest one may be wrong, but the lowest never is.
            if found != 0 { return place + found.trailingZeroBitCount >> 3 }
            place &+= 8
        }
        while place < end {
            let byte = self[place]
            if byte == .doubleQuote || byte == .backslash || byte < 0x20 { return place }
            place += 1
        }
        return Swift.max(start, end)
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let quotes: UInt64 = 0x2222_2222_2222_2222
    private static let backslashes: UInt64 = 0x5C5C_5C5C_5C5C_5C5C
    private static let blanks: UInt64 = 0x2020_2020_2020_2020

    /// Returns a word whose lowest set bit is in the first zero byte.
    @inline(__always)
    private static func firstZero(in word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & highBits
    }
}
