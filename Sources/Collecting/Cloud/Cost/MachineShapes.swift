/// The cores and memory of a machine type, by its name.
struct MachineShapes {
    /// The cores and memory of a machine.
    struct Shape: Hashable {
        /// The first part of the type's name: `e2`.
        var family: String
        /// The number of cores, in hundredths.
        var cores: Int
        /// The number of gigabytes, in hundredths.
        var memory: Int
    }

    /// The number of parts of a core or a gigabyte in which shapes are counted.
    static let unit = 100

    /// Hundredths of a gigabyte per core, by family and class: `n1-standard`.
    private var memory: [String: Int] = [:]
    private var shared: [String: Shape] = [:]

    /// Returns the family of a type: the first part of its name.
    static func family(of type: String) -> String { String(type.prefix { $0 != "-" }) }

    /// Reads a line `shape FAMILY CLASS GB` or `type TYPE CORES GB`.
    mutating func take(_ words: [String]) {
        if words[0] == "shape" {
            memory["\(words[1])-\(words[2])"] = Self.hundredths(words[3])
        } else {
            shared[words[1]] = Shape(
                family: Self.family(of: words[1]),
                cores: Self.hundredths(words[2]),
                memory: Self.hundredths(words[3])
            )
        }
    }

    /// Returns the shape of a type, such as `e2-micro` or `n1-standard-4`; nil if unknown.
    func shape(of type: String) -> Shape? {
        if let shape = shared[type] { return shape }
        let parts = type.split(separator: "-")
        guard parts.count == 3, let cores = Int(parts[2]), (1...1000).contains(cores),
            let memory = memory["\(parts[0])-\(parts[1])"]
        else { return nil }
        return Shape(family: String(parts[0]), cores: cores * Self.unit, memory: cores * memory)
    }

    private static func hundredths(_ text: String) -> Int {
        let parts = text.split(separator: ".")
        let fraction = parts.count > 1 ? (parts[1] + "0").prefix(2) : "0"
        return (Int(parts[0]) ?? 0) * unit + (Int(fraction) ?? 0)
    }
}
