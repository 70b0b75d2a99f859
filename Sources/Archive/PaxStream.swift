internal import CArchive

/// One of libarchive's pax writers, into bytes in memory.
@safe struct PaxStream: ~Copyable {
    /// Where streams put their bytes, one after the other, until the archive is finished.
    final class Output {
        fileprivate(set) var bytes: [UInt8] = []
        fileprivate var isFinished = false
    }

    /// How a stream spells a name that is not ASCII.
    enum Names {
        /// Not at all: there is none.
        case ascii
        /// As its bytes, in a pax header that says so. Without it the spelling depends on the locale of the process.
        case binary
    }

    private let archive: OpaquePointer
    private let output: Output

    /// Makes a stream that must be opened.
    init(into output: Output) throws(ArchiveError) {
        guard let archive = unsafe archive_write_new() else { throw Self.outOfMemory }
        unsafe self.archive = unsafe archive
        self.output = output
    }

    deinit {
        // Freeing an archive that is open ends it first, and its end must not be written.
        output.isFinished = true
        unsafe archive_write_free(archive)
    }

    private static let outOfMemory = ArchiveError(.failed, "libarchive could not start to write")

    /// Prepares the stream for its first member.
    borrowing func open(names: Names) throws(ArchiveError) {
        try unsafe check(archive_write_set_format_pax_restricted(archive))
        if names == .binary {
            try unsafe check(archive_write_set_format_option(archive, "pax", "hdrcharset", "BINARY"))
        }
        // No blocking: each write goes through at once, and nothing is padded beyond the two blocks of the end.
        try unsafe check(archive_write_set_bytes_per_block(archive, 0))
        try unsafe check(archive_write_set_bytes_in_last_block(archive, 1))
        let status = unsafe archive_write_open(
            archive,
            Unmanaged.passUnretained(output).toOpaque(),
            nil,
            { _, client, bytes, count in
                guard let client = unsafe client else { return -1 }
                let output = unsafe Unmanaged<Output>.fromOpaque(client).takeUnretainedValue()
                if !output.isFinished {
                    unsafe output.bytes.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
                }
                return count
            },
            nil
        )
        try check(status)
    }

    /// Writes the next member.
    borrowing func append(_ member: Member, modified: Int64) throws(ArchiveError) {
        guard let entry = unsafe archive_entry_new() else { throw Self.outOfMemory }
        defer { unsafe archive_entry_free(entry) }
        unsafe archive_entry_copy_pathname(entry, member.path)
        unsafe archive_entry_set_mode(entry, numericCast(TarEntry.regularFile | member.mode))
        unsafe archive_entry_set_size(entry, Int64(member.bytes.count))
        unsafe archive_entry_set_mtime(entry, numericCast(modified), 0)
        try unsafe check(archive_write_header(archive, entry), at: member.path)
        let written = unsafe member.bytes.withUnsafeBytes { bytes in
            unsafe archive_write_data(archive, bytes.baseAddress, bytes.count)
        }
        guard written == member.bytes.count else {
            throw ArchiveError(.failed, at: member.path, "libarchive did not take all bytes of the member")
        }
        try unsafe check(archive_write_finish_entry(archive), at: member.path)
    }

    /// Writes the two blocks that end an archive.
    borrowing func close() throws(ArchiveError) {
        try unsafe check(archive_write_close(archive))
    }

    private borrowing func check(_ status: Int32, at path: String? = nil) throws(ArchiveError) {
        guard status == ARCHIVE_OK else {
            let complaint = unsafe TarEntry.complaint(of: archive)
            throw ArchiveError(.failed, at: path, "libarchive could not write: \(complaint)")
        }
    }
}
