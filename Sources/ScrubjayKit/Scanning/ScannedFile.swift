public import Collecting
public import Detecting

/// The findings to report in one file.
public struct ScannedFile: Sendable {
    /// A finding with its line and column numbers.
    public struct Item: Sendable {
        /// The finding.
        public var finding: Finding
        /// The place of the value in lines and columns; nil if it is in the path.
        public var region: TextRegion?
        /// Whether an earlier version of the same file had the same value, found by the same rule.
        public var isRepeated: Bool
    }

    /// The path relative to the scanned root.
    public var path: String
    /// Its origin in git; nil for a file of a tree.
    public var origin: SourceFile.Origin?
    /// The findings, in order of their places; those in the path come first.
    public var items: [Item]
}
