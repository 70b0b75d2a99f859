internal import Collecting
internal import Dispatch
internal import Documents
internal import Synchronization

/// Reads the files of a deployment into documents, on all cores.
enum DocumentReader {
    /// The documents of a deployment, in byte order of their paths, and the files that could not be read.
    static func read(_ deployment: Deployment) -> (documents: [Document], failures: [CollectingError]) {
        let paths = deployment.entries.filter { !$0.isLink }.map(\.path)
        let results = Mutex<[Int: Result<Document, CollectingError>]>([:])
        DispatchQueue.concurrentPerform(iterations: paths.count) { index in
            let result: Result<Document, CollectingError>
            do throws(CollectingError) {
                result = .success(
                    Document(path: paths[index], bytes: try deployment.contents(of: paths[index]))
                )
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[index] = result }
        }
        var documents: [Document] = []
        var failures: [CollectingError] = []
        results.withLock { results in
            for index in paths.indices {
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
