public import Collecting
public import Detecting

/// What was found in one file and is to be reported.
public struct ScannedFile: Sendable {
    /// A finding where people and editors look for it.
    public struct Item: Sendable {
        /// The finding.
        public var finding: Finding
        /// Where the value stands, in lines and columns; nil where it stands in the path.
        public var region: TextRegion?
        /// Whether an earlier version of the same file had the same value, found by the same rule.
        public var isRepeated: Bool
    }

    /// The path relative to the scanned root.
    public var path: String
    /// Where in git it comes from; nil for a file of a tree.
    public var origin: SourceFile.Origin?
    /// The findings, in the order of their places, those in the path first.
    public var items: [Item]
}
