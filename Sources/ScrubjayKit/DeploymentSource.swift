internal import Collecting
internal import Detecting
internal import Synchronization

/// The files of a deployment, read from the disk each time.
final class DeploymentSource: ScanSource {
    private let deployment: Deployment
    private let files: [(path: String, size: Int)]
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
            return (entry.path, size)
        }
        sizes = Mutex(Array(repeating: -1, count: files.count))
    }

    var count: Int { files.count }

    func path(of index: Int) -> String { files[index].path }

    func size(of index: Int) -> Int { files[index].size }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        keep(index, bytesUpTo: { offset + $0 }) { () throws(CollectingError) in
            buffer = try deployment.contents(of: files[index].path, from: offset, count: count)
            return buffer.count
        }
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        keep(index, bytesUpTo: { $0 }) { () throws(CollectingError) in
            buffer = try deployment.contents(of: files[index].path)
            return buffer.count
        }
    }

    /// Takes down how much was read of a file, or why it was not.
    private func keep(
        _ index: Int,
        bytesUpTo end: (Int) -> Int,
        _ read: () throws(CollectingError) -> Int
    ) -> Bool {
        do throws(CollectingError) {
            let end = end(try read())
            sizes.withLock { $0[index] = max($0[index], end) }
            return true
        } catch {
            failed.withLock { $0[index] = error }
            return false
        }
    }

    /// How many files were read.
    var readCount: Int { sizes.withLock { $0.count { $0 >= 0 } } }

    /// How many bytes were read, each file counted once.
    var byteCount: Int { sizes.withLock { $0.reduce(0) { $0 + max($1, 0) } } }

    /// The files that could not be read, in their order.
    var failures: [CollectingError] { failed.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
