internal import Archive
internal import Dispatch
internal import Sodium
internal import Synchronization

/// Computes the digests of many files on all cores.
enum FileHashing {
    /// A file of more bytes is hashed by both functions at the same time, which reads it twice.
    private static let sharedSize = 1 << 20

    private struct Task {
        var file: Int
        var algorithms: [Digest.Algorithm]
    }

    /// What a manifest says about the files, in their order.
    ///
    /// - Throws: what the first source throws that cannot be read.
    static func describe(_ files: [PackedFile]) throws -> [Manifest.File] {
        let algorithms: [Digest.Algorithm] = [.sha256, .blake2b256]
        let tasks = files.indices.flatMap { file in
            files[file].source.count > sharedSize
                ? algorithms.map { Task(file: file, algorithms: [$0]) } : [Task(file: file, algorithms: algorithms)]
        }
        let results = Mutex<(digests: [Int: [Digest]], failures: [Int: any Error])>(([:], [:]))
        DispatchQueue.concurrentPerform(iterations: tasks.count) { index in
            let task = tasks[index]
            let hashes = task.algorithms.map(RunningDigest.init)
            do {
                try files[task.file].source.forEachPiece { piece in for hash in hashes { hash.update(piece) } }
                let digests = hashes.map { $0.finalize() }
                results.withLock { $0.digests[task.file, default: []] += digests }
            } catch {
                results.withLock { $0.failures[task.file] = error }
            }
        }
        let (digests, failures) = results.withLock { $0 }
        if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
        return files.enumerated().map { index, file in
            let own = digests[index] ?? []
            guard let sha256 = own.first(where: { $0.algorithm == .sha256 }),
                let blake2b = own.first(where: { $0.algorithm == .blake2b256 })
            else { preconditionFailure("every file was hashed by both functions") }
            return Manifest.File(
                path: file.path,
                isExecutable: file.isExecutable,
                size: file.source.count,
                sha256: sha256,
                blake2b: blake2b
            )
        }
    }
}
