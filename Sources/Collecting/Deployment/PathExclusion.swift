/// The files to ignore.
public struct PathExclusion: Hashable, Sendable {
    /// The patterns; a file that matches one of them is ignored.
    public var patterns: [PathPattern]

    /// Makes an exclusion; without patterns it excludes nothing.
    public init(_ patterns: [PathPattern] = []) { self.patterns = patterns }

    /// Whether the file is excluded.
    public func excludes(_ path: String) -> Bool { patterns.contains { $0.matches(path) } }

    /// Whether everything in the folder is excluded.
    public func excludes(folder path: String) -> Bool { patterns.contains { $0.matches(folder: path) } }
}
