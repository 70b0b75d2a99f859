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
        /// Whose it is, and who may do what with it.
        public var owner = Owner()
    }

    /// Whose a file of an archive is.
    public struct Owner: Hashable, Sendable {
        /// Who may do what with it: the lower twelve bits of its mode.
        public var permissions = 0o644
        /// The number of the user.
        public var user = 0
        /// The number of the group.
        public var group = 0
    }

    /// Whatever an archive has a header for.
    struct Entry {
        /// What it is.
        enum Content {
            /// A file.
            case file([UInt8], isExecutable: Bool)
            /// One more name of a file before it.
            case hardLink(to: String)
            /// A symbolic link.
            case link(to: String)
            /// A folder.
            case folder
            /// A device, a pipe or a socket.
            case other
        }

        /// The name; nil for the one file of a compressed text, which has none.
        var name: String?
        /// What it is.
        var content: Content
        /// Whose it is.
        var owner = Owner()
    }

    /// How an archive is packed.
    struct Packing: Hashable {
        /// Whether it is a zip, a tar, or one compressed file.
        var container: Container
        /// The compressions around that, outermost first.
        var compressions: [Compression]
    }

    /// How the reading ended.
    public enum Ending: Hashable, Sendable {
        /// All files were read.
        case complete
        /// Some were not, for this reason, in one lower-case sentence.
        case incomplete(String)
    }

    private static let regularFile = 0o100000
    private static let folder = 0o040000
    private static let symbolicLink = 0o120000
    private static let blockSize = 1 << 16

    private let archive: OpaquePointer
    private let limits: Limits
    private let names = NamesInUTF8()

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
        readEntries(bytes, limits: limits) { entry in
            switch entry.content {
            case .file(let contents, _): body(File(name: entry.name, bytes: contents, owner: entry.owner))
            case .hardLink: body(File(name: entry.name, bytes: [], owner: entry.owner))
            case .link(let target) where includesLinks:
                body(File(name: entry.name, bytes: [], target: target, owner: entry.owner))
            case .link, .folder, .other: break
            }
        }?.ending
    }

    /// Calls `body` with everything in `bytes`, in their order.
    ///
    /// - Returns: how the archive is packed, and whether all of its files were read; nil where the bytes are no archive.
    static func readEntries(
        _ bytes: [UInt8],
        limits: Limits,
        _ body: (Entry) -> Void
    ) -> (packing: Packing, ending: Ending)? {
        guard begins(bytes), let reader = ForeignArchive(limits: limits) else { return nil }
        var isEmpty = true
        let read: (packing: Packing, ending: Ending)? = unsafe bytes.withUnsafeBytes { bytes in
            let ending = unsafe reader.read(bytes) { entry in
                isEmpty = false
                body(entry)
            }
            guard let ending, let packing = reader.packing else { return nil }
            return (packing, ending)
        }
        // Zeros at the beginning are the end of a tar without files, to those who take it for a tar.
        guard isEmpty, var read, read.ending == .complete, !read.packing.compressions.isEmpty,
            let contents = decompressed(bytes, limits: limits), contents.contains(where: { $0 != 0 })
        else { return read }
        body(Entry(name: nil, content: .file(contents, isExecutable: false)))
        read.packing.container = .none
        return read
    }

    /// What compressed bytes decompress to, whatever that is.
    ///
    /// - Returns: nil where the bytes are not compressed, or what comes of it is too long.
    public static func decompressed(_ bytes: [UInt8], limits: Limits = Limits()) -> [UInt8]? {
        guard begins(bytes), let reader = ForeignArchive(limits: limits) else { return nil }
        return unsafe bytes.withUnsafeBytes { unsafe reader.decompressed($0) }
    }

    private borrowing func decompressed(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        var entry: OpaquePointer?
        guard supportFilters(), unsafe archive_read_support_format_raw(archive) == ARCHIVE_OK,
            unsafe archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK,
            unsafe archive_read_next_header(archive, &entry) == ARCHIVE_OK,
            unsafe archive_filter_count(archive) > 1,
            let contents = contents(atMost: limits.totalBytes), contents.isWhole
        else { return nil }
        return contents.bytes
    }

    private init?(limits: Limits) {
        guard let archive = unsafe archive_read_new() else { return nil }
        unsafe self.archive = unsafe archive
        self.limits = limits
    }

    deinit { unsafe archive_read_free(archive) }

    private borrowing func read(_ bytes: UnsafeRawBufferPointer, _ body: (Entry) -> Void) -> Ending? {
        let prepared = unsafe [
            archive_read_support_format_tar(archive), archive_read_support_format_zip(archive),
            archive_read_support_format_raw(archive),
        ]
        guard supportFilters(), prepared.allSatisfy({ $0 == ARCHIVE_OK }) else { return nil }
        guard unsafe archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
            return .incomplete("the archive is damaged, and nothing of it was read")
        }
        var members = 0
        var total = 0
        var passedOver = 0
        while true {
            var entry: OpaquePointer?
            let status = unsafe archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { break }
            guard status >= ARCHIVE_WARN, let entry = unsafe entry else {
                let extent = members == 0 ? "nothing of it was read" : "it was read up to there"
                return .incomplete("the archive is damaged, and \(extent)")
            }
            let isRaw = unsafe archive_format(archive) == ARCHIVE_FORMAT_RAW
            // Bytes that nothing compresses are no archive.
            if isRaw, unsafe archive_filter_count(archive) < 2 { return nil }
            let sort = isRaw ? .file : unsafe Self.sort(of: entry)
            if case .other(let content) = sort {
                let name = unsafe Self.name(of: entry, number: members)
                unsafe body(Entry(name: name, content: content, owner: Self.owner(of: entry)))
                continue
            }
            members += 1
            guard members <= limits.members else {
                return .incomplete("there are more than \(limits.members) files in the archive; the rest was not read")
            }
            let name = isRaw ? nil : unsafe Self.name(of: entry, number: members)
            if case .hardLink(let target) = sort {
                unsafe body(Entry(name: name, content: .hardLink(to: target), owner: Self.owner(of: entry)))
                continue
            }
            let isExecutable = unsafe archive_entry_perm(entry) & 0o100 != 0
            guard let contents = contents(atMost: min(limits.memberBytes, limits.totalBytes - total)) else {
                if unsafe archive_entry_is_encrypted(entry) == 1 {
                    return .incomplete("a file in the archive is encrypted, and was not read")
                }
                return .incomplete("a file in the archive is damaged or of a kind that cannot be read")
            }
            if contents.isWhole {
                total += contents.bytes.count
                let content = Entry.Content.file(contents.bytes, isExecutable: isExecutable && !isRaw)
                unsafe body(Entry(name: name, content: content, owner: Self.owner(of: entry)))
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

    private borrowing func supportFilters() -> Bool {
        let prepared = unsafe [
            archive_read_support_filter_gzip(archive), archive_read_support_filter_bzip2(archive),
            archive_read_support_filter_xz(archive), archive_read_support_filter_zstd(archive),
        ]
        // A filter that this libarchive does not have itself is run as a program, with a warning: that is not wanted.
        return prepared.allSatisfy { $0 == ARCHIVE_OK }
    }

    /// What stands behind a header.
    private enum Sort {
        case file
        case hardLink(String)
        case other(Entry.Content)
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

    /// How the bytes that were read are packed; nil where it is none of the ways that are asked for.
    private var packing: Packing? {
        let container: Container
        switch unsafe archive_format(archive) & Int32(ARCHIVE_FORMAT_BASE_MASK) {
        case Int32(ARCHIVE_FORMAT_TAR): container = .tar
        case Int32(ARCHIVE_FORMAT_ZIP): container = .zip
        default: container = .none
        }
        // The last one is none: it stands for the bytes as they were given.
        let codes = unsafe (0..<max(1, archive_filter_count(archive)) - 1).map {
            unsafe archive_filter_code(archive, $0)
        }
        let compressions = codes.compactMap(Compression.init(code:))
        return compressions.count == codes.count
            ? Packing(container: container, compressions: compressions.reversed()) : nil
    }

    private static func owner(of entry: OpaquePointer) -> Owner {
        unsafe Owner(
            permissions: Int(archive_entry_perm(entry)),
            user: Int(archive_entry_uid(entry)),
            group: Int(archive_entry_gid(entry))
        )
    }

    private static func name(of entry: OpaquePointer, number: Int) -> String {
        guard let name = unsafe archive_entry_pathname(entry) else { return "file \(number)" }
        return unsafe plain(String(cString: name))
    }

    /// A name without the `./` that tar puts before those of a folder that is packed from the inside.
    private static func plain(_ name: String) -> String {
        var rest = name[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return rest.isEmpty ? name : String(rest)
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
