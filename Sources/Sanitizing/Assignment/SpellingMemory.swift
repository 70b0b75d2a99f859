internal import Documents
internal import Synchronization

/// Remembers how the places in files are spelled, for a plan that is made again because more values are known.
///
/// Determining a spelling needs the structure of the file, and parsing it takes longer than all other steps of a plan.
public final class SpellingMemory: Sendable {
    private struct File: Sendable {
        var places: [Location]
        var spelled: [Location]
    }

    private let files = Mutex<[String: File]>([:])

    /// Makes an empty memory.
    public init() {}

    /// Returns the spelled locations of places in a document, as ``SpelledPlaces`` determines them.
    ///
    /// - Parameters:
    ///   - places: the places, in order of their starts.
    ///   - document: the document.
    ///   - bytes: its bytes.
    /// - Returns: one location for each place, in the same order.
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
