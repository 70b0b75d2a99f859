internal import Collecting
internal import Dispatch
internal import Documents
internal import Synchronization

/// Reads the files of a deployment into documents, on all cores.
enum DocumentReader {
    /// The documents of a deployment, in byte order of their paths, and the files that could not be read.
    ///
    /// Where `includesLinks`, a link to a file of the deployment is read as a copy of that file.
    static func read(
        _ deployment: Deployment,
        includesLinks: Bool = false
    ) -> (documents: [Document], failures: [CollectingError]) {
        let entries = deployment.entries.compactMap { entry -> (path: String, source: String)? in
            if case .file = entry.content { return (entry.path, entry.path) }
            guard includesLinks, let file = deployment.file(behind: entry) else { return nil }
            return (entry.path, file.path)
        }
        let results = Mutex<[Int: Result<Document, CollectingError>]>([:])
        DispatchQueue.concurrentPerform(iterations: entries.count) { index in
            let result: Result<Document, CollectingError>
            do throws(CollectingError) {
                result = .success(
                    Document(path: entries[index].path, bytes: try deployment.contents(of: entries[index].source))
                )
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[index] = result }
        }
        var documents: [Document] = []
        var failures: [CollectingError] = []
        results.withLock { results in
            for index in entries.indices {
                switch results[index] {
                case .success(let document)?: documents.append(document)
                case .failure(let error)?: failures.append(error)
                case nil: preconditionFailure("every file has a result")
                }
            }
        }
        return (documents, failures)
    }
}
