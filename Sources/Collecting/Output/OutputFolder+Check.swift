public import SystemPackage

extension OutputFolder {
    /// Refuses a path at which no folder can appear, before any work is done; nothing is created or removed.
    ///
    /// - Parameters:
    ///   - place: the final path.
    ///   - sources: folders that are read meanwhile.
    ///   - replacing: whether a folder that an earlier run has written may be replaced.
    ///   - paths: the paths of the output, if it has no file that marks it as Scrubjay's.
    /// - Throws: as ``init(at:outside:replacing:paths:isPrivate:)`` does, except for `busy`.
    public static func check(
        _ place: FilePath,
        outside sources: [FilePath],
        replacing: Bool,
        paths: Set<String> = []
    ) throws(CollectingError) {
        try OutputPlace(place, outside: sources, replacing: replacing, paths: paths).check()
    }
}
