/// Finds the places of a text at which a word may begin, some at a time.
///
/// A letter or digit of ASCII with neither before it is one, a digit behind a letter, and a letter or digit behind an escape:
/// `\n`, `\x41`, `\101`, `\u0041`, `\U00000041`, `%41`, where nobody asks what the escape stands for. The text is looked at eight bytes at a time.
///
/// Places are collected before they are handed out: in turn, what is asked about one and the search for the next would both have
/// the processor guess in vain what comes.
struct WordStarts {
    /// How many places are collected, and room behind them for those in eight more bytes and for what is written in vain.
    private static let most = 256
    private typealias Places = InlineArray<288, UInt32>

    private let text: [UInt8]
    private var places = Places(repeating: 0)
    private var position = 0
    /// What stands before `position`.
    private var before = Classes()
    /// How many places were found last.
    private(set) var count = 0

    /// Prepares to look at `text`, which has less than 4 GiB.
    init(in text: [UInt8]) { self.text = text }

    /// One of the places that were found last.
    subscript(index: Int) -> Int { Int(places[index]) }

    /// Finds the next places, each once and in no order; false where the text is at its end.
    @inline(__always)
    mutating func next() -> Bool {
        let text = text
        let bytes = unsafe text.span.bytes
        var (position, before, count) = (position, before, 0)
        while position < bytes.byteCount, count < Self.most {
            let word = FoldedBytes.loadPresent(of: bytes, at: position)
            let classes = Classes(of: word)
            let starts = classes.starts(behind: before)
            // Two are written whether they are there or not, as most eight bytes have no more: there is nothing to guess.
            put(starts, from: position, at: count)
            var rest = starts & (starts &- 1)
            put(rest, from: position, at: count &+ 1)
            rest &= rest &- 1
            var next = count &+ 2
            while rest != 0 {
                put(rest, from: position, at: next)
                rest &= rest &- 1
                next &+= 1
            }
            count &+= Int(truncatingIfNeeded: (starts &>> 7 &* Self.each(1)) &>> 56)
            let marks = Self.escapes(in: word)
            if marks != 0 { addPlaces(behind: marks, from: position, to: &count) }
            before = classes
            position &+= FoldedBytes.limit
        }
        (self.position, self.before, self.count) = (position, before, count)
        return count > 0 || position < bytes.byteCount
    }

    /// Writes the place of the first of the highest bits that are set.
    @inline(__always)
    private mutating func put(_ starts: UInt64, from position: Int, at index: Int) {
        let place = UInt32(truncatingIfNeeded: position &+ starts.trailingZeroBitCount &>> 3)
        // Behind the most places is room for what eight bytes give.
        unsafe places[unchecked: index] = place
    }

    /// Leaves out the places that are not wanted.
    ///
    /// It asks about all of them before anything depends on an answer.
    @inline(__always)
    mutating func keep(_ isWanted: (_ place: Int) -> Bool) {
        var kept = 0
        for index in 0..<count {
            // The count is less than the room for places.
            let place = unsafe places[unchecked: index]
            unsafe places[unchecked: kept] = place
            kept &+= isWanted(Int(place)) ? 1 : 0
        }
        count = kept
    }

    /// Whether a word begins at `place` of `text` that no escape stands before.
    static func isPlain(at place: Int, in text: [UInt8]) -> Bool {
        guard ByteSet.alphanumerics.contains(text[place]) else { return false }
        guard place > 0, ByteSet.alphanumerics.contains(text[place - 1]) else { return true }
        return ByteSet.digits.contains(text[place]) && ByteSet.letters.contains(text[place - 1])
    }

    /// Adds the places behind the escapes that may begin where the highest bits are set.
    @inline(never)
    private mutating func addPlaces(behind marks: UInt64, from position: Int, to count: inout Int) {
        var marks = marks
        while marks != 0 {
            let mark = position + marks.trailingZeroBitCount >> 3
            for length in Self.escapeLengths where Self.isEscape(at: mark, of: length, in: text) {
                let place = mark + length
                guard place < text.count, ByteSet.alphanumerics.contains(text[place]),
                    !Self.isPlain(at: place, in: text), !isBehindShorterEscape(place, than: length)
                else { continue }
                places[count] = UInt32(place)
                count += 1
            }
            marks &= marks &- 1
        }
    }

    /// Whether a place is behind another escape, too, and so is named already.
    private func isBehindShorterEscape(_ place: Int, than length: Int) -> Bool {
        Self.escapeLengths.contains { $0 < length && Self.isEscape(at: place - $0, of: $0, in: text) }
    }

    // MARK: - Eight bytes at a time

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Eight bytes, each the same.
    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// Which of eight bytes are letters, and which digits: the highest bit of each byte says so.
    private struct Classes {
        private var letters: UInt64 = 0
        private var digits: UInt64 = 0

        init() {}

        @inline(__always)
        init(of word: UInt64) {
            let low = word & ~WordStarts.highBits
            let folded = low | WordStarts.each(0x20)
            let isASCII = ~word & WordStarts.highBits
            letters = Self.bytes(of: folded, from: UInt8(ascii: "a"), to: UInt8(ascii: "z")) & isASCII
            digits = Self.bytes(of: low, from: UInt8(ascii: "0"), to: UInt8(ascii: "9")) & isASCII
        }

        /// Which of eight bytes, all below 0x80, are from `first` to `last`.
        @inline(__always)
        private static func bytes(of word: UInt64, from first: UInt8, to last: UInt8) -> UInt64 {
            (word &+ WordStarts.each(0x80 - first)) & ~(word &+ WordStarts.each(0x7F - last))
        }

        /// At which of the bytes a word begins, where those of `before` stand before them.
        @inline(__always)
        func starts(behind before: Classes) -> UInt64 {
            let letterBefore = letters << 8 | before.letters >> 56
            let digitBefore = digits << 8 | before.digits >> 56
            return letters & ~letterBefore & ~digitBefore | digits & ~digitBefore
        }
    }

    // MARK: - Escapes

    private static let backslash = UInt8(ascii: "\\")
    private static let percent = UInt8(ascii: "%")
    private static let escapeLengths = [2, 3, 4, 6, 10]

    /// Which of eight bytes may begin an escape.
    @inline(__always)
    private static func escapes(in word: UInt64) -> UInt64 {
        zeroes(in: word ^ each(backslash)) | zeroes(in: word ^ each(percent))
    }

    @inline(__always)
    private static func zeroes(in word: UInt64) -> UInt64 {
        ~((word & ~highBits) &+ ~highBits | word) & highBits
    }

    /// Whether an escape of so many bytes begins at `mark`.
    private static func isEscape(at mark: Int, of length: Int, in text: [UInt8]) -> Bool {
        guard mark + length <= text.count else { return false }
        let body = text[(mark + 1)..<(mark + length)]
        guard text[mark] == backslash else {
            return text[mark] == percent && length == 3 && body.allSatisfy(ByteSet.hexDigits.contains)
        }
        switch length {
        case 2: return true
        case 4: return body.first == UInt8(ascii: "x") || body.allSatisfy(octalDigits.contains)
        case 6: return body.first == UInt8(ascii: "u")
        case 10: return body.first == UInt8(ascii: "U")
        default: return false
        }
    }

    private static let octalDigits = ByteSet("01234567")
}
