internal import CArchive

/// Looks into an archive that a stranger made, one file after another, and writes nothing.
///
/// Tar and zip are read, plain or compressed with gzip, bzip2, xz or Zstandard, and single files that are compressed so.
/// Names are not checked: they are shown, and never used to open anything.
@safe public struct ForeignArchive: ~Copyable {
    /// How much is read of an archive.
    public struct Limits: Hashable, Sendable {
        /// The number of files.
        public var members = 20_000
        /// The bytes of one file; a larger one is passed over.
        public var memberBytes = 1 << 26
        /// The bytes of all files together.
        public var totalBytes = 1 << 28

        /// Makes the limits that everybody uses.
        public init() {}
    }

    /// A file in an archive.
    public struct File: Sendable {
        /// The name; nil for the one file of a compressed text, which has none.
        public var name: String?
        /// The contents; none of a link.
        public var bytes: [UInt8]
        /// What a symbolic link says; nil for a file.
        public var target: String?
        /// Who may do what with it: the lower twelve bits of its mode.
        public var permissions = 0o644
        /// The number of the user that it belongs to.
        public var user = 0
        /// The number of the group that it belongs to.
        public var group = 0
    }

    /// How the reading ended.
    public enum Ending: Hashable, Sendable {
        /// All files were read.
        case complete
        /// Some were not, for this reason, in one lower-case sentence.
        case incomplete(String)
    }

    private static let regularFile = 0o100000
    private static let symbolicLink = 0o120000
    private static let blockSize = 1 << 16

    private let archive: OpaquePointer
    private let limits: Limits
    private let includesLinks: Bool

    /// Whether bytes begin as an archive, or as something compressed, does.
    public static func begins(_ bytes: [UInt8]) -> Bool {
        let magics: [[UInt8]] = [
            [0x1F, 0x8B, 0x08], [0x50, 0x4B, 0x03, 0x04], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
            [0x28, 0xB5, 0x2F, 0xFD],
        ]
        if magics.contains(where: bytes.starts(with:)) { return true }
        return bytes.count >= 512 && bytes[257..<262].elementsEqual("ustar".utf8)
    }

    /// Calls `body` with each file in `bytes`, in their order.
    ///
    /// - Parameters:
    ///   - bytes: the archive.
    ///   - limits: how much of it is read.
    ///   - includesLinks: whether symbolic links are handed out, too.
    ///   - body: takes a file.
    /// - Returns: whether all of them were read; nil where the bytes are no archive.
    public static func read(
        _ bytes: [UInt8],
        limits: Limits = Limits(),
        includingLinks includesLinks: Bool = false,
        _ body: (File) -> Void
    ) -> Ending? {
        guard begins(bytes), let reader = ForeignArchive(limits: limits, includesLinks: includesLinks) else {
            return nil
        }
        return unsafe bytes.withUnsafeBytes { unsafe reader.read($0, body) }
    }

    private init?(limits: Limits, includesLinks: Bool) {
        guard let archive = unsafe archive_read_new() else { return nil }
        unsafe self.archive = unsafe archive
        self.limits = limits
        self.includesLinks = includesLinks
    }

    deinit { unsafe archive_read_free(archive) }

    private borrowing func read(_ bytes: UnsafeRawBufferPointer, _ body: (File) -> Void) -> Ending? {
        let prepared = unsafe [
            archive_read_support_filter_gzip(archive), archive_read_support_filter_bzip2(archive),
            archive_read_support_filter_xz(archive), archive_read_support_filter_zstd(archive),
            archive_read_support_format_tar(archive), archive_read_support_format_zip(archive),
            archive_read_support_format_raw(archive),
        ]
        // A filter that this libarchive does not have itself is run as a program, with a warning: that is not wanted.
        guard prepared.allSatisfy({ $0 == ARCHIVE_OK }) else { return nil }
        guard unsafe archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
        var members = 0
        var total = 0
        var passedOver = 0
        while true {
            var entry: OpaquePointer?
            let status = unsafe archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { break }
            guard status >= ARCHIVE_WARN, let entry = unsafe entry else {
                return members == 0 ? nil : .incomplete("the archive is damaged, and was read up to there")
            }
            let isRaw = unsafe archive_format(archive) == ARCHIVE_FORMAT_RAW
            // Bytes that nothing compresses are no archive.
            if isRaw, unsafe archive_filter_count(archive) < 2 { return nil }
            let type = unsafe Int(archive_entry_filetype(entry))
            let isLink = includesLinks && type == Self.symbolicLink
            guard isRaw || isLink || type == Self.regularFile else { continue }
            members += 1
            guard members <= limits.members else {
                return .incomplete("there are more than \(limits.members) files in the archive; the rest was not read")
            }
            let name = isRaw ? nil : unsafe Self.name(of: entry, number: members)
            if isLink {
                unsafe body(Self.described(File(name: name, bytes: []), by: entry))
                continue
            }
            guard let contents = contents(atMost: min(limits.memberBytes, limits.totalBytes - total)) else {
                if unsafe archive_entry_is_encrypted(entry) == 1 {
                    return .incomplete("a file in the archive is encrypted, and was not read")
                }
                return .incomplete("a file in the archive is damaged or of a kind that cannot be read")
            }
            if contents.isWhole {
                total += contents.bytes.count
                unsafe body(Self.described(File(name: name, bytes: contents.bytes), by: entry))
            } else {
                passedOver += 1
            }
            guard total < limits.totalBytes else {
                return .incomplete("the files in the archive are larger than \(limits.totalBytes) bytes together")
            }
        }
        guard passedOver == 0 else {
            return .incomplete("files of more than \(limits.memberBytes) bytes in the archive were passed over")
        }
        return .complete
    }

    private static func name(of entry: OpaquePointer, number: Int) -> String {
        guard let name = unsafe archive_entry_pathname(entry) else { return "file \(number)" }
        return unsafe String(cString: name)
    }

    private static func described(_ file: File, by entry: OpaquePointer) -> File {
        var file = file
        file.permissions = unsafe Int(archive_entry_perm(entry))
        file.user = unsafe Int(archive_entry_uid(entry))
        file.group = unsafe Int(archive_entry_gid(entry))
        if let target = unsafe archive_entry_symlink(entry) { file.target = unsafe String(cString: target) }
        return file
    }

    /// The contents of the file at hand, as far as they are not larger than `limit`; nil where they cannot be read.
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
