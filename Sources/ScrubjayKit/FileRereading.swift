internal import Collecting
internal import Documents
internal import Synchronization
internal import SystemPackage

/// Makes documents whose files are read again each time, and remembers where that went wrong.
///
/// A file that cannot be read again, or has changed since, reads as an empty one: whoever has worked with the documents asks
/// for ``failure`` before anything comes of it.
final class FileRereading: Sendable {
    private let failed = Mutex<CollectingError?>(nil)

    /// The first failure.
    var failure: CollectingError? { failed.withLock { $0 } }

    /// The document of a file, which is read once to see whether it is a text.
    ///
    /// - Parameters:
    ///   - path: the path that the document has.
    ///   - place: where the file is.
    ///   - notes: what could not be read as its format.
    /// - Returns: the document, which holds nothing of the file.
    /// - Throws: ``CollectingError``.
    func document(_ path: String, at place: FilePath, notes: [Document.Note]) throws(CollectingError) -> Document {
        let file = try StableFile(place)
        let bytes = try file.bytes(0..<file.size)
        return Document(releasedAt: path, bytes: bytes, notes: notes) { [self] in
            do throws(CollectingError) {
                return try file.bytes(0..<file.size)
            } catch {
                failed.withLock { $0 = $0 ?? error }
                return []
            }
        }
    }
}
