/// Searches for many byte strings at once, in a text as it is and without white space.
///
/// A filter on four bytes rules out nearly every position; a table lists the candidates for the rest (Karp and Rabin,
/// 1987).
struct NeedleSearch: Sendable {
    /// The way in which a byte string is searched for.
    enum Spelling: Sendable {
        /// In the text as it is.
        case exact
        /// In the text as it is, in either letter case.
        case ignoringCase
        /// In the text without white space and its escapes in strings.
        case unwrapped
    }

    /// A byte string to search for.
    struct Needle: Sendable {
        var bytes: [UInt8]
        var value: Int
        var form: String
        var boundary: ResidueCheck.Boundary
        var spelling = Spelling.exact
        /// The way in which the bytes encode the value if they are digits; nil if they are its characters.
        var coding: DigitCoding?
    }

    /// A place of a needle.
    struct Match {
        var start: Int
        var end: Int
        var value: Int
        var form: String
    }

    /// The needles by their first four bytes.
    private struct Index: Sendable {
        let candidates: [UInt32: [Int]]
        /// The filter of all keys that needles start with.
        let filter: KeyFilter

        /// Indexes needles by their keys.
        ///
        /// Needles with the same key are sorted, so that they can be bisected.
        init(_ needles: [(number: Int, key: UInt32)], bytes: (Int) -> [UInt8]) {
            candidates = Dictionary(grouping: needles, by: \.key).mapValues { needles in
                guard needles.count > 1 else { return needles.map(\.number) }
                return needles.map { ($0.number, bytes($0.number)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }
                    .map(\.0)
            }
            filter = KeyFilter(candidates.keys)
        }
    }

    /// The class of a byte with regard to white space.
    private enum Class {
        static let ordinary: UInt8 = 0
        static let blank: UInt8 = 1
        static let backslash: UInt8 = 2
        /// After a backslash the byte stands for white space.
        static let escape: UInt8 = 3

        static let all: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
            if " \n\r\t".utf8.contains(byte) { return blank }
            if byte == UInt8(ascii: "\\") { return backslash }
            return "nrt".utf8.contains(byte) ? escape : ordinary
        }
    }

    private static let keyBytes = 4
    private static let lowercase: [UInt8] = (0...255).map { (byte: UInt8) in byte.lowercasedASCII }

    private let needles: [Needle]
    private let plain: Index
    private let unwrapped: Index

    /// Prepares the search.
    ///
    /// Needles must have at least four bytes.
    init(_ needles: [Needle]) {
        precondition(needles.allSatisfy { $0.bytes.count >= Self.keyBytes }, "a needle has four bytes or more")
        self.needles = needles.map { needle in
            var needle = needle
            if needle.spelling == .ignoringCase { needle.bytes = needle.bytes.map(\.lowercasedASCII) }
            return needle
        }
        var plain: [(number: Int, key: UInt32)] = []
        var unwrapped: [(number: Int, key: UInt32)] = []
        for (number, needle) in self.needles.enumerated() {
            let start = needle.bytes[..<Self.keyBytes]
            if needle.spelling == .unwrapped {
                unwrapped.append((number, Self.key(start)))
            } else {
                plain.append((number, Self.key(start.map(\.lowercasedASCII)[...])))
            }
        }
        let sorted = self.needles
        self.plain = Index(plain) { sorted[$0].bytes.map(\.lowercasedASCII) }
        self.unwrapped = Index(unwrapped) { sorted[$0].bytes }
    }

    private static func key(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

    /// Returns the matches in a text as it is, in order, and those in the text without white space, whose offsets refer
    /// to the latter.
    func matches(in text: [UInt8]) -> (asWritten: [Match], unwrapped: [Match]) {
        guard !needles.isEmpty, text.count >= Self.keyBytes else { return ([], []) }
        let (asWritten, mayBeWrapped) = candidates(in: text)
        var matches: [Match] = []
        for (end, key) in asWritten {
            let start = end - Self.keyBytes
            forEach(of: plain.candidates[key] ?? [], at: start, in: text, ignoringCase: true) { needle in
                guard stands(needle, in: DigitText(bytes: text), at: start) else { return }
                matches.append(match(needle, at: start))
            }
        }
        return (matches, mayBeWrapped ? matchesUnwrapped(in: Self.unwrapping(text)) : [])
    }

    /// Returns the ends of possible first bytes of needles, and whether one may occur in the text without white space.
    ///
    /// Every written byte passes through here, so bounds checks are omitted: each table has an entry for every byte,
    /// and the filters have one for every hash.
    private func candidates(in text: [UInt8]) -> (asWritten: [(end: Int, key: UInt32)], mayBeWrapped: Bool) {
        var found: [(end: Int, key: UInt32)] = []
        var mayBeWrapped = false
        let looksUnwrapped = !unwrapped.candidates.isEmpty
        unsafe text.withUnsafeBufferPointer { text in
            unsafe Self.lowercase.withUnsafeBufferPointer { lowercase in
                unsafe Class.all.withUnsafeBufferPointer { classes in
                    unsafe plain.filter.words.withUnsafeBufferPointer { plainFilter in
                        unsafe unwrapped.filter.words.withUnsafeBufferPointer { unwrappedFilter in
                            var key: UInt32 = 0
                            var stripped: UInt32 = 0
                            var isEscape = false
                            for index in 0..<text.count {
                                let byte = unsafe text[index]
                                key = unsafe key << 8 | UInt32(lowercase[Int(byte)])
                                if unsafe KeyFilter.mayHold(key, plainFilter, plain.filter.shift),
                                    index >= Self.keyBytes - 1,
                                    plain.candidates[key] != nil
                                {
                                    found.append((index + 1, key))
                                }
                                guard looksUnwrapped else { continue }
                                let sort = unsafe classes[Int(byte)]
                                if sort != Class.ordinary {
                                    let isSkipped = sort != Class.escape || isEscape
                                    isEscape = sort == Class.backslash
                                    if isSkipped { continue }
                                } else {
                                    isEscape = false
                                }
                                stripped = stripped << 8 | UInt32(byte)
                                if unsafe KeyFilter.mayHold(stripped, unwrappedFilter, unwrapped.filter.shift),
                                    !mayBeWrapped
                                {
                                    mayBeWrapped = unsafe continues(stripped, in: text, from: index + 1)
                                }
                            }
                        }
                    }
                }
            }
        }
        return (found, mayBeWrapped)
    }

    /// Whether a needle that begins with `key` continues at `start` of a text without white space.
    private func continues(_ key: UInt32, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        (unwrapped.candidates[key] ?? []).contains { unsafe continues(needles[$0], in: text, from: start) }
    }

    /// Whether the bytes of a needle after the first four follow in a text without white space.
    private func continues(_ needle: Needle, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var index = start
        var isEscape = false
        for wanted in needle.bytes[Self.keyBytes...] {
            while true {
                guard index < text.count else { return false }
                let byte = unsafe text[index]
                let sort = Class.all[Int(byte)]
                index += 1
                let isSkipped = sort == Class.blank || sort == Class.backslash || isEscape && sort == Class.escape
                isEscape = sort == Class.backslash
                if isSkipped { continue }
                guard byte == wanted else { return false }
                break
            }
        }
        return true
    }

    private func matchesUnwrapped(in text: DigitText) -> [Match] {
        var matches: [Match] = []
        var key: UInt32 = 0
        for (index, byte) in text.bytes.enumerated() {
            key = key << 8 | UInt32(byte)
            guard index >= Self.keyBytes - 1, let found = unwrapped.candidates[key] else { continue }
            let start = index - Self.keyBytes + 1
            forEach(of: found, at: start, in: text.bytes, ignoringCase: false) { needle in
                guard stands(needle, in: text, at: start) else { return }
                matches.append(match(needle, at: start))
            }
        }
        return matches
    }

    /// Calls `body` with those of the sorted `candidates` that continue at `start` in a text.
    ///
    /// A domain may have thousands of addresses that begin alike; each byte narrows them down.
    private func forEach(
        of candidates: [Int],
        at start: Int,
        in text: [UInt8],
        ignoringCase: Bool,
        _ body: (Needle) -> Void
    ) {
        var left = candidates[...]
        var depth = Self.keyBytes
        while !left.isEmpty {
            while let first = left.first, needles[first].bytes.count == depth {
                body(needles[first])
                left = left.dropFirst()
            }
            guard start + depth < text.count else { return }
            let byte = ignoringCase ? Self.lowercase[Int(text[start + depth])] : text[start + depth]
            left = half(left, at: depth, ignoringCase) { $0 >= byte }
            left = left[..<half(left, at: depth, ignoringCase) { $0 > byte }.startIndex]
            depth += 1
        }
    }

    /// Returns the `candidates` from the first one whose byte at `depth` satisfies `isWanted`.
    private func half(
        _ candidates: ArraySlice<Int>,
        at depth: Int,
        _ ignoringCase: Bool,
        _ isWanted: (UInt8) -> Bool
    ) -> ArraySlice<Int> {
        var (low, high) = (candidates.startIndex, candidates.endIndex)
        while low < high {
            let middle = (low + high) / 2
            let byte = needles[candidates[middle]].bytes[depth]
            if isWanted(ignoringCase ? Self.lowercase[Int(byte)] : byte) { high = middle } else { low = middle + 1 }
        }
        return candidates[low...]
    }

    private func match(_ needle: Needle, at start: Int) -> Match {
        Match(start: start, end: start + needle.bytes.count, value: needle.value, form: needle.form)
    }

    private func stands(_ needle: Needle, in text: DigitText, at start: Int) -> Bool {
        let end = start + needle.bytes.count
        guard end <= text.bytes.count else { return false }
        let bytes = text.bytes[start..<end]
        let isEqual =
            needle.spelling == .ignoringCase
            ? bytes.lazy.map(\.lowercasedASCII).elementsEqual(needle.bytes) : bytes.elementsEqual(needle.bytes)
        guard isEqual else { return false }
        return needle.coding?.holds(needle.boundary, in: text, from: start, to: end)
            ?? needle.boundary.holds(in: text.bytes, from: start, to: end)
    }

    /// Returns the text without white space and its escapes in strings, so that wrapped base64 becomes one run.
    private static func unwrapping(_ text: [UInt8]) -> DigitText {
        var result = DigitText(bytes: [])
        result.bytes.reserveCapacity(text.count)
        result.gaps.reserveCapacity(text.count)
        var isEscape = false
        var isGap = false
        for byte in text {
            let sort = Class.all[Int(byte)]
            let isSkipped = sort == Class.blank || sort == Class.backslash || isEscape && sort == Class.escape
            isEscape = sort == Class.backslash
            if !isSkipped {
                result.bytes.append(byte)
                result.gaps.append(isGap)
            }
            isGap = isSkipped
        }
        return result
    }
}
