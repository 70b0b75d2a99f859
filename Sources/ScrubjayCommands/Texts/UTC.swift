internal import Bundling

/// Points in time as people read them, without a time zone's help.
enum UTC {
    /// Formats a time as `2026-01-31 23:59:58 UTC`, from non-negative seconds since 1970-01-01 00:00:00 UTC.
    static func text(_ seconds: Int64) -> String {
        CalendarDate.timestamp(seconds).replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}
