/// A tar that can be written in one way only.
///
/// It is POSIX pax, with the members in byte order of their names, one time for all of them, and no owner.
///
/// The form is specified in `docs/formats/bundle.md`. It is read back by writing what was read a second time: where that
/// does not give the same bytes, the archive says more than its members do, or says it to some readers only, and is
/// refused.
public struct CanonicalArchive: Hashable, Sendable {
    /// The times that fit into a header, in seconds since 1970: up to the year 2242.
    public static let times = 0..<(Int64(1) << 33)

    /// The members in the order of the archive.
    public let members: [Member]
    /// The time of every member, in seconds since 1970.
    public let modified: Int64

    /// Makes an archive of members in any order.
    ///
    /// - Parameters:
    ///   - members: the files.
    ///   - leading: the path of the member that stands first, before the others in byte order.
    ///   - modified: the time of every member, in seconds since 1970.
    ///   - limits: how much the archive may hold.
    /// - Throws: ``ArchiveError`` with code `unsafeName`, `nameCollision`, `tooLarge` or `timeOutOfRange`.
    public init(
        members: [Member],
        leading: String? = nil,
        modified: Int64,
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        guard Self.times.contains(modified) else {
            throw ArchiveError(.timeOutOfRange, "the time of the members is not between 1970 and 2242")
        }
        guard members.count <= limits.members else {
            throw ArchiveError(.tooLarge, "there are \(members.count) members, and at most \(limits.members) are taken")
        }
        for member in members { try MemberPath.check(member.path, limits: limits) }
        let sum = members.reduce(0) { $0 + $1.bytes.count }
        guard sum <= limits.totalBytes else {
            throw ArchiveError(.tooLarge, "the members have \(sum) bytes, and at most \(limits.totalBytes) are taken")
        }
        self.members = Self.inOrder(members, leading: leading)
        self.modified = modified
        try MemberPath.checkCollisions(among: self.members.map(\.path))
    }

    private static func inOrder(_ members: [Member], leading: String?) -> [Member] {
        members.sorted { left, right in
            if left.path == leading || right.path == leading { return right.path != leading }
            return MemberPath.precedes(left.path, right.path)
        }
    }

    /// The bytes of the tar.
    public func serialized() -> [UInt8] {
        var writer = TarWriter(modified: modified)
        for member in members { writer.append(member) }
        writer.finish()
        return writer.bytes
    }

    /// Reads the bytes of a tar that a stranger made.
    ///
    /// - Parameters:
    ///   - tar: all of its bytes.
    ///   - leading: the path of the member that must stand first, before the others in byte order.
    ///   - limits: how much the archive may hold.
    /// - Throws: ``ArchiveError`` with every code but `timeOutOfRange`; `notCanonical` where writing the members again
    ///   does not give `tar`.
    public init(
        parsing tar: [UInt8],
        leading: String? = nil,
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        guard tar.count <= limits.totalBytes else {
            throw ArchiveError(
                .tooLarge,
                "the archive has \(tar.count) bytes, and at most \(limits.totalBytes) are read"
            )
        }
        let contents = try TarReader.read(tar, limits: limits)
        let archive = try CanonicalArchive(
            members: contents.members,
            leading: leading,
            modified: contents.modified,
            limits: limits
        )
        for (found, wanted) in zip(contents.members, archive.members) where found.path != wanted.path {
            throw ArchiveError(.notCanonical, at: found.path, "the member stands out of its order")
        }
        let canonical = archive.serialized()
        if let offset = Self.firstDifference(tar, canonical) {
            throw ArchiveError(
                .notCanonical,
                "the archive is not in the one form that a bundle has: it differs from byte \(offset) on"
            )
        }
        self = archive
    }

    private static func firstDifference(_ left: [UInt8], _ right: [UInt8]) -> Int? {
        if left == right { return nil }
        let shared = min(left.count, right.count)
        return (0..<shared).first { left[$0] != right[$0] } ?? shared
    }
}
