internal import Archive
internal import Collecting
internal import Documents
internal import Rotating

extension Rotate {
    /// The maximum size in bytes of a non-text file that is still read completely: 16 MiB.
    ///
    /// Recordings are larger; account stores are smaller.
    private static let longestBinary = 1 << 24
    /// The number of leading bytes that show whether a file is text.
    private static let headCount = 1 << 16

    /// Returns the paths of non-text files that are too large to be kept in memory; no rotation changes them.
    static func recordings(of deployment: Deployment) throws(CollectingError) -> Set<String> {
        var paths: Set<String> = []
        for entry in deployment.entries {
            guard case .file(let size, _) = entry.content, size > longestBinary else { continue }
            let head = try deployment.contents(of: entry.path, from: 0, count: headCount)
            if Document(path: entry.path, bytes: head).isBinary { paths.insert(entry.path) }
        }
        return paths
    }

    /// Returns a warning for each of these files that holds a value that a plan replaces, or may hold one in an
    /// archive.
    func oldValues(in plan: RotationPlan) throws -> [RotationWarning] {
        let deployment = try Deployment(root: root)
        return try Self.recordings(of: deployment).sorted().compactMap { path in
            let head = try deployment.contents(of: path, from: 0, count: Self.headCount)
            if ForeignArchive.begins(head) { return plan.isEmpty ? nil : .unreadArchive(path: path) }
            let count = try plan.oldValueCount(inFile: path) { offset, count in
                try deployment.contents(of: path, from: offset, count: count)
            }
            return count == 0 ? nil : .notText(path: path, replaced: count)
        }
    }
}
