/// The limits of an archive.
///
/// They also apply to writing, so that everything written can be read.
public struct ArchiveLimits: Hashable, Sendable {
    /// The maximum number of members.
    public var members = 100_000
    /// The maximum size in bytes of the uncompressed archive: 64 GiB.
    public var totalBytes = 1 << 36
    /// The maximum ratio of uncompressed to compressed size for an archive of more than ``freeExpansion`` bytes.
    public var expansion = 200
    /// The size in bytes up to which expansion is not limited.
    public var freeExpansion = 1 << 24
    /// The maximum number of UTF-8 bytes in a path.
    public var pathBytes = 1024
    /// The maximum number of UTF-8 bytes in a path component, which is the limit of file systems.
    public var componentBytes = 255
    /// The maximum number of components in a path.
    public var depth = 64

    /// The default limits.
    public init() {}

    /// Checks the size of an archive, complete or so far.
    ///
    /// - Parameters:
    ///   - expanded: the size of the tar in bytes.
    ///   - packed: the size of its file in bytes.
    /// - Throws: ``ArchiveError`` with code `tooLarge`.
    func check(expanded: Int, packed: Int) throws(ArchiveError) {
        guard expanded <= totalBytes else {
            throw ArchiveError(.tooLarge, "the archive is larger than the limit of \(totalBytes) bytes")
        }
        guard expanded <= freeExpansion || expanded / max(1, packed) < expansion else {
            throw ArchiveError(
                .tooLarge,
                "the archive expands to \(expansion) times its compressed size or more: pack it as .tar"
            )
        }
    }
}
