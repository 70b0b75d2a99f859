/// Looks into an archive that a stranger made, one file after another, and writes nothing.
///
/// Tar and zip are read, plain or compressed with gzip, bzip2, xz or Zstandard, and single files that are compressed so.
/// Names are not checked: they are shown, and never used to open anything.
public enum ForeignArchive {
    /// How much is read of an archive.
    public struct Limits: Hashable, Sendable {
        /// The number of files.
        public var members = 20_000
        /// The number of everything that has a header: files, links, folders and devices. A whole system has some 100,000 files in
        /// 10,000 folders, and more of either than is read.
        public var headers = 100_000
        /// The bytes of one file; a larger one is passed over.
        public var memberBytes = 1 << 26
        /// The bytes of all files and names together.
        public var totalBytes = 1 << 28

        /// Makes the limits that everybody uses.
        public init() {}
    }

    /// How many links are followed one after another: as many as Linux follows, path_resolution(7).
    package static let linkLimit = 40

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
        guard begins(bytes), let reader = ForeignReader(limits: limits) else { return nil }
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
        guard begins(bytes), let reader = ForeignReader(limits: limits) else { return nil }
        return unsafe bytes.withUnsafeBytes { unsafe reader.decompressed($0) }
    }
}
