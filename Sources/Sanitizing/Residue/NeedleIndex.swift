/// Byte strings indexed by their first eight bytes, or by four if they are shorter.
///
/// A filter rules out nearly every position of a text, and a table gives the candidates for the others (Karp and Rabin,
/// 1987).
struct NeedleIndex: Sendable {
    /// The strings that are indexed by keys of one length.
    private struct Group: Sendable {
        /// The length of a key in bytes.
        let keyCount: Int
        /// The numbers of the strings, in byte order of the strings.
        let numbers: [Int32]
        /// The range in ``numbers`` of the strings that begin with a key.
        let ranges: [UInt64: Range<Int32>]
        let filter: KeyFilter

        init(_ numbers: [Int32], of strings: ByteStrings, keyCount: Int, _ transform: (UInt8) -> UInt8) {
            // Most strings differ in their keys, which are compared faster than the strings.
            let sorted = numbers.map { number in
                let key = strings[Int(number)].prefix(keyCount).reduce(0) { $0 << 8 | UInt64(transform($1)) }
                return (key: key, number: number)
            }.sorted { left, right in
                guard left.key == right.key else { return left.key < right.key }
                return strings[Int(left.number)].dropFirst(keyCount).lazy.map(transform).lexicographicallyPrecedes(
                    strings[Int(right.number)].dropFirst(keyCount).lazy.map(transform)
                )
            }
            var ranges: [UInt64: Range<Int32>] = [:]
            for (index, string) in zip(Int32(0)..., sorted) {
                ranges[string.key] = (ranges[string.key]?.lowerBound ?? index)..<index + 1
            }
            self.keyCount = keyCount
            self.numbers = sorted.map(\.number)
            self.ranges = ranges
            filter = KeyFilter(ranges.keys)
        }
    }

    /// A position in a text at which strings may begin.
    struct Position {
        /// The offset in the mapped text.
        var start: Int
        /// The group of the candidates, and their range in it.
        fileprivate var group: Int
        fileprivate var range: Range<Int32>
    }

    /// The minimum length of a string in bytes.
    static let shortestString = 4
    private static let longKey = 8

    private let strings: ByteStrings
    private let short: Group
    private let long: Group

    /// Indexes strings.
    ///
    /// - Parameters:
    ///   - numbers: the numbers of the strings to index.
    ///   - strings: strings, of which these have four bytes or more.
    ///   - transform: maps the bytes of the strings, as it will map those of a text.
    init(_ numbers: [Int32], of strings: ByteStrings, _ transform: (UInt8) -> UInt8) {
        let counts = numbers.lazy.map { strings.count(of: Int($0)) }
        precondition(counts.allSatisfy { $0 >= Self.shortestString }, "a string has four bytes or more")
        self.strings = strings
        let isLong = { (number: Int32) in strings.count(of: Int(number)) >= Self.longKey }
        short = Group(numbers.filter { !isLong($0) }, of: strings, keyCount: Self.shortestString, transform)
        long = Group(numbers.filter(isLong), of: strings, keyCount: Self.longKey, transform)
    }

    /// Whether there are no strings.
    var isEmpty: Bool { short.numbers.isEmpty && long.numbers.isEmpty }

    /// Calls `body` for each position of a text at which a string may begin, until it returns false.
    ///
    /// `transform` maps each byte, or drops it by returning nil. Every written byte passes through here, so that bounds
    /// are not checked: the filters have an entry for every hash.
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

    /// The numbers of the strings that may begin at a position.
    func numbers(at position: Position) -> ArraySlice<Int32> {
        group(of: position).numbers[Int(position.range.lowerBound)..<Int(position.range.upperBound)]
    }

    /// The number of bytes that the strings are known to share with the text at a position.
    func keyCount(at position: Position) -> Int { group(of: position).keyCount }

    /// Calls `body` with the numbers of the strings that occur in a text at a position, as `transform` maps its bytes.
    ///
    /// Thousands of addresses of one domain may begin alike: each byte narrows the range of candidates.
    func forEach(at position: Position, in text: [UInt8], _ transform: (UInt8) -> UInt8, _ body: (Int) -> Void) {
        let group = group(of: position)
        var left = Int(position.range.lowerBound)..<Int(position.range.upperBound)
        var depth = group.keyCount
        while true {
            while let first = left.first, strings.count(of: Int(group.numbers[first])) == depth {
                body(Int(group.numbers[first]))
                left = left.dropFirst()
            }
            guard !left.isEmpty, position.start + depth < text.count else { return }
            let byte = transform(text[position.start + depth])
            left = upper(left, group, at: depth) { transform($0) >= byte }
            left = left.lowerBound..<upper(left, group, at: depth) { transform($0) > byte }.lowerBound
            depth += 1
        }
    }

    private func group(of position: Position) -> Group { position.group == 0 ? short : long }

    /// Returns the part of `range` from the first string whose byte at `depth` satisfies `isWanted`.
    private func upper(_ range: Range<Int>, _ group: Group, at depth: Int, _ isWanted: (UInt8) -> Bool) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isWanted(strings[Int(group.numbers[middle]), depth]) { high = middle } else { low = middle + 1 }
        }
        return low..<range.upperBound
    }
}
