/// Several runs of one program, summarized by the median.
struct Summary {
    var name: String
    var runs: [Measurement]

    var wall: Double { Self.median(runs.map(\.wall)) }
    var cpu: Double { Self.median(runs.map(\.cpu)) }
    var peak: Double { runs.map(\.peak).max() ?? 0 }
    var isStopped: Bool { runs.contains(where: \.isStopped) }
    var range: (least: Double, most: Double) { (runs.map(\.wall).min() ?? 0, runs.map(\.wall).max() ?? 0) }

    static func median(_ numbers: [Double]) -> Double {
        guard !numbers.isEmpty else { return 0 }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
