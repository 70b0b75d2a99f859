public import Archive
internal import Sodium

/// Packs files into a bundle: the same bytes for the same files, wherever and whenever.
public struct BundleWriter: Sendable {
    /// What is deployed.
    public var bundleName: String
    /// Which version of it.
    public var version: String
    /// When it was released, in seconds since 1970: the time of every member, and of the signature.
    public var released: Int64
    /// How much a bundle may hold.
    public var limits: ArchiveLimits

    /// Makes a writer.
    public init(bundleName: String, version: String, released: Int64, limits: ArchiveLimits = ArchiveLimits()) {
        self.bundleName = bundleName
        self.version = version
        self.released = released
        self.limits = limits
    }

    /// Packs members, in any order, with a manifest before them.
    ///
    /// - Throws: ``BundleError`` with code `invalidContents`, with the member's path where it is about one.
    public func pack(_ members: [Member]) throws(BundleError) -> PackedBundle {
        guard !members.isEmpty else { throw BundleError(.invalidContents, "there is nothing to pack") }
        let manifest = try Manifest(bundleName: bundleName, version: version, released: released, members: members)
        let list = Member(path: Manifest.name, bytes: manifest.serialized())
        do throws(ArchiveError) {
            let archive = try CanonicalArchive(
                members: [list] + members,
                leading: Manifest.name,
                modified: released,
                limits: limits
            )
            let tar = archive.serialized()
            return PackedBundle(manifest: manifest, tar: tar, identity: BLAKE2b.hash(tar), limits: limits)
        } catch {
            throw BundleError(.invalidContents, error)
        }
    }
}
