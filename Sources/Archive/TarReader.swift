internal import CArchive

/// libarchive's tar reader, with nothing else enabled, for bytes that arrive in pieces.
///
/// Every entry is re-serialised and compared with the input before it is delivered; only unmatched input is buffered.
@safe final class TarReader {
    /// `AE_IFREG`, which is not imported because of its cast.
    private static let regularFile = 0o100000
    /// The maximum size in bytes of input that has not been matched; no member's header needs more.
    private static let unexplainedLimit = 1 << 22

    private let archive: OpaquePointer
    private let limits: ArchiveLimits
    private let pull: () throws -> [UInt8]?
    private let piece = NativeBuffer(capacity: ByteSource.pieceSize)
    /// Input that has not been matched with serialised bytes yet.
    private var unexplained = ByteQueue()
    private var explainedCount = 0
    /// Serialised bytes that have not been matched with input yet.
    private var due: [UInt8] = []
    private var failure: (any Error)?
    /// The bytes of a piece that did not fit into the buffer.
    private var rest: ArraySlice<UInt8> = []

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - limits: the limits of the archive.
    ///   - pull: returns the next bytes, and nil after the last.
    /// - Throws: ``ArchiveError`` with code `failed`.
    init(limits: ArchiveLimits, pull: @escaping () throws -> [UInt8]?) throws(ArchiveError) {
        guard let archive = unsafe archive_read_new() else {
            throw ArchiveError(.failed, "libarchive could not start to read")
        }
        unsafe self.archive = unsafe archive
        self.limits = limits
        self.pull = pull
    }

    deinit { unsafe archive_read_free(archive) }

    /// Reads the whole archive.
    ///
    /// - Parameters:
    ///   - leading: the path of the member that must come first.
    ///   - consume: receives each entry, and then its bytes.
    /// - Returns: the time of all members.
    /// - Throws: ``ArchiveError``; what `pull` or `consume` throws.
    func read(leading: String?, _ consume: (CanonicalArchive.Part) throws -> Void) throws -> Int64 {
        try unsafe check(archive_read_support_format_tar(archive))
        try start()
        var order = EntryOrder(leading: leading, limits: limits)
        var modified: Int64?
        while let native = try unsafe nextEntry() {
            let entry = try unsafe entry(native)
            let time = unsafe Int64(archive_entry_mtime(native))
            guard time == modified ?? time, CanonicalArchive.times.contains(time) else {
                throw ArchiveError(.notCanonical, at: entry.path, "the member's time is not that of the archive")
            }
            modified = time
            try order.admit(entry)
            try expect(TarEncoding.header(of: entry, modified: time))
            // libarchive has consumed a whole header when it reports it.
            guard due.isEmpty else { throw difference(at: 0) }
            try consume(.entry(entry))
            try readContents(of: entry, consume)
            try expect(TarEncoding.padding(after: entry.size))
        }
        try expect(TarEncoding.end)
        while !due.isEmpty, let bytes = try pull() {
            unexplained.append(bytes[...])
            try settle()
        }
        guard due.isEmpty, unexplained.isEmpty, rest.isEmpty, try pull() == nil else { throw difference(at: 0) }
        return modified ?? 0
    }

    private func readContents(of entry: ArchiveEntry, _ consume: (CanonicalArchive.Part) throws -> Void) throws {
        var remaining = entry.size
        while remaining > 0 {
            let bytes = try unsafe contents(from: entry.size - remaining, of: entry.path)
            guard bytes.count <= remaining, due.isEmpty else { throw difference(at: 0) }
            // The input bytes themselves are delivered, not a copy of libarchive's output.
            var common = 0
            while common < bytes.count {
                switch unsafe unexplained.takeCommon(with: UnsafeRawBufferPointer(rebasing: bytes[common...])) {
                case .same(let part):
                    guard !part.isEmpty else { throw difference(at: 0) }
                    explainedCount += part.count
                    common += part.count
                    try consume(.bytes(part))
                case .different(let offset): throw difference(at: offset)
                }
            }
            remaining -= bytes.count
        }
    }

    /// Returns more contents of a member, in libarchive's memory, which is valid until the next call.
    private func contents(from start: Int, of path: String) throws -> UnsafeRawBufferPointer {
        var block: UnsafeRawPointer?
        var (count, offset) = (0, Int64(0))
        let status = unsafe archive_read_data_block(archive, &block, &count, &offset)
        if let failure { throw failure }
        guard status == ARCHIVE_OK, count > 0 else {
            throw ArchiveError(.malformed, at: path, "the archive ends inside the member")
        }
        guard offset == start else {
            throw ArchiveError(.notCanonical, at: path, "the member is sparse")
        }
        return unsafe UnsafeRawBufferPointer(start: block, count: count)
    }
}

// MARK: - What libarchive says

extension TarReader {
    private func nextEntry() throws -> OpaquePointer? {
        var entry: OpaquePointer?
        let status = unsafe archive_read_next_header(archive, &entry)
        if let failure { throw failure }
        if status == ARCHIVE_EOF { return nil }
        try check(status)
        return unsafe entry
    }

    private func entry(_ native: OpaquePointer) throws(ArchiveError) -> ArchiveEntry {
        let path = try unsafe path(of: native)
        try MemberPath.check(path, limits: limits)
        guard unsafe archive_entry_hardlink(native) == nil else {
            throw ArchiveError(.forbiddenMember, at: path, "a bundle must not contain hard links")
        }
        guard unsafe Int(archive_entry_filetype(native)) == Self.regularFile else {
            throw ArchiveError(.forbiddenMember, at: path, "a bundle contains only files, no folders, links or devices")
        }
        let mode = unsafe archive_entry_mode(native) & 0o7777
        guard mode == 0o644 || mode == 0o755 else {
            throw ArchiveError(.notCanonical, at: path, "the mode is \(String(mode, radix: 8)), not 644 or 755")
        }
        guard unsafe archive_entry_uid(native) == 0, unsafe archive_entry_gid(native) == 0 else {
            throw ArchiveError(.notCanonical, at: path, "the member has an owner")
        }
        let size = unsafe archive_entry_size(native)
        guard (0...Int64(limits.totalBytes)).contains(size) else {
            throw ArchiveError(.malformed, at: path, "the member claims to be larger than an archive may be")
        }
        return ArchiveEntry(path: path, isExecutable: mode == 0o755, size: Int(size))
    }

    private func path(of native: OpaquePointer) throws(ArchiveError) -> String {
        guard let name = unsafe archive_entry_pathname(native) else {
            throw ArchiveError(.unsafeName, "a member's name cannot be read")
        }
        guard let path = unsafe String(validatingCString: name) else {
            throw ArchiveError(.unsafeName, "a member's name is not UTF-8")
        }
        return path
    }

    /// libarchive's message about its last failure, escaped because it may quote an untrusted name.
    private var complaint: String {
        guard let text = unsafe archive_error_string(archive) else { return "no reason given" }
        return escaped(unsafe String(cString: text).utf8)
    }

    private func check(_ status: Int32) throws(ArchiveError) {
        guard status == ARCHIVE_OK else {
            throw ArchiveError(.malformed, "the archive cannot be read as a tar: \(complaint)")
        }
    }
}

// MARK: - What libarchive is given

extension TarReader {
    private func start() throws {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let status = unsafe archive_read_open(
            archive,
            context,
            nil,
            { _, context, buffer in
                guard let context = unsafe context, let buffer = unsafe buffer else { return -1 }
                let reader = unsafe Unmanaged<TarReader>.fromOpaque(context).takeUnretainedValue()
                let count = reader.fill()
                unsafe buffer.pointee = UnsafeRawPointer(reader.piece.start)
                return count
            },
            nil
        )
        if let failure { throw failure }
        try check(status)
    }

    /// Puts the next bytes where libarchive reads them.
    ///
    /// - Returns: their number; 0 after the last, -1 on failure.
    private func fill() -> Int {
        do {
            if rest.isEmpty, let bytes = try pull() { rest = bytes[...] }
            let part = rest.prefix(piece.capacity)
            rest = rest.dropFirst(part.count)
            unexplained.append(part)
            guard unexplained.count <= Self.unexplainedLimit else { throw difference(at: 0) }
            try settle()
            unsafe part.withUnsafeBufferPointer { part in
                guard let start = part.baseAddress else { return }
                unsafe piece.start.update(from: start, count: part.count)
            }
            return part.count
        } catch {
            failure = error
            return -1
        }
    }

    /// Adds serialised bytes, whose input libarchive may not have consumed completely.
    private func expect(_ bytes: [UInt8]) throws(ArchiveError) {
        try settle()
        let explained = due.isEmpty ? try explain(bytes[...]) : 0
        due += bytes[explained...]
    }

    /// Matches pending serialised bytes with later input.
    private func settle() throws(ArchiveError) {
        guard !due.isEmpty else { return }
        due.removeFirst(try explain(due[...]))
    }

    /// Compares as many bytes as both sides have.
    ///
    /// - Returns: their number.
    private func explain(_ bytes: ArraySlice<UInt8>) throws(ArchiveError) -> Int {
        switch unexplained.removeCommon(with: bytes) {
        case .same(let count):
            explainedCount += count
            return count
        case .different(let offset): throw difference(at: offset)
        }
    }

    private func difference(at offset: Int) -> ArchiveError {
        ArchiveError(
            .notCanonical,
            "the archive is not in the canonical form of a bundle: it differs from byte \(explainedCount + offset) on"
        )
    }
}
