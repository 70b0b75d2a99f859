/// Suggestions for mistyped names.
package enum NearestNames {
    /// The maximum number of suggestions.
    private static let limit = 3
    /// The minimum length in bytes of a name that longer names are searched for.
    private static let shortestPart = 3

    /// Returns the names that differ from `name` in few letters, the nearest first, and then those that contain it.
    package static func of(_ name: String, among known: [String]) -> [String] {
        let wanted = Array(name.lowercased().utf8)
        let near = known.compactMap { candidate -> (name: String, distance: Int)? in
            let distance = distance(wanted, Array(candidate.lowercased().utf8))
            return distance <= max(1, wanted.count / 3) ? (candidate, distance) : nil
        }
        let longer = known.filter { wanted.count >= shortestPart && $0.lowercased().contains(name.lowercased()) }
        var names: [String] = []
        for name in near.sorted(by: { $0.distance < $1.distance }).map(\.name) + longer where !names.contains(name) {
            names.append(name)
        }
        return Array(names.prefix(limit))
    }

    /// Returns a question whether another name was meant; nil if no known name is near.
    package static func question(about name: String, among known: [String]) -> String? {
        let near = of(name, among: known).map { "'\($0)'" }
        return near.isEmpty ? nil : "did you mean \(near.joined(separator: " or "))?"
    }

    /// The number of insertions, deletions, changes and swaps of neighbours between two names (Damerau 1964, without
    /// overlapping swaps).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
