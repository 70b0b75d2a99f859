/// Finds the word starts of a text in batches.
///
/// A word start is an ASCII letter or digit without another one before it, a digit after a letter, or a letter or digit
/// after an escape: `\n`, `\x41`, `\101`, `\u0041`, `\U00000041`, `%41`, whatever the escape stands for. The text is
/// examined eight bytes at a time.
///
/// Places are collected before they are delivered. If finding and checking places alternated, the processor would
/// mispredict the branches of both.
struct WordStarts {
    /// The maximum batch size; the array also has room for the places in eight more bytes and for speculative writes.
    private static let most = 256
    private typealias Places = InlineArray<288, UInt32>

    private let text: [UInt8]
    private var places = Places(repeating: 0)
    private var position = 0
    /// The classes of the bytes before `position`.
    private var before = Classes()
    /// The number of places in the current batch.
    private(set) var count = 0

    /// Prepares to search `text`, which must be smaller than 4 GiB.
    init(in text: [UInt8]) { self.text = text }

    /// A place in the current batch.
    subscript(index: Int) -> Int { Int(places[index]) }

    /// Finds the next batch, each place once, in no particular order; false at the end of the text.
    @inline(__always)
    mutating func next() -> Bool {
        let text = text
        let bytes = unsafe text.span.bytes
        var (position, before, count) = (position, before, 0)
        while position < bytes.byteCount, count < Self.most {
            let word = FoldedBytes.loadPresent(of: bytes, at: position)
            let classes = Classes(of: word)
            let starts = classes.starts(behind: before)
            // Two places are written unconditionally, because eight bytes rarely have more: there is no branch to
            // predict.
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

    /// Writes the place of the first marked byte.
    @inline(__always)
    private mutating func put(_ starts: UInt64, from position: Int, at index: Int) {
        let place = UInt32(truncatingIfNeeded: position &+ starts.trailingZeroBitCount &>> 3)
        // The array has room for the places of eight more bytes.
        unsafe places[unchecked: index] = place
    }

    /// Removes unwanted places.
    ///
    /// All places are checked before anything depends on a result.
    @inline(__always)
    mutating func keep(_ isWanted: (_ place: Int) -> Bool) {
        var kept = 0
        for index in 0..<count {
            // The count is less than the capacity.
            let place = unsafe places[unchecked: index]
            unsafe places[unchecked: kept] = place
            kept &+= isWanted(Int(place)) ? 1 : 0
        }
        count = kept
    }

    /// Whether a word begins at `place` of `text` without an escape before it.
    static func isPlain(at place: Int, in text: [UInt8]) -> Bool {
        guard ByteSet.alphanumerics.contains(text[place]) else { return false }
        guard place > 0, ByteSet.alphanumerics.contains(text[place - 1]) else { return true }
        return ByteSet.digits.contains(text[place]) && ByteSet.letters.contains(text[place - 1])
    }

    /// Adds the places after the escapes that may begin at the marked bytes.
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

    /// Whether a place also follows a shorter escape, and is therefore already listed.
    private func isBehindShorterEscape(_ place: Int, than length: Int) -> Bool {
        Self.escapeLengths.contains { $0 < length && Self.isEscape(at: place - $0, of: $0, in: text) }
    }

    // MARK: - Eight bytes at a time

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Returns eight equal bytes.
    @inline(__always)
    private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The letters and the digits among eight bytes, marked by the highest bit of each byte.
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

        /// Marks those of eight bytes, all below 0x80, that are from `first` to `last`.
        @inline(__always)
        private static func bytes(of word: UInt64, from first: UInt8, to last: UInt8) -> UInt64 {
            (word &+ WordStarts.each(0x80 - first)) & ~(word &+ WordStarts.each(0x7F - last))
        }

        /// Marks the word starts, given the classes of the preceding bytes.
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

    /// Marks those of eight bytes that may begin an escape.
    @inline(__always)
    private static func escapes(in word: UInt64) -> UInt64 {
        zeroes(in: word ^ each(backslash)) | zeroes(in: word ^ each(percent))
    }

    @inline(__always)
    private static func zeroes(in word: UInt64) -> UInt64 {
        ~((word & ~highBits) &+ ~highBits | word) & highBits
    }

    /// Whether an escape of `length` bytes begins at `mark`.
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
