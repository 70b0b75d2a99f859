/// Merges two changed versions of one text line by line.
enum LineMerge {
    /// The maximum number of lines; the time for comparing two dissimilar texts grows with its square.
    private static let limit = 20_000

    /// Returns the text with both changes.
    ///
    /// - Parameters:
    ///   - base: the text before both.
    ///   - own: one changed text.
    ///   - other: the other one.
    /// - Returns: nil if both changed the same or adjacent lines in different ways.
    static func merge(base: [UInt8], own: [UInt8], other: [UInt8]) -> [UInt8]? {
        let (base, own, other) = (lines(of: base), lines(of: own), lines(of: other))
        guard max(base.count, own.count, other.count) <= limit else { return nil }
        let (inOwn, inOther) = (places(of: base, in: own), places(of: base, in: other))
        var merged: [ArraySlice<UInt8>] = []
        var (line, ownLine, otherLine) = (0, 0, 0)
        while true {
            while line < base.count, inOwn[line] == ownLine, inOther[line] == otherLine {
                merged.append(base[line])
                (line, ownLine, otherLine) = (line + 1, ownLine + 1, otherLine + 1)
            }
            if line == base.count && ownLine == own.count && otherLine == other.count { break }
            // The next line that neither version changed; the lines before it were changed by one or both.
            let next = (line..<base.count).first { inOwn[$0] != nil && inOther[$0] != nil } ?? base.count
            let ownEnd = next < base.count ? inOwn[next] ?? own.count : own.count
            let otherEnd = next < base.count ? inOther[next] ?? other.count : other.count
            let (before, mine, theirs) = (base[line..<next], own[ownLine..<ownEnd], other[otherLine..<otherEnd])
            if mine == before {
                merged += theirs
            } else if theirs == before || theirs == mine {
                merged += mine
            } else {
                return nil
            }
            (line, ownLine, otherLine) = (next, ownEnd, otherEnd)
        }
        return Array(merged.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Returns the lines of a text without their ends; the last is empty if the text ends in a line end.
    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    /// Returns the index in `text` of each line of `base`; nil if it was removed.
    private static func places(of base: [ArraySlice<UInt8>], in text: [ArraySlice<UInt8>]) -> [Int?] {
        let difference = text.difference(from: base)
        var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var position = 0
        return base.indices.map { line in
            if removed.contains(line) { return nil }
            while inserted.contains(position) { position += 1 }
            defer { position += 1 }
            return position
        }
    }
}
