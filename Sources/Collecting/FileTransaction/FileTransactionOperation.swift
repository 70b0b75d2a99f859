extension FileTransaction {
    /// A system operation that changes something, as a test sees it just before it is done.
    package enum Operation: Hashable, Sendable {
        /// A new file.
        case create(String)
        /// Bytes into a file that was made before.
        case write(String)
        /// The owner and group of staged contents.
        case setOwner(String)
        /// The extended attributes of staged contents, access control lists among them.
        case setAttributes(String)
        /// The permission bits of staged contents.
        case setMode(String)
        /// What was written to a file or folder reaches the disk.
        case sync(String)
        /// Staged contents take a file's place.
        case rename(String)
        /// A journal loses its last record.
        case truncate(String)
        /// Staged contents, a journal that is done, or a file that is to be removed, go.
        case remove(String)
        /// A new folder.
        case makeFolder(String)
        /// An empty folder goes.
        case removeFolder(String)
    }
}
