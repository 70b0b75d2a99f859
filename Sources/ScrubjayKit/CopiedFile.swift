internal import Bundling
internal import Collecting
internal import Sodium
internal import SystemPackage

/// A file on its way from a bundle into a deployment: it takes its place when it is what the manifest says.
final class CopiedFile {
    private let file: StagedFile
    private let path: String
    private let digest: Digest
    private var hash: SHA256? = SHA256()

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - place: where it belongs; its folder must exist.
    ///   - entry: what the manifest says about it.
    /// - Throws: ``CollectingError``: `busy` or `unwritable`.
    init(at place: FilePath, as entry: Manifest.File) throws(CollectingError) {
        file = try StagedFile(for: place, mode: entry.isExecutable ? 0o755 : 0o644)
        path = entry.path
        digest = entry.sha256
    }

    /// Writes the next bytes.
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

    /// Puts the file in its place, once, where another one may be.
    ///
    /// - Throws: ``BundleError`` `changed`; ``CollectingError`` `unwritable`.
    func commit() throws {
        guard hash.take()?.finalize() == digest else {
            throw BundleError(.changed, at: path, "the bundle's file has changed while it was read")
        }
        try file.commit(replacing: true)
    }
}
