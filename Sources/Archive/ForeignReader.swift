internal import CArchive

/// libarchive's reader of untrusted archives in memory; each value reads one archive.
@safe struct ForeignReader: ~Copyable {
    private static let regularFile = 0o100000
    private static let folder = 0o040000
    private static let symbolicLink = 0o120000
    private static let blockSize = 1 << 16

    private let archive: OpaquePointer
    private let limits: ForeignArchive.Limits
    private let names = NamesInUTF8()

    /// Makes a reader; nil if memory is exhausted.
    init?(limits: ForeignArchive.Limits) {
        guard let archive = unsafe archive_read_new() else { return nil }
        unsafe self.archive = unsafe archive
        self.limits = limits
    }

    deinit { unsafe archive_read_free(archive) }

    /// Calls `body` with every entry that has a header.
    ///
    /// - Returns: how the reading ended; nil if the bytes are not an archive.
    borrowing func read(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (ForeignArchive.Entry) -> Void
    ) -> ForeignArchive.Ending? {
        let prepared = unsafe [
            archive_read_support_format_tar(archive), archive_read_support_format_zip(archive),
            archive_read_support_format_raw(archive),
        ]
        guard supportFilters(), prepared.allSatisfy({ $0 == ARCHIVE_OK }) else { return nil }
        guard unsafe archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
            return .incomplete("the archive is damaged and was not read")
        }
        var tally = Tally(limits: limits)
        while true {
            var entry: OpaquePointer?
            let status = unsafe archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return tally.ending }
            guard status >= ARCHIVE_WARN, let entry = unsafe entry else {
                let extent = tally.members == 0 ? "was not read" : "was read up to the damage"
                return .incomplete("the archive is damaged and \(extent)")
            }
            let isRaw = unsafe archive_format(archive) == ARCHIVE_FORMAT_RAW
            // Uncompressed raw bytes are not an archive.
            if isRaw, unsafe archive_filter_count(archive) < 2 { return nil }
            if let reason = unsafe take(entry, isRaw: isRaw, &tally, body) { return .incomplete(reason) }
        }
    }

    /// Delivers the entry whose header was read last.
    ///
    /// - Returns: the reason to stop after this entry; nil to continue.
    private borrowing func take(
        _ entry: OpaquePointer,
        isRaw: Bool,
        _ tally: inout Tally,
        _ body: (ForeignArchive.Entry) -> Void
    ) -> String? {
        let sort = isRaw ? .file : unsafe Self.sort(of: entry)
        let name = isRaw ? nil : unsafe Self.name(of: entry, number: tally.members + 1)
        if let reason = tally.addHeader(named: name) { return reason }
        if case .other(let content) = sort {
            unsafe body(Self.entry(entry, named: name, content))
            return nil
        }
        if let reason = tally.addMember() { return reason }
        if case .hardLink(let target) = sort {
            unsafe body(Self.entry(entry, named: name, .hardLink(to: target)))
            return nil
        }
        let left = tally.left
        guard let contents = contents(atMost: left) else { return unsafe Self.reason(against: entry) }
        guard contents.isWhole else {
            // The file is small enough by itself, but exceeds the total limit.
            guard left == limits.memberBytes else { return limits.totalReason }
            tally.passedOver += 1
            return nil
        }
        tally.total += contents.bytes.count
        let isExecutable = unsafe !isRaw && archive_entry_perm(entry) & 0o100 != 0
        unsafe body(Self.entry(entry, named: name, .file(contents.bytes, isExecutable: isExecutable)))
        return nil
    }

    /// Decompresses bytes, whatever they contain.
    ///
    /// - Returns: nil if the bytes are not compressed, or the result is too long.
    borrowing func decompressed(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var entry: OpaquePointer?
        guard supportFilters(), unsafe archive_read_support_format_raw(archive) == ARCHIVE_OK,
            unsafe archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK,
            unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK,
            unsafe archive_filter_count(archive) > 1,
            let contents = contents(atMost: limits.totalBytes), contents.isWhole
        else { return nil }
        return contents.bytes
    }

    /// The packing of the bytes that were read; nil if it is not a supported one.
    var packing: ForeignArchive.Packing? {
        let container: Container
        switch unsafe archive_format(archive) & Int32(ARCHIVE_FORMAT_BASE_MASK) {
        case Int32(ARCHIVE_FORMAT_TAR): container = .tar
        case Int32(ARCHIVE_FORMAT_ZIP): container = .zip
        default: container = .none
        }
        // The last filter is the identity: the bytes as given.
        let codes = unsafe (0..<max(1, archive_filter_count(archive)) - 1).map {
            unsafe archive_filter_code(archive, $0)
        }
        let compressions = codes.compactMap(Compression.init(code:))
        return compressions.count == codes.count
            ? ForeignArchive.Packing(container: container, compressions: compressions.reversed()) : nil
    }

    private borrowing func supportFilters() -> Bool {
        let prepared = unsafe [
            archive_read_support_filter_gzip(archive), archive_read_support_filter_bzip2(archive),
            archive_read_support_filter_xz(archive), archive_read_support_filter_zstd(archive),
        ]
        // A filter that this libarchive lacks would be run as an external program, with a warning; that must not
        // happen.
        return prepared.allSatisfy { $0 == ARCHIVE_OK }
    }

    /// How much of an archive was read, against the limits.
    private struct Tally {
        let limits: ForeignArchive.Limits
        private var headers = 0
        private(set) var members = 0
        /// The size of all files and names in bytes.
        var total = 0
        /// The number of files that were too large to be read.
        var passedOver = 0

        init(limits: ForeignArchive.Limits) { self.limits = limits }

        /// The maximum size of the next file in bytes.
        var left: Int { min(limits.memberBytes, limits.totalBytes - total) }

        /// The ending after the last entry.
        var ending: ForeignArchive.Ending {
            passedOver == 0
                ? .complete
                : .incomplete("files of more than \(limits.memberBytes) bytes in the archive were skipped")
        }

        /// Counts a header.
        ///
        /// - Returns: the reason why there are too many.
        mutating func addHeader(named name: String?) -> String? {
            headers += 1
            guard headers <= limits.headers else {
                return "there are more than \(limits.headers) files, folders and links in the archive; the rest was "
                    + "not read"
            }
            total += name?.utf8.count ?? 0
            return total < limits.totalBytes ? nil : limits.totalReason
        }

        /// Counts a file or a hard link.
        ///
        /// - Returns: the reason why there are too many.
        mutating func addMember() -> String? {
            members += 1
            return members <= limits.members
                ? nil : "there are more than \(limits.members) files in the archive; the rest was not read"
        }
    }

    /// The sort of entry that a header describes.
    private enum Sort {
        case file
        case hardLink(String)
        case other(ForeignArchive.Entry.Content)
    }

    private static func sort(of entry: OpaquePointer) -> Sort {
        if let target = unsafe archive_entry_hardlink(entry) { return .hardLink(unsafe plain(String(cString: target))) }
        switch unsafe Int(archive_entry_filetype(entry)) {
        case regularFile: return .file
        case folder: return .other(.folder)
        case symbolicLink:
            guard let target = unsafe archive_entry_symlink(entry) else { return .other(.other) }
            return .other(.link(to: unsafe String(cString: target)))
        default: return .other(.other)
        }
    }

    private static func entry(
        _ entry: OpaquePointer,
        named name: String?,
        _ content: ForeignArchive.Entry.Content
    ) -> ForeignArchive.Entry {
        let owner = unsafe ForeignArchive.Owner(
            permissions: Int(archive_entry_perm(entry)),
            user: Int(archive_entry_uid(entry)),
            group: Int(archive_entry_gid(entry))
        )
        return ForeignArchive.Entry(name: name, content: content, owner: owner)
    }

    /// The reason why a file cannot be read.
    private static func reason(against entry: OpaquePointer) -> String {
        unsafe archive_entry_is_encrypted(entry) == 1
            ? "a file in the archive is encrypted and was not read"
            : "a file in the archive is damaged or of an unsupported kind"
    }

    private static func name(of entry: OpaquePointer, number: Int) -> String {
        guard let name = unsafe archive_entry_pathname(entry) else { return "file \(number)" }
        return unsafe plain(String(cString: name))
    }

    /// Removes the leading `./` that tar adds to the names in a folder packed from the inside.
    private static func plain(_ name: String) -> String {
        var rest = name[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return rest.isEmpty ? name : String(rest)
    }

    /// The contents of the current file, up to `limit` bytes; nil if they cannot be read.
    private borrowing func contents(atMost limit: Int) -> (bytes: [UInt8], isWhole: Bool)? {
        var bytes: [UInt8] = []
        while true {
            var count = 0
            let block = unsafe [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, written in
                count = unsafe archive_read_data(archive, buffer.baseAddress, buffer.count)
                written = max(0, count)
            }
            guard count >= 0 else { return nil }
            if count == 0 { return (bytes, true) }
            guard bytes.count + count <= limit else { return ([], false) }
            bytes += block
        }
    }
}

extension ForeignArchive.Limits {
    /// The reason why an archive whose files are too large together is not read completely.
    fileprivate var totalReason: String { "the files in the archive are larger than \(totalBytes) bytes together" }
}
