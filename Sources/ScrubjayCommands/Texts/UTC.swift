/// Formats times for people, independently of time zones.
enum UTC {
    /// Formats a time as `2026-01-31 23:59:58 UTC`, from non-negative seconds since 1970-01-01 00:00:00 UTC.
    static func text(_ seconds: Int64) -> String {
        let (year, month, day) = date(daysSince1970: Int(seconds / 86_400))
        let time = Int(seconds % 86_400)
        let clock = [time / 3600, time / 60 % 60, time % 60].map(padded).joined(separator: ":")
        return "\(year)-\(padded(month))-\(padded(day)) \(clock) UTC"
    }

    /// Formats a time as `2026-01-31T23:59:58Z` (RFC 3339), from non-negative seconds since 1970-01-01 00:00:00 UTC.
    static func stamp(_ seconds: Int64) -> String {
        text(seconds).replacing(" UTC", with: "Z").replacing(" ", with: "T")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The algorithm `civil_from_days` of Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    private static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
