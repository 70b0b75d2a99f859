/// Says the same of many files without a line for each.
enum RepeatedLines {
    /// How many files are named for one text.
    private static let limit = 5

    /// Writes one line per entry; of more than a few entries with the same text, only the first and the number of the rest.
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
