internal import Archive
internal import Documents
internal import Rotating

extension Rotate {
    /// Opens the archives among a deployment's documents, because they may hold values that a rotation replaces.
    static func archives(among documents: [Document]) -> [ArchivedFiles] {
        documents.filter(\.isBinary).compactMap { document in
            let bytes = document.bytes
            guard ForeignArchive.begins(bytes) else { return nil }
            var files: [Document] = []
            let notes = ArchiveReader().read(bytes, path: document.path) { path, bytes in
                files.append(Document(path: path, bytes: bytes))
            }
            return notes.map { ArchivedFiles(path: document.path, documents: files, isComplete: $0.isEmpty) }
        }
    }
}
