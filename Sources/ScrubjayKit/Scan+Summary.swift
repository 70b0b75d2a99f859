public import Collecting
public import Detecting

extension Scan {
    /// What a scan says when all findings are reported.
    public struct Summary: Sendable {
        /// How many files were read.
        public internal(set) var fileCount = 0
        /// How many bytes they have.
        public internal(set) var byteCount = 0
        /// How many of the files, and of those in archives, are no texts; they are searched as bytes.
        public internal(set) var binaryCount = 0
        /// How many different values were reported.
        public internal(set) var valueCount = 0
        /// At how many places values of each kind were reported.
        public internal(set) var places: [Kind: Int] = [:]
        /// How many of these places repeat what an earlier version of the same file had.
        public internal(set) var repeatedCount = 0
        /// How many places the baseline accepts.
        public internal(set) var acceptedCount = 0
        /// At how many places a value stays because the policy says so, by the reason.
        public internal(set) var kept: [Decisions.Reason: Int] = [:]
        /// The entries of the baseline that match nothing any more, in the order of their paths.
        public internal(set) var staleEntries: [Baseline.Entry] = []
        /// The baseline, if it is written now: what it had and still holds, and what was reported.
        public internal(set) var accepted: Set<Baseline.Entry> = []
        /// How many files were left alone because git ignores them.
        public internal(set) var ignoredCount = 0
        /// What could not be read as its format, and is read as plain text.
        public internal(set) var notes: [Note] = []
        /// What was passed over: links are not followed, sockets and pipes not opened.
        public internal(set) var skipped: [Deployment.Skipped] = []
        /// The files that could not be read at all.
        public internal(set) var failures: [CollectingError] = []

        /// At how many places something was reported.
        public var placeCount: Int { places.values.reduce(0, +) }
        /// At how many places something of that severity was reported.
        public func placeCount(_ severity: Severity) -> Int {
            places.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
        }
    }
}
