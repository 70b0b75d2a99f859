/// The numbers of autonomous systems used as stand-ins.
///
/// Those reserved for documentation come first (RFC 5398), then those for private use (RFC 6996). All except a few have
/// 16 bits, so that they also fit into the communities of RFC 1997.
enum SystemNumbers {
    private static let ranges = [64496...64511, 64512...65534, 65536...65551]

    /// The id of the rule that finds the numbers of autonomous systems.
    static let rule = "own-as-number"

    /// Returns the stand-in with an index, from 0; the numbers start again if there are more than in the ranges.
    static func text(_ index: Int) -> String {
        var rest = index % ranges.reduce(0) { $0 + $1.count }
        for range in ranges {
            if rest < range.count { return String(range.lowerBound + rest) }
            rest -= range.count
        }
        return String(ranges[0].lowerBound)
    }
}
