internal import CArchive

/// libarchive's tar reader on bytes in memory, with nothing enabled but tar, and every member checked as it comes.
@safe struct TarReader: ~Copyable {
    /// What was read.
    struct Contents {
        var members: [Member] = []
        var modified: Int64 = 0
    }

    /// `AE_IFREG`, whose cast keeps it from being imported.
    private static let regularFile = 0o100000

    private let archive: OpaquePointer
    private let limits: ArchiveLimits

    private init(limits: ArchiveLimits) throws(ArchiveError) {
        guard let archive = unsafe archive_read_new() else {
            throw ArchiveError(.failed, "libarchive could not start to read")
        }
        unsafe self.archive = unsafe archive
        self.limits = limits
    }

    deinit {
        unsafe archive_read_free(archive)
    }

    /// Reads all members of a tar.
    static func read(_ tar: [UInt8], limits: ArchiveLimits) throws(ArchiveError) -> Contents {
        let reader = try TarReader(limits: limits)
        return try unsafe tar.withUnsafeBufferPointer { bytes throws(ArchiveError) in
            try unsafe reader.readAll(UnsafeRawBufferPointer(bytes))
        }
    }

    private borrowing func readAll(_ tar: UnsafeRawBufferPointer) throws(ArchiveError) -> Contents {
        try unsafe check(archive_read_support_format_tar(archive))
        try unsafe check(archive_read_open_memory(archive, tar.baseAddress, tar.count))
        var contents = Contents()
        var remaining = tar.count
        while let entry = try unsafe nextEntry() {
            guard contents.members.count < limits.members else {
                throw ArchiveError(.tooLarge, "there are more than \(limits.members) members")
            }
            let member = try unsafe self.member(from: entry, atMost: remaining)
            remaining -= member.bytes.count
            let modified = unsafe Int64(archive_entry_mtime(entry))
            if contents.members.isEmpty { contents.modified = modified }
            guard modified == contents.modified, CanonicalArchive.times.contains(modified) else {
                throw ArchiveError(.notCanonical, at: member.path, "the member's time is not that of the archive")
            }
            contents.members.append(member)
        }
        return contents
    }

    private borrowing func nextEntry() throws(ArchiveError) -> OpaquePointer? {
        var entry: OpaquePointer?
        let status = unsafe archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        try check(status)
        return unsafe entry
    }

    private borrowing func member(from entry: OpaquePointer, atMost remaining: Int) throws(ArchiveError) -> Member {
        let path = try unsafe path(of: entry)
        try MemberPath.check(path, limits: limits)
        guard unsafe archive_entry_hardlink(entry) == nil else {
            throw ArchiveError(.forbiddenMember, at: path, "a bundle holds no hard links")
        }
        guard unsafe Int(archive_entry_filetype(entry)) == Self.regularFile else {
            throw ArchiveError(.forbiddenMember, at: path, "a bundle holds files only, no folder, link or device")
        }
        let mode = unsafe archive_entry_mode(entry) & 0o7777
        guard mode == 0o644 || mode == 0o755 else {
            throw ArchiveError(.notCanonical, at: path, "the mode is \(String(mode, radix: 8)), and not 644 or 755")
        }
        guard unsafe archive_entry_uid(entry) == 0, unsafe archive_entry_gid(entry) == 0 else {
            throw ArchiveError(.notCanonical, at: path, "the member has an owner")
        }
        let size = unsafe archive_entry_size(entry)
        guard (0...Int64(remaining)).contains(size) else {
            throw ArchiveError(.malformed, at: path, "the member claims to have more bytes than the archive")
        }
        let bytes = try contents(count: Int(size), of: path)
        return Member(path: path, isExecutable: mode == 0o755, bytes: bytes)
    }

    private borrowing func path(of entry: OpaquePointer) throws(ArchiveError) -> String {
        guard let name = unsafe archive_entry_pathname(entry) else {
            throw ArchiveError(.unsafeName, "a member's name cannot be read")
        }
        guard let path = unsafe String(validatingCString: name) else {
            throw ArchiveError(.unsafeName, "a member's name is not UTF-8")
        }
        return path
    }

    private borrowing func contents(count: Int, of path: String) throws(ArchiveError) -> [UInt8] {
        var length = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            // Short reads only come at the end, or before a failure.
            while written < count {
                length = unsafe archive_read_data(archive, buffer.baseAddress?.advanced(by: written), count - written)
                if length <= 0 { break }
                written += length
            }
        }
        guard length >= 0, bytes.count == count else {
            throw ArchiveError(.malformed, at: path, "the archive ends inside of the member")
        }
        return bytes
    }

    /// What libarchive says about its last failure, escaped, since it may quote a stranger's name.
    private var complaint: String {
        guard let text = unsafe archive_error_string(archive) else { return "no reason given" }
        return escaped(unsafe String(cString: text).utf8)
    }

    private borrowing func check(_ status: Int32) throws(ArchiveError) {
        guard status == ARCHIVE_OK else {
            throw ArchiveError(
                .malformed,
                "the archive cannot be read as a tar: \(complaint)"
            )
        }
    }
}
