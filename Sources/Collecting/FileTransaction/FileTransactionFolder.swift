internal import Glibc
internal import SystemPackage

extension FileTransaction {
    /// An open folder of the tree; operations in it cannot be redirected by a symbolic link.
    struct Folder: ~Copyable {
        let descriptor: FileDescriptor
        let gate: Gate
        /// The path relative to the root; empty for the root itself.
        let path: String

        /// Opens the root, which is the only folder that may be named through a symbolic link.
        init(root: FilePath, gate: @escaping Gate) throws(FileTransactionError) {
            do {
                descriptor = try FileDescriptor.open(root, .readOnly, options: [.directory, .closeOnExec])
            } catch {
                throw FileTransactionError(.system, cause: error as? Errno, "the root cannot be opened as a folder")
            }
            self.gate = gate
            self.path = ""
        }

        /// Opens the folder `name` of `parent`, never through a symbolic link; `.` reopens `parent`.
        private init(_ name: String, in parent: borrowing Folder) throws(FileTransactionError) {
            descriptor = try parent.open(name, O_RDONLY | O_DIRECTORY)
            gate = parent.gate
            path = name == "." ? parent.path : parent.path(of: name)
        }

        deinit {
            // A process that is being started also holds the descriptor until it executes its program; closing alone
            // would keep the lock for that long.
            _ = flock(descriptor.rawValue, LOCK_UN)
            // Everything was synced before, so closing has no error to report.
            try? descriptor.close()
        }

        /// Opens the same folder once more.
        borrowing func again() throws(FileTransactionError) -> Folder { try Folder(".", in: self) }

        /// Opens the folder of the file at `path`.
        borrowing func parent(of path: RelativePath) throws(FileTransactionError) -> Folder {
            try folder(at: path.folders)
        }

        /// Opens the folder of the file at `path`; nil if it does not exist.
        borrowing func parentIfThere(of path: RelativePath) throws(FileTransactionError) -> Folder? {
            try folderIfThere(at: path.folders)
        }

        /// Opens the folder at the end of these names; nil if it does not exist.
        borrowing func folderIfThere(at names: [String]) throws(FileTransactionError) -> Folder? {
            do {
                return try folder(at: names)
            } catch {
                guard error.cause == .noSuchFileOrDirectory else { throw error }
                return nil
            }
        }

        private borrowing func folder(at names: [String]) throws(FileTransactionError) -> Folder {
            var folder = try Folder(".", in: self)
            for name in names { folder = try Folder(name, in: folder) }
            return folder
        }

        /// Returns the path of `name` relative to the root.
        borrowing func path(of name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }

        // MARK: - Steps

        /// Writes bytes at the current position of an open file.
        borrowing func write(
            _ bytes: ArraySlice<UInt8>,
            to file: FileDescriptor,
            _ name: String
        ) throws(FileTransactionError) {
            try pass(.write(path(of: name)))
            try asking("written", name) { () throws(Errno) in
                do {
                    try file.writeAll(bytes)
                } catch {
                    throw error as? Errno ?? .ioError
                }
            }
        }

        /// Flushes an open file to disk.
        borrowing func sync(_ file: FileDescriptor, _ name: String) throws(FileTransactionError) {
            try pass(.sync(path(of: name)))
            try check(fsync(file.rawValue), "synced to disk", name)
        }

        borrowing func open(
            _ name: String,
            _ flags: Int32,
            mode: UInt32 = 0
        ) throws(FileTransactionError) -> FileDescriptor {
            let flags = flags | O_NOFOLLOW | O_CLOEXEC
            let number = unsafe openat(descriptor.rawValue, name, flags, mode_t(mode))
            guard number < 0 else { return FileDescriptor(rawValue: number) }
            let cause = Errno(rawValue: errno)
            switch cause {
            case .tooManySymbolicLinkLevels, .notDirectory:
                throw FileTransactionError(
                    .symbolicLink,
                    at: path(of: name),
                    cause: cause,
                    "a symbolic link or a file is where a folder is expected"
                )
            case .noSuchAddressOrDevice:
                throw FileTransactionError(
                    .notARegularFile,
                    at: path(of: name),
                    cause: cause,
                    "this is not a regular file"
                )
            default:
                throw FileTransactionError(.system, at: path(of: name), cause: cause, "the file cannot be opened")
            }
        }

        borrowing func pass(_ operation: Operation) throws(FileTransactionError) {
            do {
                try gate(operation)
            } catch {
                throw FileTransactionError(.system, at: path, cause: error, "the system refused an operation")
            }
        }

        borrowing func check(
            _ result: Int32,
            _ participle: String,
            _ name: String
        ) throws(FileTransactionError) {
            guard result != 0 else { return }
            throw failure(participle, name, cause: Errno(rawValue: errno))
        }

        borrowing func asking<Answer>(
            _ participle: String,
            _ name: String,
            _ question: () throws(Errno) -> Answer
        ) throws(FileTransactionError) -> Answer {
            do {
                return try question()
            } catch {
                throw failure(participle, name, cause: error)
            }
        }

        borrowing func failure(_ participle: String, _ name: String, cause: Errno) -> FileTransactionError {
            FileTransactionError(.system, at: path(of: name), cause: cause, "the file cannot be \(participle)")
        }
    }
}
