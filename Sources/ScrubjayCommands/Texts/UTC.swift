internal import Bundling

/// Formats times for people, independently of time zones.
enum UTC {
    /// Formats a time as `2026-01-31 23:59:58 UTC`, from non-negative seconds since 1970-01-01 00:00:00 UTC.
    static func text(_ seconds: Int64) -> String {
        CalendarDate.timestamp(seconds).replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}
