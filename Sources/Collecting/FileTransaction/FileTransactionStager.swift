internal import Sodium
internal import SystemPackage

extension FileTransaction {
    /// Receives the contents of files that are too large to be kept in memory, piece by piece.
    package final class Stager {
        /// A file that is being written.
        private struct Open {
            let path: String
            let expected: Digest
            let hash: RunningDigest
            let folder: RelativePath
            let staged: String
            let file: FileDescriptor
        }

        private let root: Folder
        private var waiting: [String: Step]
        private var open: Open?

        init(_ steps: [Step], root: consuming Folder) {
            self.root = root
            waiting = Dictionary(uniqueKeysWithValues: steps.map { ($0.change.path, $0) })
        }

        deinit { try? open?.file.close() }

        /// Begins the file at `path`, for which the transaction has only the digest, and ends the previous one.
        ///
        /// - Throws: ``FileTransactionError`` `changed` if the contents of the previous file are not the planned ones;
        ///   `invalidPath` if no such file is expected; `system`.
        package func begin(_ path: String) throws(FileTransactionError) {
            try end()
            guard let step = waiting.removeValue(forKey: path), let staged = step.entry.staged,
                case .digest(let digest) = step.change.after
            else { throw FileTransactionError(.invalidPath, at: path, "unexpected write to this path") }
            let folder = try root.parent(of: step.path)
            try folder.create(staged, bytes: [], like: step.file)
            open = Open(
                path: path,
                expected: digest,
                hash: RunningDigest(digest.algorithm),
                folder: step.path,
                staged: staged,
                file: try folder.openToAppend(staged)
            )
        }

        /// Writes the next bytes of the file that was begun.
        ///
        /// - Throws: ``FileTransactionError`` `system`.
        package func write(_ bytes: ArraySlice<UInt8>) throws(FileTransactionError) {
            guard let open else { preconditionFailure("a file is begun before it is written") }
            open.hash.update(bytes)
            let folder = try root.parent(of: open.folder)
            try folder.write(bytes, to: open.file, open.staged)
        }

        /// Ends the last file.
        ///
        /// - Throws: ``FileTransactionError`` `changed` if its contents are not the planned ones; `system`.
        package func end() throws(FileTransactionError) {
            guard let last = open.take() else { return }
            defer { try? last.file.close() }
            guard last.hash.finalize() == last.expected else {
                throw FileTransactionError(.changed, at: last.path, "the written contents differ from the planned ones")
            }
            let folder = try root.parent(of: last.folder)
            try folder.sync(last.file, last.staged)
        }

        /// Ends the last file, and checks that no other one is missing.
        func finish() throws(FileTransactionError) {
            try end()
            if let path = waiting.keys.min() {
                throw FileTransactionError(.changed, at: path, "the planned contents are missing")
            }
        }
    }
}
