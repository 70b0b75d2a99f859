/// Reads an untrusted archive, one file after another, and writes nothing.
///
/// It reads tar and zip, plain or compressed with gzip, bzip2, xz or Zstandard, and single compressed files. Names are
/// not checked: they are displayed, and never used to open anything.
public enum ForeignArchive {
    /// The limits of reading an archive.
    public struct Limits: Hashable, Sendable {
        /// The maximum number of files.
        public var members = 20_000
        /// The maximum number of headers: those of files, links, folders and devices.
        ///
        /// The image of a whole system has about 100,000 files in 10,000 folders, which exceeds both limits.
        public var headers = 100_000
        /// The maximum size of one file in bytes; larger ones are skipped.
        public var memberBytes = 1 << 26
        /// The maximum size of all files and names together, in bytes.
        public var totalBytes = 1 << 28

        /// The default limits.
        public init() {}
    }

    /// The maximum number of links that are followed one after another: that of Linux, path_resolution(7).
    package static let linkLimit = 40

    /// A file in an archive.
    public struct File: Sendable {
        /// The name; nil for a single compressed file without one.
        public var name: String?
        /// The contents; empty for a link.
        public var bytes: [UInt8]
        /// The target of a symbolic link; nil for a file.
        public var target: String?
        /// Its owner and permissions.
        public var owner = Owner()
    }

    /// The owner and permissions of an archived file.
    public struct Owner: Hashable, Sendable {
        /// The lower twelve bits of its mode.
        public var permissions = 0o644
        /// The user id.
        public var user = 0
        /// The group id.
        public var group = 0
    }

    /// An entry with a header in an archive.
    struct Entry {
        /// The sort of an entry.
        enum Content {
            /// A file.
            case file([UInt8], isExecutable: Bool)
            /// Another name of an earlier file.
            case hardLink(to: String)
            /// A symbolic link.
            case link(to: String)
            /// A folder.
            case folder
            /// A device, a pipe or a socket.
            case other
        }

        /// The name; nil for a single compressed file without one.
        var name: String?
        /// The sort of the entry.
        var content: Content
        /// Its owner and permissions.
        var owner = Owner()
    }

    /// The packing of an archive.
    struct Packing: Hashable {
        /// A zip, a tar, or one compressed file.
        var container: Container
        /// The compressions around it, outermost first.
        var compressions: [Compression]
    }

    /// The end of reading.
    public enum Ending: Hashable, Sendable {
        /// All files were read.
        case complete
        /// Some files were not read, for this reason, in one lower-case sentence.
        case incomplete(String)
    }

    /// Whether bytes begin like an archive or compressed data.
    public static func begins(_ bytes: [UInt8]) -> Bool {
        let magics: [[UInt8]] = [
            [0x1F, 0x8B, 0x08], [0x50, 0x4B, 0x03, 0x04], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
            [0x28, 0xB5, 0x2F, 0xFD],
        ]
        if magics.contains(where: bytes.starts(with:)) { return true }
        return bytes.count >= 512 && bytes[257..<262].elementsEqual("ustar".utf8)
    }

    /// Calls `body` with each file in `bytes`, in order.
    ///
    /// - Parameters:
    ///   - bytes: the archive.
    ///   - limits: the limits of reading.
    ///   - includesLinks: whether symbolic links are delivered, too.
    ///   - body: receives a file.
    /// - Returns: whether all of them were read; nil if the bytes are not an archive.
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

    /// Calls `body` with every entry in `bytes`, in order.
    ///
    /// - Returns: the packing of the archive, and whether all of its files were read; nil if the bytes are not an
    ///   archive.
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
        // Leading zeros look like the end of an empty tar.
        guard isEmpty, var read, read.ending == .complete, !read.packing.compressions.isEmpty,
            let contents = decompressed(bytes, limits: limits), contents.contains(where: { $0 != 0 })
        else { return read }
        body(Entry(name: nil, content: .file(contents, isExecutable: false)))
        read.packing.container = .none
        return read
    }

    /// Decompresses bytes, whatever they contain.
    ///
    /// - Returns: nil if the bytes are not compressed, or the result is too long.
    public static func decompressed(_ bytes: [UInt8], limits: Limits = Limits()) -> [UInt8]? {
        guard begins(bytes), let reader = ForeignReader(limits: limits) else { return nil }
        return unsafe bytes.withUnsafeBytes { unsafe reader.decompressed($0) }
    }
}
