/// Byte strings by what they begin with: eight bytes, or four where they are shorter.
///
/// A filter rules out nearly every position of a text, a table names the candidates of the others (Karp and Rabin, 1987).
struct NeedleIndex: Sendable {
    /// The strings that begin with as many bytes as a key has.
    private struct Group: Sendable {
        /// How many bytes a key has.
        let keyCount: Int
        /// The strings, in the order of their bytes.
        let numbers: [Int]
        /// Where among them those are that begin with a key.
        let ranges: [UInt64: Range<Int>]
        let filter: KeyFilter

        init(_ strings: [(number: Int, bytes: [UInt8])], keyCount: Int) {
            let sorted = strings.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
            var ranges: [UInt64: Range<Int>] = [:]
            for (index, string) in sorted.enumerated() {
                let key = string.bytes.prefix(keyCount).reduce(0) { $0 << 8 | UInt64($1) }
                ranges[key] = (ranges[key]?.lowerBound ?? index)..<index + 1
            }
            self.keyCount = keyCount
            self.numbers = sorted.map(\.number)
            self.ranges = ranges
            filter = KeyFilter(ranges.keys)
        }
    }

    /// A position at which strings may begin.
    struct Position {
        /// Where they begin.
        var start: Int
        /// The group that they are of, and which of its strings they are.
        fileprivate var group: Int
        fileprivate var range: Range<Int>
    }

    /// A string has as many bytes or more.
    static let shortestString = 4
    private static let longKey = 8

    private let strings: [[UInt8]]
    private let short: Group
    private let long: Group

    /// Indexes strings; the others have the numbers of none.
    ///
    /// - Parameter strings: each with its number, which is its position in a list of the caller; of four bytes or more.
    init(_ strings: [(number: Int, bytes: [UInt8])]) {
        precondition(strings.allSatisfy { $0.bytes.count >= Self.shortestString }, "a string has four bytes or more")
        var all = [[UInt8]](repeating: [], count: (strings.map(\.number).max() ?? -1) + 1)
        for string in strings { all[string.number] = string.bytes }
        self.strings = all
        short = Group(strings.filter { $0.bytes.count < Self.longKey }, keyCount: Self.shortestString)
        long = Group(strings.filter { $0.bytes.count >= Self.longKey }, keyCount: Self.longKey)
    }

    /// Whether there are no strings.
    var isEmpty: Bool { short.numbers.isEmpty && long.numbers.isEmpty }

    /// Calls `body` for each position of a text at which a string may begin, as `transform` maps its bytes; it ends where that
    /// returns false.
    ///
    /// Every byte that was written goes through here, so that it goes without checks of bounds: the filters have an entry for
    /// every hash.
    @inline(__always) func forEachPosition(
        in text: UnsafeBufferPointer<UInt8>,
        _ transform: (UInt8) -> UInt8?,
        _ body: (Position, _ end: Int) -> Bool
    ) {
        let (looksShort, looksLong) = (!short.numbers.isEmpty, !long.numbers.isEmpty)
        unsafe short.filter.words.withUnsafeBufferPointer { shortWords in
            unsafe long.filter.words.withUnsafeBufferPointer { longWords in
                var key: UInt64 = 0
                var count = 0
                for index in 0..<text.count {
                    guard let byte = unsafe transform(text[index]) else { continue }
                    key = key << 8 | UInt64(byte)
                    count += 1
                    if looksLong, unsafe KeyFilter.mayHold(key, longWords, long.filter.shift),
                        count >= long.keyCount, let range = long.ranges[key],
                        !body(Position(start: count - long.keyCount, group: 1, range: range), index + 1)
                    {
                        return
                    }
                    let shortKey = key & 0xFFFF_FFFF
                    if looksShort, unsafe KeyFilter.mayHold(shortKey, shortWords, short.filter.shift),
                        count >= short.keyCount, let range = short.ranges[shortKey],
                        !body(Position(start: count - short.keyCount, group: 0, range: range), index + 1)
                    {
                        return
                    }
                }
            }
        }
    }

    /// The numbers of the strings that begin as a position says.
    func numbers(at position: Position) -> ArraySlice<Int> { group(of: position).numbers[position.range] }

    /// How many bytes of a string a position stands for.
    func keyCount(at position: Position) -> Int { group(of: position).keyCount }

    /// Calls `body` with the numbers of the strings that a text goes on with at a position, as `transform` maps its bytes.
    ///
    /// The addresses of one domain may be thousands that begin alike: with each byte, fewer of them are left.
    func forEach(at position: Position, in text: [UInt8], _ transform: (UInt8) -> UInt8, _ body: (Int) -> Void) {
        let group = group(of: position)
        var left = position.range
        var depth = group.keyCount
        while true {
            while let first = left.first, strings[group.numbers[first]].count == depth {
                body(group.numbers[first])
                left = left.dropFirst()
            }
            guard !left.isEmpty, position.start + depth < text.count else { return }
            let byte = transform(text[position.start + depth])
            left = upper(left, group, at: depth) { $0 >= byte }
            left = left.lowerBound..<upper(left, group, at: depth) { $0 > byte }.lowerBound
            depth += 1
        }
    }

    private func group(of position: Position) -> Group { position.group == 0 ? short : long }

    /// Those of `range` from the first on whose byte at `depth` is one that `isWanted`.
    private func upper(_ range: Range<Int>, _ group: Group, at depth: Int, _ isWanted: (UInt8) -> Bool) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isWanted(strings[group.numbers[middle]][depth]) { high = middle } else { low = middle + 1 }
        }
        return low..<range.upperBound
    }
}
