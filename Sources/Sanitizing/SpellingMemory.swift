internal import Documents
internal import Synchronization

/// Remembers how places of files are spelled, for a plan that is made again because more values are known.
///
/// To say it, the structure of a file has to be read, which takes longer than all else that a plan does.
public final class SpellingMemory: Sendable {
    private struct File: Sendable {
        var places: [Location]
        var spelled: [Location]
    }

    private let files = Mutex<[String: File]>([:])

    /// Remembers nothing yet.
    public init() {}

    /// The locations of places of a document, as ``SpelledPlaces`` has them.
    ///
    /// - Parameters:
    ///   - places: the places, in the order of their starts.
    ///   - document: the document.
    ///   - bytes: its bytes.
    /// - Returns: as many locations, in the same order.
    func locations(of places: [Location], in document: Document, bytes: [UInt8]) -> [Location] {
        guard !places.isEmpty else { return [] }
        let known = files.withLock { $0[document.path] }
        if let known, known.places == places { return known.spelled }
        let reader =
            document.isReleased
            ? SpelledPlaces(path: document.path, bytes: bytes, places: places) : SpelledPlaces(document)
        let spelled = places.map(reader.location)
        files.withLock { $0[document.path] = File(places: places, spelled: spelled) }
        return spelled
    }
}
