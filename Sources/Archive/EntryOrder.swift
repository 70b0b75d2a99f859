/// The rules between the entries of one archive, checked as they arrive: their number, their order, and unique names.
struct EntryOrder {
    private let leading: String?
    private let limits: ArchiveLimits
    private var names = NameSet()
    private var previous: ArchiveEntry?
    private var entryCount = 0
    private var byteCount = 0

    /// Begins an archive.
    ///
    /// - Parameters:
    ///   - leading: the path of the entry that comes first, before the others in byte order.
    ///   - limits: the limits of the archive.
    init(leading: String?, limits: ArchiveLimits) {
        self.leading = leading
        self.limits = limits
    }

    /// Checks the next entry.
    ///
    /// - Throws: ``ArchiveError`` with code `unsafeName`, `nameCollision`, `tooLarge` or `notCanonical`.
    mutating func admit(_ entry: ArchiveEntry) throws(ArchiveError) {
        try MemberPath.check(entry.path, limits: limits)
        entryCount += 1
        guard entryCount <= limits.members else {
            throw ArchiveError(.tooLarge, "there are more than \(limits.members) members")
        }
        guard entry.size <= limits.totalBytes - byteCount else {
            throw ArchiveError(.tooLarge, "the members exceed the limit of \(limits.totalBytes) bytes")
        }
        byteCount += entry.size
        try names.add(entry.path)
        if let previous, !Self.precedes(previous.path, entry.path, leading: leading) {
            throw ArchiveError(.notCanonical, at: entry.path, "the member is out of order")
        }
        previous = entry
    }

    /// Whether a path comes before another in an archive: the leading one first, the others by their bytes.
    static func precedes(_ left: String, _ right: String, leading: String?) -> Bool {
        if let leading {
            if right.utf8.elementsEqual(leading.utf8) { return false }
            if left.utf8.elementsEqual(leading.utf8) { return true }
        }
        return MemberPath.precedes(left, right)
    }
}
