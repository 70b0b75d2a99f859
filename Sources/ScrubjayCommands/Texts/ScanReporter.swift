internal import ScrubjayKit

/// Writes the findings of a scan one file at a time.
///
/// Nothing is written before the first file or the end, so that a scan that cannot begin leaves no partial output.
protocol ScanReporter {
    /// Writes the findings of one file.
    mutating func report(_ file: ScannedFile)
    /// Completes the output.
    mutating func end(_ summary: Scan.Summary)
}
