internal import Archive
internal import Bundling
internal import Detecting
internal import Synchronization

/// The files to pack, as a scan reads them; use ``FileToPack`` for the list of files that a bundle writer takes.
///
/// Each read delivers exactly the bytes that are packed, or fails.
final class FilesToPack: ScanSource {
    private let files: [FileToPack]
    private let failed = Mutex<(any Error)?>(nil)

    init(_ files: [FileToPack]) { self.files = files }

    /// Why a file could not be read or differs from the packed one; nil if neither happened.
    var failure: (any Error)? { failed.withLock { $0 } }

    var count: Int { files.count }

    func path(of index: Int) -> String { files[index].path }

    func size(of index: Int) -> Int { files[index].source.count }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        let source = files[index].source
        let start = min(offset, source.count)
        do {
            buffer = try source.bytes(start..<min(source.count, start + count))
            return true
        } catch {
            failed.withLock { $0 = $0 ?? error }
            return false
        }
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        read(index, from: 0, count: files[index].source.count, into: &buffer)
    }
}
