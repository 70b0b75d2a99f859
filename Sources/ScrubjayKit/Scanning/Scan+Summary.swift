public import Collecting
public import Detecting

extension Scan {
    /// The summary of a scan.
    public struct Summary: Sendable {
        /// The number of files read.
        public internal(set) var fileCount = 0
        /// The total size of the files in bytes.
        public internal(set) var byteCount = 0
        /// The number of binary files, including archived ones; they are searched as bytes.
        public internal(set) var binaryCount = 0
        /// The number of distinct values reported.
        public internal(set) var valueCount = 0
        /// The number of reported places by kind.
        public internal(set) var places: [Kind: Int] = [:]
        /// The number of these places that repeat a finding in an earlier version of the same file.
        public internal(set) var repeatedCount = 0
        /// The number of places that the baseline accepts.
        public internal(set) var acceptedCount = 0
        /// The number of staged places whose value is in the same file of the last commit.
        public internal(set) var committedCount = 0
        /// The number of places that the policy keeps, by reason.
        public internal(set) var kept: [Decisions.Reason: Int] = [:]
        /// The baseline entries that no longer match anything, in order of their paths.
        public internal(set) var staleEntries: [Baseline.Entry] = []
        /// The entries of an updated baseline: those that still hold, and what was reported.
        public internal(set) var accepted: Set<Baseline.Entry> = []
        /// The number of files skipped because git ignores them.
        public internal(set) var ignoredCount = 0
        /// The parts that could not be read in their file's format and were read as plain text.
        public internal(set) var notes: [Note] = []
        /// The skipped entries: links are not followed, and sockets and pipes are not opened.
        public internal(set) var skipped: [Deployment.Skipped] = []
        /// The files that could not be read.
        public internal(set) var failures: [CollectingError] = []

        /// The number of reported places.
        public var placeCount: Int { places.values.reduce(0, +) }
        /// Returns the number of reported places of a severity.
        public func placeCount(_ severity: Severity) -> Int {
            places.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
        }
    }
}
