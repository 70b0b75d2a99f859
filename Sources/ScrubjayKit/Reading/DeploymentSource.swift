internal import Collecting
internal import Detecting
internal import Documents
internal import Synchronization

/// The files of a deployment on disk as the input of a scan; use ``FilesInPieces`` for files in memory, and
/// ``PlanDocuments`` for a plan.
///
/// The files are read from disk on each pass.
final class DeploymentSource: ScanSource {
    /// A file, and how it is read.
    private enum File {
        /// An entry of the deployment, and the entry with its contents.
        case entry(Int32, source: Int32)
        /// An additional name without contents.
        case name(Int32)
    }

    private let deployment: Deployment
    private let names: [String]
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
        names = []
        let selected = deployment.entries.enumerated().compactMap { index, entry -> File? in
            guard paths?.contains(entry.path) ?? true, !entry.isLink else { return nil }
            return .entry(Int32(index), source: Int32(index))
        }
        files = selected.fitted
        sizes = Mutex(Array(repeating: -1, count: files.count))
    }

    /// Selects all files of a deployment, with links to files as copies, and additional names without contents.
    init(_ deployment: Deployment, names: [String]) {
        self.deployment = deployment
        self.names = names
        let all = deployment.entries.enumerated().compactMap { index, entry -> File? in
            guard entry.isLink else { return .entry(Int32(index), source: Int32(index)) }
            let source = deployment.file(behind: entry).flatMap { deployment.index(of: $0.path) }
            return source.map { .entry(Int32(index), source: Int32($0)) }
        }
        files = (all + names.indices.map { .name(Int32($0)) }).sorted {
            Self.path(of: $0, deployment, names).precedes(Self.path(of: $1, deployment, names))
        }
        sizes = Mutex(Array(repeating: -1, count: files.count))
    }

    var count: Int { files.count }

    func path(of index: Int) -> String { Self.path(of: files[index], deployment, names) }

    private static func path(of file: File, _ deployment: Deployment, _ names: [String]) -> String {
        switch file {
        case .entry(let index, _): deployment.entries[Int(index)].path
        case .name(let index): names[Int(index)]
        }
    }

    /// Returns the entry with the contents of a file; nil if only its name is scanned.
    private func source(of index: Int) -> Deployment.Entry? {
        guard case .entry(_, let source) = files[index] else { return nil }
        return deployment.entries[Int(source)]
    }

    func size(of index: Int) -> Int {
        guard case .file(let size, _)? = source(of: index)?.content else { return 0 }
        return size
    }

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
        guard let source = source(of: index)?.path else {
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
            zip(files, sizes).reduce(0) { sum, file in
                guard case .entry(let index, let source) = file.0, index == source else { return sum }
                return sum + max(file.1, 0)
            }
        }
    }

    /// The files that could not be read, in order.
    var failures: [CollectingError] { failed.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
