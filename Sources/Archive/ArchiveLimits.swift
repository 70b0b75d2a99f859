/// How much an archive may hold.
///
/// What is written is held to the same limits, so that everything written can be read.
public struct ArchiveLimits: Hashable, Sendable {
    /// The number of members.
    public var members = 100_000
    /// The bytes of the uncompressed archive; less than 4 GiB, since gzip counts modulo that.
    public var totalBytes = 1 << 30
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
}
