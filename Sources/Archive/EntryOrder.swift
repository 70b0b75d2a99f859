/// The rules that hold between the entries of one archive, kept while they come one after another: how many there are, in
/// which order, and that no two have one name.
struct EntryOrder {
    private let leading: String?
    private let limits: ArchiveLimits
    private var names = NameSet()
    private var previous: ArchiveEntry?
    private var entryCount = 0
    private var byteCount = 0

    /// Starts an archive.
    ///
    /// - Parameters:
    ///   - leading: the path of the entry that stands first, before the others in byte order.
    ///   - limits: how much the archive may hold.
    init(leading: String?, limits: ArchiveLimits) {
        self.leading = leading
        self.limits = limits
    }

    /// Takes the next entry.
    ///
    /// - Throws: ``ArchiveError`` with code `unsafeName`, `nameCollision`, `tooLarge` or `notCanonical`.
    mutating func admit(_ entry: ArchiveEntry) throws(ArchiveError) {
        try MemberPath.check(entry.path, limits: limits)
        entryCount += 1
        guard entryCount <= limits.members else {
            throw ArchiveError(.tooLarge, "there are more than \(limits.members) members")
        }
        guard entry.size <= limits.totalBytes - byteCount else {
            throw ArchiveError(.tooLarge, "the members have more than the \(limits.totalBytes) bytes that are taken")
        }
        byteCount += entry.size
        try names.add(entry.path)
        if let previous, !Self.precedes(previous.path, entry.path, leading: leading) {
            throw ArchiveError(.notCanonical, at: entry.path, "the member stands out of its order")
        }
        previous = entry
    }

    /// Whether a path stands before another in an archive: the leading one first, the others by their bytes.
    static func precedes(_ left: String, _ right: String, leading: String?) -> Bool {
        if let leading {
            if right.utf8.elementsEqual(leading.utf8) { return false }
            if left.utf8.elementsEqual(leading.utf8) { return true }
        }
        return MemberPath.precedes(left, right)
    }
}
