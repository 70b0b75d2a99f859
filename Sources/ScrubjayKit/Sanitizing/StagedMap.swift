internal import Collecting
internal import SystemPackage

/// A sealed map that waits beside the last one until the tree that it restores is in its place.
struct StagedMap {
    /// The file whose contents it becomes.
    let file: SealedMapFile
    /// Where it waits.
    let place: FilePath

    /// Replaces the last map by this one.
    ///
    /// - Throws: ``CollectingError``.
    func publish() throws { try file.publish(place) }

    /// Removes it: its tree was not put in place, and the last map is still the one that counts.
    ///
    /// - Throws: ``CollectingError``.
    func discard() throws { try PlaceOfFile.remove(place) }
}
