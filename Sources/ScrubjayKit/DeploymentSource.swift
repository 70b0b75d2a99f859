internal import Collecting
internal import Detecting
internal import Synchronization

/// The files of a deployment, read from the disk each time.
final class DeploymentSource: ScanSource {
    /// A file, and what is read of it.
    private struct File {
        var path: String
        var size: Int
        /// The path of the file that has its contents; nil where only the name is there.
        var source: String?
    }

    private let deployment: Deployment
    private let files: [File]
    private let failed = Mutex<[Int: CollectingError]>([:])
    /// How many bytes of each file were read; -1 where none was asked for.
    private let sizes: Mutex<[Int]>

    /// Takes the files of a deployment.
    ///
    /// - Parameters:
    ///   - deployment: the deployment.
    ///   - paths: the paths of those that are taken; nil for all.
    init(_ deployment: Deployment, only paths: Set<String>? = nil) {
        self.deployment = deployment
        files = deployment.entries.compactMap { entry in
            guard paths?.contains(entry.path) ?? true, case .file(let size, _) = entry.content else { return nil }
            return File(path: entry.path, size: size, source: entry.path)
        }
        sizes = Mutex(Array(repeating: -1, count: files.count))
    }

    /// Takes the files of a deployment, its links to files as copies of these, and further names, which have no contents.
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

    /// Takes down how much was read of a file, or why it was not.
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

    /// How many files were read.
    var readCount: Int { sizes.withLock { $0.count { $0 >= 0 } } }

    /// How many bytes were read, each file counted once, and what a link leads to with that file.
    var byteCount: Int {
        sizes.withLock { sizes in
            zip(files, sizes).reduce(0) { $0 + ($1.0.source == $1.0.path ? max($1.1, 0) : 0) }
        }
    }

    /// The files that could not be read, in their order.
    var failures: [CollectingError] { failed.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
