/// The files that somebody wants left alone.
public struct PathExclusion: Hashable, Sendable {
    /// The patterns; a file is left alone where one of them matches.
    public var patterns: [PathPattern]

    /// Makes an exclusion; without patterns it excludes nothing.
    public init(_ patterns: [PathPattern] = []) { self.patterns = patterns }

    /// Whether the file is left alone.
    public func excludes(_ path: String) -> Bool { patterns.contains { $0.matches(path) } }

    /// Whether all that is in the folder is left alone.
    public func excludes(folder path: String) -> Bool { patterns.contains { $0.matches(folder: path) } }
}
