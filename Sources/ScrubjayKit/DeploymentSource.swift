internal import Collecting
internal import Detecting
internal import Synchronization

/// The files of a deployment, read from the disk each time.
final class DeploymentSource: ScanSource {
    private let deployment: Deployment
    private let paths: [String]
    private let failed = Mutex<[Int: CollectingError]>([:])
    private let sizes = Mutex<[Int: Int]>([:])

    init(_ deployment: Deployment) {
        self.deployment = deployment
        paths = deployment.entries.compactMap { entry in
            guard case .file = entry.content else { return nil }
            return entry.path
        }
    }

    var count: Int { paths.count }

    func path(of index: Int) -> String { paths[index] }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        do throws(CollectingError) {
            buffer = try deployment.contents(of: paths[index])
            let count = buffer.count
            sizes.withLock { $0[index] = count }
            return true
        } catch {
            failed.withLock { $0[index] = error }
            return false
        }
    }

    /// How many files were read.
    var readCount: Int { sizes.withLock { $0.count } }

    /// How many bytes were read, each file counted once.
    var byteCount: Int { sizes.withLock { $0.values.reduce(0, +) } }

    /// The files that could not be read, in their order.
    var failures: [CollectingError] { failed.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
}
