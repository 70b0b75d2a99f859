internal import Glibc
internal import Sodium
internal import SystemPackage

extension FileTransaction.Folder {
    /// The properties of a regular file.
    struct File {
        /// The digest of its contents.
        var digest: Digest
        /// Its permission bits.
        var mode: UInt32
        /// Its owner's user id.
        var userID: UInt32
        /// Its group id.
        var groupID: UInt32
        /// Its extended attributes, including its access control list.
        var attributes: ExtendedAttributes
    }

    /// Takes the lock that at most one transaction of the tree can hold; it is released with this folder.
    borrowing func lock() throws(FileTransactionError) {
        guard flock(descriptor.rawValue, LOCK_EX | LOCK_NB) != 0 else { return }
        let cause = Errno(rawValue: errno)
        guard cause != .wouldBlock else {
            throw FileTransactionError(.busy, cause: cause, "another run is changing this tree")
        }
        throw FileTransactionError(.system, cause: cause, "the tree cannot be locked")
    }

    /// Returns the properties of the regular file at `name`; nil if nothing exists there.
    borrowing func look(
        at name: String,
        hashing algorithm: Digest.Algorithm = .blake2b256
    ) throws(FileTransactionError) -> File? {
        guard let file = try openToRead(name) else { return nil }
        defer { try? file.close() }
        let (status, digest, attributes) = try asking("read", name) { () throws(Errno) in
            let hash = RunningDigest(algorithm)
            do {
                while case let bytes = try file.read(atMost: Self.pieceSize), !bytes.isEmpty { hash.update(bytes) }
            } catch {
                throw error as? Errno ?? .ioError
            }
            return (try file.stat(), hash.finalize(), try ExtendedAttributes(of: file))
        }
        return File(
            digest: digest,
            mode: UInt32(status.permissions.rawValue),
            userID: UInt32(status.userID.rawValue),
            groupID: UInt32(status.groupID.rawValue),
            attributes: attributes
        )
    }

    /// Returns the contents of the regular file at `name`; nil if nothing exists there.
    ///
    /// - Throws: ``FileTransactionError`` `malformedJournal` if there are more than `limit` bytes.
    borrowing func read(_ name: String, atMost limit: Int) throws(FileTransactionError) -> [UInt8]? {
        guard let file = try openToRead(name) else { return nil }
        defer { try? file.close() }
        let bytes = try asking("read", name) { () throws(Errno) in
            do {
                return try file.read(atMost: limit + 1)
            } catch {
                throw error as? Errno ?? .ioError
            }
        }
        guard bytes.count <= limit else {
            throw FileTransactionError(.malformedJournal, at: path(of: name), "the file is too long for a journal")
        }
        return bytes
    }

    /// Opens the regular file at `name`; nil if nothing exists there.
    private borrowing func openToRead(_ name: String) throws(FileTransactionError) -> FileDescriptor? {
        let file: FileDescriptor
        do {
            // Opened non-blocking: a pipe in the file's place must not block the run.
            file = try open(name, O_RDONLY | O_NONBLOCK)
        } catch {
            guard error.cause == .noSuchFileOrDirectory else { throw error }
            return nil
        }
        do throws(FileTransactionError) {
            let status = try asking("read", name) { () throws(Errno) in try file.stat() }
            guard status.type == .regular else {
                throw FileTransactionError(.notARegularFile, at: path(of: name), "this is not a regular file")
            }
        } catch {
            try? file.close()
            throw error
        }
        return file
    }

    /// The number of bytes read at a time.
    private static let pieceSize = 1 << 20

    /// Whether a file exists at `name`.
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
}
