import Foundation

/// Prints measurements as a Markdown table.
enum Table {
    /// Returns the table of `summaries`, with ratios to the first one; `bytes` is the number of bytes that each read.
    static func text(_ title: String, _ summaries: [Summary], bytes: Int?) -> String {
        var lines = ["", "### \(title)", ""]
        lines.append(
            "| program | n | wall s, median (least–most) | CPU s | MB/s | peak MiB | wall, times Scrubjay's | CPU, times |"
        )
        lines.append("|---|---|---|---|---|---|---|---|")
        guard let own = summaries.first else { return "" }
        for summary in summaries {
            let range = "\(number(summary.range.least, 3))–\(number(summary.range.most, 3))"
            let rate = bytes.map { number(Double($0) / 1e6 / summary.wall, 1) } ?? "–"
            let mark = summary.isStopped ? " (stopped)" : ""
            let cells = [
                summary.name + mark, "\(summary.runs.count)", "\(number(summary.wall, 3)) (\(range))",
                number(summary.cpu, 3), rate, number(summary.peak, 1), number(summary.wall / own.wall, 2),
                number(summary.cpu / own.cpu, 2),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    static func number(_ value: Double, _ digits: Int) -> String {
        value.isFinite ? String(format: "%.\(digits)f", value) : "–"
    }
}
