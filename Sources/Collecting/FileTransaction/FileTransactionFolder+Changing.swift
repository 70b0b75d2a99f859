internal import Glibc
internal import SystemPackage

extension FileTransaction.Folder {
    /// Creates a new file that only its owner can read, writes it and flushes it to disk.
    ///
    /// Owner, group and extended attributes become those of `model`, if one is given.
    borrowing func create(_ name: String, bytes: [UInt8], like model: File? = nil) throws(FileTransactionError) {
        try pass(.create(path(of: name)))
        let file = try open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
        defer { try? file.close() }
        if let model {
            try setOwner(of: file, name, like: model)
            try setAttributes(of: file, name, like: model)
        }
        try write(bytes[...], to: file, name)
        try sync(file, name)
    }

    /// Appends `bytes` to the file at `name`, and flushes it to disk.
    borrowing func append(_ bytes: [UInt8], to name: String) throws(FileTransactionError) {
        let file = try openToAppend(name)
        defer { try? file.close() }
        try write(bytes[...], to: file, name)
        try sync(file, name)
    }

    /// Opens a created file for appending.
    borrowing func openToAppend(_ name: String) throws(FileTransactionError) -> FileDescriptor {
        try open(name, O_WRONLY | O_APPEND)
    }

    /// Creates a folder, unless it exists.
    borrowing func makeFolder(_ name: String) throws(FileTransactionError) {
        try pass(.makeFolder(path(of: name)))
        guard unsafe mkdirat(descriptor.rawValue, name, 0o755) != 0, errno != EEXIST else { return }
        throw failure("made", name, cause: Errno(rawValue: errno))
    }

    /// Removes a folder if it is empty.
    ///
    /// - Returns: whether it no longer exists.
    borrowing func removeFolderIfEmpty(_ name: String) throws(FileTransactionError) -> Bool {
        try pass(.removeFolder(path(of: name)))
        guard unsafe unlinkat(descriptor.rawValue, name, AT_REMOVEDIR) != 0 else { return true }
        switch Errno(rawValue: errno) {
        case .noSuchFileOrDirectory: return true
        // A mount point belongs to someone else, too, so it stays.
        case .directoryNotEmpty, .fileExists, .resourceBusy, .notDirectory: return false
        case let cause: throw failure("removed", name, cause: cause)
        }
    }

    /// Truncates the file at `name` to its first `count` bytes, and flushes it to disk.
    borrowing func truncate(_ name: String, to count: Int) throws(FileTransactionError) {
        try change(name, O_WRONLY, .truncate(path(of: name)), "truncated") { ftruncate($0, off_t(count)) }
    }

    /// Gives the staged contents at `name` their final permission bits, and flushes them to disk.
    borrowing func setMode(of name: String, to mode: UInt32) throws(FileTransactionError) {
        try change(name, O_RDONLY, .setMode(path(of: name)), "given its permissions") { fchmod($0, mode_t(mode)) }
    }

    /// Changes the file at `name` with a system call, and flushes it to disk.
    private borrowing func change(
        _ name: String,
        _ flags: Int32,
        _ operation: FileTransaction.Operation,
        _ participle: String,
        _ call: (_ file: Int32) -> Int32
    ) throws(FileTransactionError) {
        let file = try open(name, flags)
        defer { try? file.close() }
        try pass(operation)
        try check(call(file.rawValue), participle, name)
        try sync(file, name)
    }

    /// Moves the file at `staged` to `name` atomically, replacing an existing file.
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

    /// Flushes the names in this folder to disk.
    borrowing func sync() throws(FileTransactionError) {
        try sync(descriptor, ".")
    }
}
