/// Looks for many byte strings at once: a filter on four bytes rules out nearly every position, a table names the
/// candidates of the others (Karp and Rabin, 1987).
struct NeedleSearch: Sendable {
    /// A byte string that is looked for.
    struct Needle: Sendable {
        var bytes: [UInt8]
        var value: Int
        var form: String
        var boundary: ResidueCheck.Boundary

        func lowercased() -> Needle {
            var needle = self
            needle.bytes = bytes.map(\.lowercasedASCII)
            return needle
        }
    }

    /// A place where one stands.
    struct Match {
        var start: Int
        var end: Int
        var value: Int
        var form: String
    }

    private static let keyBytes = 4
    private let needles: [Needle]
    private let candidates: [UInt32: [Int]]
    /// One bit for each hash of a key that some needle starts with.
    private let filter: [Bool]

    /// Prepares the search; needles of fewer than four bytes are an error of the caller.
    init(_ needles: [Needle]) {
        precondition(needles.allSatisfy { $0.bytes.count >= Self.keyBytes }, "a needle has four bytes or more")
        var candidates: [UInt32: [Int]] = [:]
        var filter = [Bool](repeating: false, count: 1 << 16)
        for (index, needle) in needles.enumerated() {
            let key = needle.bytes[..<Self.keyBytes].reduce(0) { $0 << 8 | UInt32($1) }
            candidates[key, default: []].append(index)
            filter[Self.hash(key)] = true
        }
        self.needles = needles
        self.candidates = candidates
        self.filter = filter
    }

    /// How many byte strings are looked for.
    var count: Int { needles.count }

    /// Every place where a needle stands, in the order of the places.
    func matches(in text: [UInt8]) -> [Match] {
        guard !needles.isEmpty, text.count >= Self.keyBytes else { return [] }
        var matches: [Match] = []
        var key: UInt32 = 0
        for (index, byte) in text.enumerated() {
            key = key << 8 | UInt32(byte)
            guard index >= Self.keyBytes - 1, filter[Self.hash(key)], let found = candidates[key] else { continue }
            let start = index - Self.keyBytes + 1
            for candidate in found where stands(needles[candidate], in: text, at: start) {
                let needle = needles[candidate]
                matches.append(
                    Match(start: start, end: start + needle.bytes.count, value: needle.value, form: needle.form)
                )
            }
        }
        return matches
    }

    private func stands(_ needle: Needle, in text: [UInt8], at start: Int) -> Bool {
        let end = start + needle.bytes.count
        guard end <= text.count, text[start..<end].elementsEqual(needle.bytes) else { return false }
        return needle.boundary.holds(in: text, from: start, to: end)
    }

    private static func hash(_ key: UInt32) -> Int { Int((key &* 2_654_435_761) >> 16) }
}

extension ResidueCheck.Boundary {
    /// Whether what stands beside the bytes from `start` up to `end` leaves them the value they look like.
    func holds(in text: [UInt8], from start: Int, to end: Int) -> Bool {
        let neighbours = Neighbours(text: text, start: start, end: end)
        let isLongerWord = neighbours.before(isWord) || neighbours.behind(isWord)
        switch self {
        case .none: return true
        case .never: return false
        case .word: return !isLongerWord && !neighbours.before(isUnderscore) && !neighbours.behind(isUnderscore)
        case .domain:
            return !isLongerWord && !neighbours.before(isHyphen) && !neighbours.behind(isHyphen)
                && !neighbours.behind(isDot, then: isWord)
        case .ipv4Address:
            return !neighbours.before(isDigit) && !neighbours.before(isDot, then: isDigit)
                && !neighbours.behind(isDigit) && !neighbours.behind(isDot, then: isDigit)
        case .colonAddress:
            return !neighbours.before(isHexDigit) && !neighbours.before(isColon, then: isHexDigit)
                && !neighbours.behind(isHexDigit) && !neighbours.behind(isColon, then: isHexDigit)
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
    }
    private func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte.lowercasedASCII)
    }
    private func isUnderscore(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "_") }
    private func isHyphen(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") }
    private func isDot(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") }
    private func isColon(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ":") }
}

/// What stands before and behind some bytes of a text.
private struct Neighbours {
    let text: [UInt8]
    let start: Int
    let end: Int

    /// Whether the byte before is such a one, and the one before that such another.
    ///
    /// The end of an escape (`\n`, `%20`) is nobody's neighbour: it stands for a character that separates.
    func before(_ first: (UInt8) -> Bool, then second: (UInt8) -> Bool = { _ in true }) -> Bool {
        guard start > 0, first(text[start - 1]), !isEndOfEscape else { return false }
        return start > 1 ? second(text[start - 2]) : second(0)
    }

    /// Whether the byte behind is such a one, and the one behind that such another.
    func behind(_ first: (UInt8) -> Bool, then second: (UInt8) -> Bool = { _ in true }) -> Bool {
        guard end < text.count, first(text[end]) else { return false }
        return end + 1 < text.count ? second(text[end + 1]) : second(0)
    }

    private var isEndOfEscape: Bool {
        if start > 1 && text[start - 2] == UInt8(ascii: "\\") && "nrtbf".utf8.contains(text[start - 1]) { return true }
        return start > 2 && text[start - 3] == UInt8(ascii: "%")
    }
}
