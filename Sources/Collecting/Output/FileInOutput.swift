internal import Glibc
internal import SystemPackage

/// A file of an ``OutputFolder`` that is being written.
public final class FileInOutput {
    private let path: String
    private let descriptor: FileDescriptor
    private var isClosed = false

    init(path: String, descriptor: FileDescriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { if !isClosed { try? descriptor.close() } }

    /// Writes more bytes.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    public func write(_ bytes: ArraySlice<UInt8>) throws(CollectingError) {
        do {
            _ = try descriptor.writeAll(bytes)
        } catch {
            throw CollectingError(.unwritable, at: path, "cannot be written: \(error)")
        }
    }

    /// Closes the file, which is flushed to disk when the folder is committed.
    ///
    /// - Throws: ``CollectingError`` `unwritable`.
    public func close() throws(CollectingError) {
        isClosed = true
        do {
            try descriptor.close()
        } catch {
            throw CollectingError(.unwritable, at: path, "cannot be written: \(error)")
        }
    }
}
