/// A set of bytes, as the patterns and the boundary rules use it.
struct ByteSet: Hashable, Sendable {
    /// One bit for each byte.
    private var words: InlineArray<4, UInt64>

    /// Makes the empty set.
    init() { words = InlineArray(repeating: 0) }

    /// Makes the set of the bytes of `text`.
    init(_ text: StaticString) {
        self.init()
        for byte in text.description.utf8 { insert(byte) }
    }

    /// Makes the set of the bytes in `ranges`.
    init(_ ranges: ClosedRange<UInt8>...) {
        self.init()
        for range in ranges {
            for byte in range { insert(byte) }
        }
    }

    /// Whether `byte` is in the set.
    @inline(__always)
    func contains(_ byte: UInt8) -> Bool { words[Int(byte &>> 6)] &>> UInt64(byte & 63) & 1 != 0 }

    /// The least byte in the set.
    var first: UInt8? { (UInt8.min...UInt8.max).first(where: contains) }

    /// Adds `byte`.
    mutating func insert(_ byte: UInt8) { words[Int(byte &>> 6)] |= 1 &<< UInt64(byte & 63) }

    /// The bytes of either set.
    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        for index in words.indices { result.words[index] |= other.words[index] }
        return result
    }

    /// Whether a byte is in both sets.
    func overlaps(_ other: ByteSet) -> Bool { words.indices.contains { words[$0] & other.words[$0] != 0 } }

    /// The bytes that are not in the set.
    var inverted: ByteSet {
        var result = self
        for index in words.indices { result.words[index] = ~words[index] }
        return result
    }

    /// The set with both cases of each ASCII letter in it.
    var caseFolded: ByteSet {
        var result = self
        for lower in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(lower) || contains(lower - 32) {
            result.insert(lower)
            result.insert(lower - 32)
        }
        return result
    }

    static func == (left: ByteSet, right: ByteSet) -> Bool {
        left.words.indices.allSatisfy { left.words[$0] == right.words[$0] }
    }

    func hash(into hasher: inout Hasher) {
        for index in words.indices { hasher.combine(words[index]) }
    }
}

extension ByteSet {
    /// Every byte.
    static let all = ByteSet().inverted
    /// `0` to `9`.
    static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    /// The hexadecimal digits in either case.
    static let hexDigits = ByteSet("0123456789abcdefABCDEF")
    /// The ASCII letters.
    static let letters = ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"))
    /// The ASCII letters and digits.
    static let alphanumerics = letters.union(digits)
    /// The letters and digits of a word in any script: everything above ASCII counts as a letter.
    static let word = alphanumerics.union(ByteSet(0x80...0xff))
    /// Blank, tab, line feed, vertical tab, form feed and carriage return.
    static let space = ByteSet(" \t\n\u{b}\u{c}\r")
    /// What a host name is written with.
    static let hostName = alphanumerics.union(ByteSet("-_."))
    /// What ends a line.
    static let lineEnd = ByteSet("\r\n")
}
