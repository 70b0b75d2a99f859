internal import Bundling
internal import Collecting
internal import Sodium
internal import SystemPackage

/// A file copied from a bundle into a deployment.
///
/// It appears only if it matches the manifest.
final class CopiedFile {
    private let file: StagedFile
    private let path: String
    private let digest: Digest
    private var hash: SHA256? = SHA256()

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - place: the final path; its folder must exist.
    ///   - entry: the manifest's entry for it.
    /// - Throws: ``CollectingError``: `busy` or `unwritable`.
    init(at place: FilePath, as entry: Manifest.File) throws(CollectingError) {
        file = try StagedFile(for: place, mode: entry.isExecutable ? 0o755 : 0o644)
        path = entry.path
        digest = entry.sha256
    }

    /// Writes more bytes.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    func write(_ bytes: ArraySlice<UInt8>) throws(CollectingError) {
        hash?.update(unsafe bytes.span.bytes)
        do {
            _ = try file.descriptor.writeAll(bytes)
        } catch {
            throw StagedFile.unwritable(FilePath(path), error)
        }
    }

    /// Moves the file to its final path, replacing an existing one.
    ///
    /// Call it once.
    ///
    /// - Throws: ``BundleError`` `changed`; ``CollectingError`` `unwritable`.
    func commit() throws {
        guard hash.take()?.finalize() == digest else {
            throw BundleError(.changed, at: path, "the bundle's file has changed while it was read")
        }
        try file.commit(replacing: true)
    }
}
