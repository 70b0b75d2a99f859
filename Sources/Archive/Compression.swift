internal import CArchive

/// The compression of a stream of bytes.
enum Compression: Hashable {
    case gzip
    case bzip2
    case xz
    case zstandard

    /// Converts a libarchive filter; nil for any other.
    init?(code: Int32) {
        switch code {
        case Int32(ARCHIVE_FILTER_GZIP): self = .gzip
        case Int32(ARCHIVE_FILTER_BZIP2): self = .bzip2
        case Int32(ARCHIVE_FILTER_XZ): self = .xz
        case Int32(ARCHIVE_FILTER_ZSTD): self = .zstandard
        default: return nil
        }
    }

    /// Compresses bytes as well as possible, without a time or a name.
    ///
    /// - Throws: ``ArchiveError`` with code `failed` or `tooLarge`.
    func compressed(_ bytes: [UInt8]) throws(ArchiveError) -> [UInt8] {
        switch self {
        case .gzip: try ArchiveFormat.gzippedTar.pack(bytes)
        case .zstandard: try ArchiveFormat.zstandardTar.pack(bytes)
        case .bzip2, .xz: try compressedByLibrary(bytes)
        }
    }

    private func compressedByLibrary(_ bytes: [UInt8]) throws(ArchiveError) -> [UInt8] {
        guard let archive = unsafe archive_write_new(), let entry = unsafe archive_entry_new() else {
            throw ArchiveError(.failed, "libarchive could not start to compress")
        }
        defer {
            unsafe archive_entry_free(entry)
            unsafe archive_write_free(archive)
        }
        // Both formats add less than a sixteenth to incompressible data.
        let room = bytes.count + bytes.count / 16 + 1 << 16
        var count = 0
        var isDone = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, written in
            unsafe archive_entry_set_pathname(entry, "data")
            unsafe archive_entry_set_filetype(entry, 0o100000)
            unsafe archive_entry_set_size(entry, Int64(bytes.count))
            let statuses = unsafe [
                archive_write_set_format_raw(archive),
                self == .xz ? archive_write_add_filter_xz(archive) : archive_write_add_filter_bzip2(archive),
                archive_write_set_bytes_in_last_block(archive, 1),
                archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &count),
                archive_write_header(archive, entry),
            ]
            let taken = unsafe bytes.withUnsafeBytes { unsafe archive_write_data(archive, $0.baseAddress, $0.count) }
            let isClosed = unsafe archive_write_close(archive) == ARCHIVE_OK
            isDone = statuses.allSatisfy { $0 == ARCHIVE_OK } && taken == bytes.count && isClosed
            written = isDone ? count : 0
        }
        guard isDone else { throw ArchiveError(.failed, "libarchive could not compress") }
        return output
    }
}

/// The container of an archive's files.
enum Container: Hashable {
    case tar
    case zip
    /// None: a single compressed file.
    case none
}
