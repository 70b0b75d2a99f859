internal import Documents

// The spellings in which a value is searched for.
extension Propagation {
    /// A spelling of a value to search for.
    struct Needle: Sendable {
        var value: Int
        var bytes: [UInt8]
        var encoding: Encoding?
        var ignoresCase: Bool
        /// The offset in the value of the part that is searched for, which no encoding changes; nil for the whole
        /// value.
        var partOffset: Int?
        /// Whether only longer names that start with the bytes count, and not the bytes themselves.
        var isStem = false

        /// Whether the bytes count only at word starts or after an escape, given the value's matching.
        func startsWord(as matching: KnownValue.Matching) -> Bool {
            guard let first = bytes.first, ByteSet.alphanumerics.contains(first) else { return false }
            if encoding == .base32 { return true }
            // A part follows the separator after its predecessor, plain or escaped.
            if let partOffset, partOffset > 0 { return true }
            switch matching {
            case .wholeWord, .domain, .email: return true
            case .address: return isStem || ByteSet.digits.contains(first) || bytes.contains(UInt8(ascii: ":"))
            case .anywhere, .placeOnly: return isStem
            }
        }
    }

    /// Returns the spellings of the value at `index` of all values; none if it is not searched for.
    static func needles(for value: KnownValue, at index: Int) -> [Needle] {
        guard value.matching != .placeOnly, !value.bytes.isEmpty else { return [] }
        var needles: [Needle] = []
        func add(_ bytes: [UInt8], _ encoding: Encoding?) {
            let ignoresCase = value.caseInsensitive || encoding == .percent
            needles.append(Needle(value: index, bytes: bytes, encoding: encoding, ignoresCase: ignoresCase))
        }
        add(value.bytes, nil)
        if let part = unchangedPart(of: value) {
            needles.append(
                Needle(
                    value: index,
                    bytes: Array(value.bytes[part]),
                    ignoresCase: value.caseInsensitive,
                    partOffset: part.lowerBound
                )
            )
        }
        if NameStem.isStem(value) {
            needles.append(Needle(value: index, bytes: value.bytes, ignoresCase: true, isStem: true))
        }
        if value.derivation == .escapedDots {
            // In strings, backslashes are doubled.
            add(value.bytes.flatMap { $0 == backslash ? [$0, $0] : [$0] }, .jsonString)
        }
        guard value.derivation == nil, value.bytes.count <= longestEncoded else { return needles }
        var spellings: Set<[UInt8]> = [value.bytes]
        for kept in [unreserved, ByteSet.alphanumerics] {
            let spelling = percentEncoded(value.bytes, keeping: kept)
            if spellings.insert(spelling).inserted { add(spelling, .percent) }
        }
        guard value.kind.severity == .secret else { return needles }
        if Base32Needle.lengths.contains(value.bytes.count) { add(Base32Codec.digits(of: value.bytes), .base32) }
        let escaped = value.bytes.flatMap { unreserved.contains($0) || $0 >= 0x80 ? [$0] : [backslash, $0] }
        // A backslash before a line break spells neither of them.
        if spellings.insert(escaped).inserted, (try? Encoding.shellWord.decode(escaped).bytes) == value.bytes {
            add(escaped, .shellWord)
        }
        return needles
    }

    /// The maximum length in bytes of a value whose encoded forms are searched for.
    private static let longestEncoded = 256
    private static let backslash = UInt8(ascii: "\\")

    /// Returns the longest part of a value that every encoding except base64 leaves unchanged; nil if that is the whole
    /// value, or a common word such as `.com` and `test`.
    private static func unchangedPart(of value: KnownValue) -> Range<Int>? {
        guard !value.bytes.allSatisfy(unchanged.contains) else { return nil }
        var parts = value.bytes.split { !unchanged.contains($0) }
        let shortest = value.kind.severity == .secret ? 3 : 6
        // The domain is shared by all addresses under it, so each of its occurrences would be examined for each of
        // them.
        if value.kind == .email { parts.removeAll { !$0.contains(UInt8(ascii: "@")) } }
        guard let longest = parts.max(by: { $0.count < $1.count }), longest.count >= shortest,
            !WordLists.builtIn.isCommonWord(String(decoding: longest, as: UTF8.self))
        else { return nil }
        return longest.startIndex..<longest.endIndex
    }

    private static let unchanged = ByteSet.alphanumerics.union(ByteSet("-_.+=:@ ,~*()[]{}?^|"))

    private static let unreserved = ByteSet.alphanumerics.union(ByteSet("-._~"))

    private static func percentEncoded(_ bytes: [UInt8], keeping kept: ByteSet) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { byte -> [UInt8] in
            kept.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
