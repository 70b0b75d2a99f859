internal import Collecting
internal import Documents
internal import Synchronization
internal import SystemPackage

/// Makes documents whose files are read again on each access, and remembers the first failure.
///
/// A file that can no longer be read, or has changed, reads as empty. Callers must check ``failure`` before they use
/// any result.
final class FileRereading: Sendable {
    private let failed = Mutex<CollectingError?>(nil)

    /// The first failure.
    var failure: CollectingError? { failed.withLock { $0 } }

    /// Returns the document of a file, which is read once to determine whether it is text.
    ///
    /// - Parameters:
    ///   - path: the document's path.
    ///   - place: the file's path.
    ///   - notes: the parts that could not be read in the file's format.
    /// - Returns: the document, which holds none of the file's contents.
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
