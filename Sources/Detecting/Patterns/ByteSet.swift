/// A set of bytes, used by patterns and boundary rules.
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

    /// The smallest byte in the set.
    var first: UInt8? { (UInt8.min...UInt8.max).first(where: contains) }

    /// Adds `byte`.
    mutating func insert(_ byte: UInt8) { words[Int(byte &>> 6)] |= 1 &<< UInt64(byte & 63) }

    /// Returns the bytes that are in either set.
    func union(_ other: ByteSet) -> ByteSet {
        var result = self
        for index in words.indices { result.words[index] |= other.words[index] }
        return result
    }

    /// Whether any byte is in both sets.
    func overlaps(_ other: ByteSet) -> Bool { words.indices.contains { words[$0] & other.words[$0] != 0 } }

    /// The bytes that are not in the set.
    var inverted: ByteSet {
        var result = self
        for index in words.indices { result.words[index] = ~words[index] }
        return result
    }

    /// The set with both cases of each ASCII letter.
    var caseFolded: ByteSet {
        // Upper-case and lower-case letters are 32 bits apart in one of the words.
        let capitals = UInt64((1 << 26) - 1) << UInt64(UInt8(ascii: "A") & 63)
        let either = (words[1] | words[1] >> 32) & capitals
        var result = self
        result.words[1] |= either | either << 32
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
    // The most frequently used sets are written as bit constants, so that they are made at compile time and their uses
    // need no check for initialisation.

    /// Makes a set from the bits of the bytes below 0x40, then below 0x80; `beyondASCII` are the bits for each half of
    /// the rest.
    private init(_ first: UInt64, _ second: UInt64, beyondASCII: UInt64 = 0) {
        words = [first, second, beyondASCII, beyondASCII]
    }

    /// Every byte.
    static let all = ByteSet(.max, .max, beyondASCII: .max)
    /// `0` to `9`.
    static let digits = ByteSet(0x03FF_0000_0000_0000, 0)
    /// The hexadecimal digits in either case.
    static let hexDigits = ByteSet(0x03FF_0000_0000_0000, 0x0000_007E_0000_007E)
    /// The ASCII letters.
    static let letters = ByteSet(0, 0x07FF_FFFE_07FF_FFFE)
    /// The ASCII letters and digits.
    static let alphanumerics = ByteSet(0x03FF_0000_0000_0000, 0x07FF_FFFE_07FF_FFFE)
    /// The characters of identifiers in most programming languages.
    static let nameCharacters = ByteSet(0x03FF_0000_0000_0000, 0x07FF_FFFE_87FF_FFFE)
    /// The characters of words in any script: every non-ASCII byte counts as a letter.
    static let word = ByteSet(0x03FF_0000_0000_0000, 0x07FF_FFFE_07FF_FFFE, beyondASCII: .max)
    /// Blank, tab, line feed, vertical tab, form feed and carriage return.
    static let space = ByteSet(0x0000_0001_0000_3E00, 0)
    /// Blank and tab.
    static let blank = ByteSet(0x0000_0001_0000_0200, 0)
    /// The characters of host names.
    static let hostName = ByteSet(0x03FF_6000_0000_0000, 0x07FF_FFFE_87FF_FFFE)
    /// The line-end characters.
    static let lineEnd = ByteSet(0x0000_0000_0000_2400, 0)
}
