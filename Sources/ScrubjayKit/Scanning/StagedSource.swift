internal import Collecting
internal import Detecting
internal import Documents
internal import Synchronization

/// The staged files of a repository, read from git on each pass.
final class StagedSource: ScanSource {
    /// The results of reading so far.
    private struct Seen {
        var sizes: [Int: Int] = [:]
        var pointers: Set<Int> = []
        var failures: [Int: CollectingError] = [:]
        /// Why git no longer answers; nil if it does.
        var end: (any Error)?
    }

    private let files: ListedGitFiles
    private let seen = Mutex(Seen())

    init(_ files: ListedGitFiles) { self.files = files }

    var count: Int { files.count }

    func path(of index: Int) -> String { files.path(of: index) }

    /// Returns zero, because git delivers every file as a whole.
    func size(of index: Int) -> Int { 0 }

    /// Returns the format of a file: text for a link, whose target is text whatever its name suggests; nil to detect
    /// it.
    func format(of index: Int) -> Format? { files.isLink(index) ? .prose : nil }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        guard read(index, into: &buffer) else { return false }
        buffer = Array(buffer.dropFirst(offset).prefix(count))
        return true
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        guard seen.withLock({ $0.end == nil }) else { return false }
        do {
            let file = try files.file(index)
            buffer = file.bytes
            seen.withLock { seen in
                seen.sizes[index] = file.bytes.count
                if file.isLargeFilePointer { seen.pointers.insert(index) }
            }
            return true
        } catch let error as CollectingError {
            seen.withLock { $0.failures[index] = error }
        } catch {
            seen.withLock { $0.end = $0.end ?? error }
        }
        return false
    }

    /// The number of files read.
    var readCount: Int { seen.withLock(\.sizes.count) }

    /// The number of bytes read; each file counts once.
    var byteCount: Int { seen.withLock { $0.sizes.values.reduce(0, +) } }

    /// Returns the origin of a file.
    func origin(of index: Int) -> SourceFile.Origin { files.origin(of: index) }

    /// The paths in which bytes that are not UTF-8 are shown as marks.
    var pathsWithMarks: [String] { files.pathsWithMarks }

    /// The listed files that have no contents to scan, in order.
    var skipped: [Deployment.Skipped] {
        let pointers = seen.withLock { $0.pointers.sorted() }
        return files.skipped + pointers.map { .init(path: files.path(of: $0), reason: .largeFilePointer) }
    }

    /// The files that could not be read, in order.
    var failures: [CollectingError] {
        files.failures + seen.withLock { $0.failures.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// Throws if git has stopped answering.
    ///
    /// - Throws: ``GitError`` `failed`.
    func checkEnd() throws {
        if let end = seen.withLock({ $0.end }) { throw end }
    }
}
