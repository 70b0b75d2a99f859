extension FileTransaction {
    /// A path that cannot leave the root.
    struct RelativePath: Hashable {
        /// The folders of the path.
        var folders: [String]
        /// The name of the file.
        var name: String

        /// Parses a path with `/` between its components.
        init(_ path: String) throws(FileTransactionError) {
            var components = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            let isSound = components.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }
            guard isSound, let name = components.popLast() else {
                throw FileTransactionError(.invalidPath, at: path, "the path leads outside the root")
            }
            self.folders = components
            self.name = name
        }
    }
}
