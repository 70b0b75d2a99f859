public import Collecting
public import Detecting
public import SystemPackage

extension Scan {
    /// What is scanned.
    public enum Target: Sendable {
        /// A folder with all that is in it, or one file.
        case path(FilePath)
        /// Bytes that came in some other way, under a name.
        case bytes([UInt8], name: String)
        /// What the index of a repository adds to the commit that its work tree is of.
        case staged(GitRepository)
        /// Every file that the history of a repository holds; with a revision, what HEAD leads to and the revision does not.
        case history(GitRepository, since: String?)

        /// Whether several files may have one path.
        var hasVersions: Bool {
            switch self {
            case .path, .bytes: false
            case .staged, .history: true
            }
        }
    }

    /// What is read, and what is reported.
    public struct Options: Sendable {
        /// The files that are left alone.
        public var exclusion: PathExclusion
        /// The variables of this process, for git, where files that git ignores are left alone; nil to read them.
        public var leavesIgnoredFiles: [String: String]?
        /// The findings that are reported.
        public var filter: FindingFilter
        /// What was accepted before.
        public var baseline: Baseline?
        /// Whether the summary lists what a new baseline accepts.
        public var listsAccepted: Bool

        /// Makes options; without arguments everything is read and reported.
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

    /// How far a scan is.
    public struct Progress: Sendable {
        /// The files that were read so far.
        public var fileCount = 0
        /// How many files there are; nil where nobody knows yet.
        public var totalCount: Int?
        /// The bytes of the files that were read.
        public var byteCount = 0
    }
}
