internal import Collecting
internal import ScrubjayKit
internal import SystemPackage

/// A file that a report is written into while a scan runs, and that appears when it is complete.
final class StagedOutput {
    private let file: StagedFile
    private var failure: (any Error)?

    /// Begins the file.
    ///
    /// - Throws: ``CollectingError`` if it cannot be written.
    init(at path: FilePath) throws { file = try StagedFile(for: path, mode: 0o644) }

    /// The paths in a scanned tree that the scan must not read, because they are the file itself.
    func places(in target: Scan.Target) -> [PathPattern] {
        [file.path, file.staged].compactMap { BaselineFile.place(of: $0, in: target) }.map { PathPattern(exactly: $0) }
    }

    /// Appends bytes; a failure is reported by ``commit()``.
    func write(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        do { _ = try file.descriptor.writeAll(bytes) } catch { failure = error }
    }

    /// Moves the file to its place, replacing an earlier one.
    ///
    /// - Throws: ``CollectingError`` if a part of it was not written, or it cannot be put in place.
    func commit() throws {
        if let failure { throw CollectingError(.unwritable, at: file.path.string, "cannot be written: \(failure)") }
        try file.commit(replacing: true)
    }
}
