/// Prints the same text about many files without a line for each.
enum RepeatedLines {
    /// The maximum number of files that are named for one text.
    private static let limit = 5

    /// Prints a line for each entry; if many share a text, only the first of them are named and the others counted.
    static func say(
        _ entries: [(path: String, text: String)],
        to console: Console,
        line: (_ path: String, _ text: String) -> String
    ) {
        let totals = Dictionary(grouping: entries, by: \.text).mapValues(\.count)
        var shown: [String: Int] = [:]
        for (path, text) in entries {
            shown[text, default: 0] += 1
            let (number, total) = (shown[text, default: 0], totals[text, default: 0])
            if number <= limit || total == limit + 1 {
                console.say(line(path, text))
            } else if number == total {
                console.say(line(Count.of(total - limit, "more file"), text))
            }
        }
    }
}
