internal import Collecting
internal import SystemPackage

/// A sealed map that waits beside the last one until the tree that it restores is in place.
struct StagedMap {
    /// The map file that it will replace.
    let file: SealedMapFile
    /// The path at which it waits.
    let place: FilePath

    /// Replaces the last map with this one.
    ///
    /// - Throws: ``CollectingError``.
    func publish() throws { try file.publish(place) }

    /// Removes this map: its tree was not put in place, and the last map remains valid.
    ///
    /// - Throws: ``CollectingError``.
    func discard() throws { try PlaceOfFile.remove(place) }
}
