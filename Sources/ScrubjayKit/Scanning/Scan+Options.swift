public import Collecting
public import Detecting
public import SystemPackage

extension Scan {
    /// The target of a scan.
    public enum Target: Sendable {
        /// A folder with all its contents, or one file.
        case path(FilePath)
        /// Bytes from another origin, with a name.
        case bytes([UInt8], name: String)
        /// The changes in a repository's index relative to the commit that is checked out.
        case staged(GitRepository)
        /// Every file in the history of a repository. With a revision, only the commits that are reachable from HEAD
        /// and not from the revision.
        case history(GitRepository, since: String?)

        /// Whether several files may have the same path.
        var hasVersions: Bool {
            switch self {
            case .path, .bytes: false
            case .staged, .history: true
            }
        }
    }

    /// The choice of what is read and what is reported.
    public struct Options: Sendable {
        /// The files that are skipped.
        public var exclusion: PathExclusion
        /// The variables of this process, with which git is asked for ignored files so that they are skipped; nil to
        /// read ignored files.
        public var leavesIgnoredFiles: [String: String]?
        /// The findings that are reported.
        public var filter: FindingFilter
        /// The findings that were accepted before.
        public var baseline: Baseline?
        /// Whether the summary lists the entries of a new baseline.
        public var listsAccepted: Bool

        /// Makes options; by default everything is read and reported.
        public init(
            exclusion: PathExclusion = PathExclusion(),
            leavesIgnoredFiles: [String: String]? = nil,
            filter: FindingFilter = FindingFilter(),
            baseline: Baseline? = nil,
            listsAccepted: Bool = true
        ) {
            self.exclusion = exclusion
            self.leavesIgnoredFiles = leavesIgnoredFiles
            self.filter = filter
            self.baseline = baseline
            self.listsAccepted = listsAccepted
        }
    }

    /// The progress of a scan.
    public struct Progress: Sendable {
        /// The number of files read so far.
        public var fileCount = 0
        /// The total number of files; nil if it is not yet known.
        public var totalCount: Int?
        /// The number of bytes read so far.
        public var byteCount = 0
    }
}
