/// How much an archive may hold.
///
/// What is written is held to the same limits, so that everything written can be read.
public struct ArchiveLimits: Hashable, Sendable {
    /// The number of members.
    public var members = 100_000
    /// The bytes of the uncompressed archive: 64 GiB.
    public var totalBytes = 1 << 36
    /// How many times larger than its compressed form an archive of more than ``freeExpansion`` bytes may be.
    public var expansion = 200
    /// The bytes of an archive to which the limit on expansion does not apply.
    public var freeExpansion = 1 << 24
    /// The UTF-8 bytes of a path.
    public var pathBytes = 1024
    /// The UTF-8 bytes of one component of a path, which is what a file system takes.
    public var componentBytes = 255
    /// The components of a path.
    public var depth = 64

    /// Makes the limits that everybody uses.
    public init() {}

    /// Checks how large an archive is, or has become so far.
    ///
    /// - Parameters:
    ///   - expanded: the bytes of the tar.
    ///   - packed: the bytes of the file that holds it.
    /// - Throws: ``ArchiveError`` with code `tooLarge`.
    func check(expanded: Int, packed: Int) throws(ArchiveError) {
        guard expanded <= totalBytes else {
            throw ArchiveError(.tooLarge, "the archive has more than the \(totalBytes) bytes that are taken")
        }
        guard expanded <= freeExpansion || expanded / max(1, packed) < expansion else {
            throw ArchiveError(
                .tooLarge,
                "the archive is \(expansion) times larger than its compressed form or more: pack it as .tar"
            )
        }
    }
}
