internal import Collecting
internal import Detecting
internal import Synchronization

/// The files of a deployment on disk as the input of a scan; use ``FilesInPieces`` for files in memory, and
/// ``PlanDocuments`` for a plan.
///
/// The files are read from disk on each pass.
final class DeploymentSource: ScanSource {
    /// A file, and how it is read.
    private struct File {
        var path: String
        var size: Int
        /// The path of the file with the contents; nil if only the name is scanned.
        var source: String?
    }

    private let deployment: Deployment
    private let files: [File]
    private let failed = Mutex<[Int: CollectingError]>([:])
    /// The number of bytes read of each file; -1 if it was not read.
    private let sizes: Mutex<[Int]>

    /// Selects files of a deployment.
    ///
    /// - Parameters:
    ///   - deployment: the deployment.
    ///   - paths: the paths of the selected files; nil for all.
    init(_ deployment: Deployment, only paths: Set<String>? = nil) {
        self.deployment = deployment
        files = deployment.entries.compactMap { entry in
            guard paths?.contains(entry.path) ?? true, case .file(let size, _) = entry.content else { return nil }
            return File(path: entry.path, size: size, source: entry.path)
        }
        sizes = Mutex(Array(repeating: -1, count: files.count))
    }

    /// Selects all files of a deployment, with links to files as copies, and additional names without contents.
    init(_ deployment: Deployment, names: [String]) {
        self.deployment = deployment
        let all = deployment.entries.compactMap { entry -> File? in
            let file = entry.isLink ? deployment.file(behind: entry) : entry
            guard let file, case .file(let size, _) = file.content else { return nil }
            return File(path: entry.path, size: size, source: file.path)
        }
        files = (all + names.map { File(path: $0, size: 0) }).sorted {
            $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
        sizes = Mutex(Array(repeating: -1, count: files.count))
    }

    var count: Int { files.count }

    func path(of index: Int) -> String { files[index].path }

    func size(of index: Int) -> Int { files[index].size }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        keep(index, bytesUpTo: { offset + $0 }) { source throws(CollectingError) in
            buffer = try deployment.contents(of: source, from: offset, count: count)
            return buffer.count
        } orElse: {
            buffer = []
        }
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        keep(index, bytesUpTo: { $0 }) { source throws(CollectingError) in
            buffer = try deployment.contents(of: source)
            return buffer.count
        } orElse: {
            buffer = []
        }
    }

    /// Records how much of a file was read, or why it could not be.
    private func keep(
        _ index: Int,
        bytesUpTo end: (Int) -> Int,
        _ read: (_ source: String) throws(CollectingError) -> Int,
        orElse clear: () -> Void
    ) -> Bool {
        guard let source = files[index].source else {
            clear()
            return true
        }
        do throws(CollectingError) {
            let end = end(try read(source))
            sizes.withLock { $0[index] = max($0[index], end) }
            return true
        } catch {
            failed.withLock { $0[index] = error }
            return false
        }
    }

    /// The number of files read.
    var readCount: Int { sizes.withLock { $0.count { $0 >= 0 } } }

    /// The number of bytes read; each file counts once, together with the links to it.
    var byteCount: Int {
        sizes.withLock { sizes in
            zip(files, sizes).reduce(0) { $0 + ($1.0.source == $1.0.path ? max($1.1, 0) : 0) }
        }
    }

    /// The files that could not be read, in order.
    var failures: [CollectingError] { failed.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
