internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension FileTransaction {
    /// An open folder of the tree; operations in it cannot be redirected by a symbolic link.
    struct Folder: ~Copyable {
        private let descriptor: FileDescriptor
        private let gate: Gate
        /// The path relative to the root; empty for the root itself.
        let path: String

        /// Opens the root, which alone may be named through a symbolic link.
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

        /// Opens the folder of the file at `path`.
        borrowing func parent(of path: RelativePath) throws(FileTransactionError) -> Folder {
            var folder = try Folder(".", in: self)
            for name in path.folders { folder = try Folder(name, in: folder) }
            return folder
        }

        /// The path of `name` relative to the root.
        borrowing func path(of name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }

        // MARK: - Reading

        /// A regular file that was read.
        struct File {
            /// Its contents.
            var bytes: [UInt8]
            /// Its permission bits.
            var mode: UInt32
            /// The owner's user id.
            var userID: UInt32
            /// The group id.
            var groupID: UInt32
            /// Its extended attributes, including the access control list.
            var attributes: ExtendedAttributes
        }

        /// Takes the lock that only one transaction of the tree can hold; it is released with this folder.
        borrowing func lock() throws(FileTransactionError) {
            guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 else { return }
            let cause = Errno(rawValue: errno)
            guard cause != .wouldBlock else {
                throw FileTransactionError(.busy, cause: cause, "another run is changing this tree")
            }
            throw FileTransactionError(.system, cause: cause, "the tree cannot be locked")
        }

        /// Reads the regular file at `name`; nil if it does not exist.
        borrowing func read(_ name: String) throws(FileTransactionError) -> File? {
            let file: FileDescriptor
            do {
                // Non-blocking, so that a pipe in the file's place does not block the run.
                file = try open(name, O_RDONLY | O_NONBLOCK)
            } catch {
                guard error.cause == .noSuchFileOrDirectory else { throw error }
                return nil
            }
            defer { try? file.close() }
            let (status, bytes, attributes) = try asking("read", name) { () throws(Errno) in
                let status = try file.stat()
                guard status.type == .regular else { return (status, [UInt8](), ExtendedAttributes()) }
                let attributes = try ExtendedAttributes(of: file)
                do {
                    return (status, try file.readToEnd(expecting: Int(status.size)), attributes)
                } catch {
                    throw error as? Errno ?? .ioError
                }
            }
            guard status.type == .regular else {
                throw FileTransactionError(.notARegularFile, at: path(of: name), "no regular file stands there")
            }
            return File(
                bytes: bytes,
                mode: UInt32(status.permissions.rawValue),
                userID: UInt32(status.userID.rawValue),
                groupID: UInt32(status.groupID.rawValue),
                attributes: attributes
            )
        }

        /// Whether there is a file at `name`.
        borrowing func holds(_ name: String) throws(FileTransactionError) -> Bool {
            let file: FileDescriptor
            do {
                file = try open(name, O_RDONLY | O_NONBLOCK)
            } catch {
                guard error.cause == .noSuchFileOrDirectory else { throw error }
                return false
            }
            try? file.close()
            return true
        }

        // MARK: - Changing

        /// Creates a new file that only its owner can read, writes and syncs it.
        ///
        /// It gets the owner, group and extended attributes of `model`, if given.
        borrowing func create(_ name: String, bytes: [UInt8], like model: File? = nil) throws(FileTransactionError) {
            try pass(.create(path(of: name)))
            let file = try open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
            defer { try? file.close() }
            if let model {
                try setOwner(of: file, name, like: model)
                try setAttributes(of: file, name, like: model)
            }
            try write(bytes, to: file, name)
        }

        /// Appends `bytes` to the file at `name`, and syncs it.
        borrowing func append(_ bytes: [UInt8], to name: String) throws(FileTransactionError) {
            let file = try open(name, O_WRONLY | O_APPEND)
            defer { try? file.close() }
            try write(bytes, to: file, name)
        }

        /// Truncates the file at `name` to its first `count` bytes, and syncs it.
        borrowing func truncate(_ name: String, to count: Int) throws(FileTransactionError) {
            let file = try open(name, O_WRONLY)
            defer { try? file.close() }
            try pass(.truncate(path(of: name)))
            try check(ftruncate(file.rawValue, off_t(count)), "truncated", name)
            try sync(file, name)
        }

        /// Gives the staged contents at `name` their final permission bits, and syncs them.
        borrowing func setMode(of name: String, to mode: UInt32) throws(FileTransactionError) {
            let file = try open(name, O_RDONLY)
            defer { try? file.close() }
            try pass(.setMode(path(of: name)))
            try check(fchmod(file.rawValue, mode_t(mode)), "given its permissions", name)
            try sync(file, name)
        }

        /// Renames the file at `staged` to `name` atomically.
        borrowing func rename(_ staged: String, to name: String) throws(FileTransactionError) {
            try pass(.rename(path(of: name)))
            let number = descriptor.rawValue
            try check(unsafe renameat(number, staged, number, name), "replaced", name)
        }

        /// Removes the file at `name`, if there is one.
        borrowing func remove(_ name: String) throws(FileTransactionError) {
            try pass(.remove(path(of: name)))
            guard unsafe unlinkat(descriptor.rawValue, name, 0) != 0 else { return }
            let cause = Errno(rawValue: errno)
            guard cause != .noSuchFileOrDirectory else { return }
            throw FileTransactionError(.system, at: path(of: name), cause: cause, "the file cannot be removed")
        }

        /// Flushes the names of this folder to disk.
        borrowing func sync() throws(FileTransactionError) {
            try sync(descriptor, ".")
        }

        // MARK: - Steps

        private borrowing func write(
            _ bytes: [UInt8],
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
            try sync(file, name)
        }

        private borrowing func sync(_ file: FileDescriptor, _ name: String) throws(FileTransactionError) {
            try pass(.sync(path(of: name)))
            try check(fsync(file.rawValue), "synced to disk", name)
        }

        private borrowing func open(
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
                    "a symbolic link, or no folder, stands where the tree goes on"
                )
            case .noSuchAddressOrDevice:
                throw FileTransactionError(
                    .notARegularFile,
                    at: path(of: name),
                    cause: cause,
                    "no regular file stands there"
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

        private borrowing func failure(_ participle: String, _ name: String, cause: Errno) -> FileTransactionError {
            FileTransactionError(.system, at: path(of: name), cause: cause, "the file cannot be \(participle)")
        }
    }
}
