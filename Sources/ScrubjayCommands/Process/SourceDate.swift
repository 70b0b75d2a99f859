internal import ScrubjayKit

/// The time of results: SOURCE_DATE_EPOCH of the Reproducible Builds specification, or the current time.
enum SourceDate {
    /// The seconds since 1970.
    static func time(_ console: Console) throws -> Int {
        guard let text = console.environment["SOURCE_DATE_EPOCH"] else { return console.clock() }
        guard let seconds = Int(text), seconds >= 0 else {
            throw KitError(.unsuitable, "SOURCE_DATE_EPOCH is not a number of seconds")
        }
        return seconds
    }
}
