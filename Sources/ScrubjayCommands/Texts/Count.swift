/// Formats numbers for people.
enum Count {
    /// Formats a number with its noun: `1 file`, `2 files`.
    static func of(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// Formats a number of bytes in the largest suitable unit.
    static func bytes(_ number: Int) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
        var value = number
        var rest = 0
        var unit = 0
        while value >= 1024 && unit < units.count - 1 {
            rest = value % 1024
            value /= 1024
            unit += 1
        }
        return unit == 0 ? of(number, "byte") : "\(value).\(rest * 10 / 1024) \(units[unit])"
    }

    /// Formats a number with a comma between thousands.
    static func grouped(_ number: Int) -> String {
        var digits = String(number)
        var position = digits.utf8.count - 3
        while position > 0 {
            digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
            position -= 3
        }
        return digits
    }
}
