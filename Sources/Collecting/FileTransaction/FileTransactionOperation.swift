extension FileTransaction {
    /// A modifying system operation, as a test sees it just before it happens.
    package enum Operation: Hashable, Sendable {
        /// Creates a file.
        case create(String)
        /// Writes bytes to a new file.
        case write(String)
        /// Sets the owner and group of staged contents.
        case setOwner(String)
        /// Sets the extended attributes of staged contents, including access control lists.
        case setAttributes(String)
        /// Sets the permission bits of staged contents.
        case setMode(String)
        /// Flushes a file or folder to disk.
        case sync(String)
        /// Moves staged contents to a file's place.
        case rename(String)
        /// Removes the last record of a journal.
        case truncate(String)
        /// Removes staged contents, a finished journal, or a file that is to be removed.
        case remove(String)
        /// Creates a folder.
        case makeFolder(String)
        /// Removes an empty folder.
        case removeFolder(String)
    }
}
