internal import ScrubjayKit

/// Writes what a scan finds, a file at a time; nothing before the first file or the end, so that a scan that cannot even
/// begin leaves no half of a file behind.
protocol ScanReporter {
    /// Writes what was found in one file.
    mutating func report(_ file: ScannedFile)
    /// Writes what is missing to a whole.
    mutating func end(_ summary: Scan.Summary)
}
