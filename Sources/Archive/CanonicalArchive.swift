/// A tar with only one possible form.
///
/// It is POSIX pax, with the members in byte order of their names, one time for all of them, and no owner.
///
/// The form is specified in `docs/formats/bundle.md`. An archive is read by writing its contents again. If that does
/// not give the same bytes, the archive holds bytes that its members do not explain, or that readers interpret
/// differently, and is refused.
///
/// A value of this type holds all contents. ``write(_:leading:modified:as:limits:tar:give:)`` and
/// ``read(_:count:as:leading:limits:tar:consume:)`` hold only a few pieces of them at a time.
public struct CanonicalArchive: Hashable, Sendable {
    /// The times that fit into a header, in seconds since 1970: up to the year 2242.
    public static let times = 0..<(Int64(1) << 33)

    /// The members, in archive order.
    public let members: [Member]
    /// The time of every member, in seconds since 1970.
    public let modified: Int64

    /// Makes an archive of members in any order.
    ///
    /// - Parameters:
    ///   - members: the files.
    ///   - leading: the path of the member that comes first, before the others in byte order.
    ///   - modified: the time of every member, in seconds since 1970.
    ///   - limits: the limits of the archive.
    /// - Throws: ``ArchiveError`` with code `unsafeName`, `nameCollision`, `tooLarge` or `timeOutOfRange`.
    public init(
        members: [Member],
        leading: String? = nil,
        modified: Int64,
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        self.members = members.sorted { EntryOrder.precedes($0.path, $1.path, leading: leading) }
        self.modified = modified
        try Self.check(self.members.map(\.entry), leading: leading, modified: modified, limits: limits)
    }

    /// Checks ordered entries.
    private static func check(
        _ entries: [ArchiveEntry],
        leading: String?,
        modified: Int64,
        limits: ArchiveLimits
    ) throws(ArchiveError) {
        guard times.contains(modified) else {
            throw ArchiveError(.timeOutOfRange, "the time of the members is not between 1970 and 2242")
        }
        var order = EntryOrder(leading: leading, limits: limits)
        for entry in entries { try order.admit(entry) }
    }

    /// The bytes of the tar.
    public func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        for member in members {
            bytes += TarEncoding.header(of: member.entry, modified: modified)
            bytes += member.bytes
            bytes += TarEncoding.padding(after: member.bytes.count)
        }
        return bytes + TarEncoding.end
    }

    /// Reads an untrusted tar.
    ///
    /// - Parameters:
    ///   - tar: all of its bytes.
    ///   - leading: the path of the member that must come first, before the others in byte order.
    ///   - limits: the limits of the archive.
    /// - Throws: ``ArchiveError`` with any code but `timeOutOfRange`; `notCanonical` if writing the members again does
    ///   not give `tar`.
    public init(
        parsing tar: [UInt8],
        leading: String? = nil,
        limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) {
        var members: [Member] = []
        do {
            var tar: [UInt8]? = tar
            try limits.check(expanded: tar?.count ?? 0, packed: tar?.count ?? 0)
            let reader = try TarReader(limits: limits) {
                defer { tar = nil }
                return tar
            }
            modified = try reader.read(leading: leading) { part in
                switch part {
                case .entry(let entry):
                    members.append(Member(path: entry.path, isExecutable: entry.isExecutable, bytes: []))
                case .bytes(let bytes): members[members.count - 1].bytes += bytes
                }
            }
        } catch {
            throw error as? ArchiveError ?? ArchiveError(.failed, "the archive cannot be read: \(error)")
        }
        self.members = members
    }
}

// MARK: - Piece by piece

extension CanonicalArchive {
    /// A part of an archive, in order.
    public enum Part: Sendable {
        /// A file begins.
        case entry(ArchiveEntry)
        /// More bytes of the current file.
        case bytes(ArraySlice<UInt8>)
    }

    /// Writes an archive while its files are read: one thread reads, one observes the tar, and the caller's compresses.
    ///
    /// - Parameters:
    ///   - files: the entries in any order, each with its contents.
    ///   - leading: the path of the member that comes first, before the others in byte order.
    ///   - modified: the time of every member, in seconds since 1970.
    ///   - format: the format.
    ///   - limits: the limits of the archive.
    ///   - tar: receives the bytes of the tar, on a separate thread; nil for nobody.
    ///   - give: receives the bytes of the shipped file.
    /// - Throws: ``ArchiveError``; what a source or `give` throws.
    public static func write(
        _ files: [(entry: ArchiveEntry, source: ByteSource)],
        leading: String? = nil,
        modified: Int64,
        as format: ArchiveFormat,
        limits: ArchiveLimits = ArchiveLimits(),
        tar: (@Sendable ([UInt8]) -> Void)? = nil,
        give: ([UInt8]) throws -> Void
    ) throws {
        let files = files.sorted { EntryOrder.precedes($0.entry.path, $1.entry.path, leading: leading) }
        let entries = files.map(\.entry)
        try check(entries, leading: leading, modified: modified, limits: limits)
        let count = TarEncoding.count(of: entries)
        let made = ReadAhead { give in
            for (entry, source) in files {
                try give(TarEncoding.header(of: entry, modified: modified))
                guard source.count == entry.size else {
                    throw ArchiveError(.failed, at: entry.path, "the file changed while it was packed")
                }
                try source.forEachPiece(give)
                try give(TarEncoding.padding(after: entry.size))
            }
            try give(TarEncoding.end)
        }
        defer { made.stop() }
        let ahead = tar.map { made.shown(to: $0) } ?? made
        defer { ahead.stop() }
        let stage = try format.writer(count: count)
        var packedCount = 0
        var failure: (any Error)?
        // A stage has only one error type, so the receiver's error is kept separately.
        func take(_ bytes: [UInt8]) throws(ArchiveError) {
            packedCount += bytes.count
            do {
                try give(bytes)
            } catch {
                failure = error
                throw ArchiveError(.failed, "the archive cannot be written")
            }
        }
        do {
            while let piece = try ahead.next() { try stage.push(piece, take) }
            try stage.finish(take)
        } catch {
            throw failure ?? error
        }
        try limits.check(expanded: count, packed: packedCount)
    }

    /// Reads an untrusted archive.
    ///
    /// What was delivered so far is in the canonical form; the archive as a whole is only after the function has
    /// returned.
    ///
    /// - Parameters:
    ///   - file: delivers the pieces of the archive's file, on another thread.
    ///   - count: the size of the file in bytes, or a little more.
    ///   - format: its format.
    ///   - leading: the path of the member that must come first, before the others in byte order.
    ///   - limits: the limits of the archive.
    ///   - tar: receives the bytes of the tar, on a separate thread; nil for nobody.
    ///   - consume: receives each entry, and then its bytes.
    /// - Returns: the time of all members.
    /// - Throws: ``ArchiveError``; what the source or `consume` throws.
    public static func read(
        _ file: @escaping @Sendable (_ take: ([UInt8]) throws -> Void) throws -> Void,
        count: Int,
        as format: ArchiveFormat,
        leading: String? = nil,
        limits: ArchiveLimits = ArchiveLimits(),
        tar: (@Sendable ([UInt8]) -> Void)? = nil,
        consume: (Part) throws -> Void
    ) throws -> Int64 {
        let unpacked = ReadAhead { give in
            let stage = try format.reader()
            var tarCount = 0
            func take(_ bytes: [UInt8]) throws(ArchiveError) {
                tarCount += bytes.count
                try limits.check(expanded: tarCount, packed: count)
                try give(bytes)
            }
            try file { piece in try stage.push(piece, take) }
            try stage.finish(take)
        }
        defer { unpacked.stop() }
        let ahead = tar.map { unpacked.shown(to: $0) } ?? unpacked
        defer { ahead.stop() }
        let reader = try TarReader(limits: limits) { try ahead.next() }
        return try reader.read(leading: leading, consume)
    }
}
