internal import Collecting
internal import Detecting
internal import Documents

/// Reads the files of a deployment into documents, on all cores.
enum DocumentReader {
    /// Returns the documents of a deployment, in byte order of their paths, and the files that could not be read.
    static func read(_ deployment: Deployment) -> (documents: [Document], failures: [CollectingError]) {
        let paths = deployment.entries.filter { !$0.isLink }.map(\.path)
        let results = paths.concurrentMap { path -> Result<Document, CollectingError> in
            do throws(CollectingError) {
                return .success(Document(path: path, bytes: try deployment.contents(of: path)))
            } catch {
                return .failure(error)
            }
        }
        var documents: [Document] = []
        var failures: [CollectingError] = []
        for result in results {
            switch result {
            case .success(let document): documents.append(document)
            case .failure(let error): failures.append(error)
            }
        }
        return (documents, failures)
    }
}
