public import SystemPackage

extension OutputFolder {
    /// Refuses a place at which no folder can appear, before the work is done; nothing is made or removed.
    ///
    /// - Parameters:
    ///   - place: where it is to appear.
    ///   - sources: folders that are read meanwhile.
    ///   - replacing: whether a folder that an earlier run has written may go.
    ///   - paths: the paths of what is written, where it has no file that says who wrote it.
    /// - Throws: as ``init(at:outside:replacing:paths:isPrivate:)`` does, but for `busy`.
    public static func check(
        _ place: FilePath,
        outside sources: [FilePath],
        replacing: Bool,
        paths: Set<String> = []
    ) throws(CollectingError) {
        try OutputPlace(place, outside: sources, replacing: replacing, paths: paths).check()
    }
}
