/// The formats in which an archive is shipped.
public enum ArchiveFormat: Hashable, Sendable, CaseIterable {
    /// The plain canonical tar.
    case tar
    /// The canonical tar in one gzip member.
    case gzippedTar
    /// The canonical tar in one Zstandard frame.
    case zstandardTar

    /// The file name extensions with their formats.
    public static let endings: [(ending: String, format: ArchiveFormat)] = [
        (".tar.gz", .gzippedTar), (".tgz", .gzippedTar), (".tar.zst", .zstandardTar), (".tar", .tar),
    ]

    /// Determines the format by a file's name.
    ///
    /// - Throws: ``ArchiveError`` with code `unsupportedFormat`.
    public init(fileName: String) throws(ArchiveError) {
        guard let format = Self.endings.first(where: { fileName.hasSuffix($0.ending) })?.format else {
            throw ArchiveError(
                .unsupportedFormat,
                at: fileName,
                "a bundle's file name must end in .tar, .tar.gz or .tar.zst"
            )
        }
        self = format
    }

    /// Determines the format by a file's first bytes.
    ///
    /// Anything that is neither gzip nor zstd counts as tar; reading it shows whether it is.
    public init(detecting bytes: [UInt8]) {
        if bytes.starts(with: Gzip.header.prefix(2)) {
            self = .gzippedTar
        } else if bytes.starts(with: Zstandard.magic) {
            self = .zstandardTar
        } else {
            self = .tar
        }
    }

    /// Returns a stage that packs an archive of `count` bytes.
    func writer(count: Int) throws(ArchiveError) -> any ByteStage {
        switch self {
        case .tar: Unchanged()
        case .gzippedTar: try GzipWriter()
        case .zstandardTar: try ZstandardWriter(count: count)
        }
    }

    /// Returns a stage that unpacks an archive.
    func reader() throws(ArchiveError) -> any ByteStage {
        switch self {
        case .tar: Unchanged()
        case .gzippedTar: try GzipReader()
        case .zstandardTar: try ZstandardReader()
        }
    }

    /// Packs a tar in this format.
    ///
    /// - Throws: ``ArchiveError`` with code `tooLarge` if the result would be refused when it is read, or `failed`.
    public func pack(_ tar: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) -> [UInt8] {
        var packed: [UInt8] = []
        let stage = try writer(count: tar.count)
        try stage.push(tar) { packed += $0 }
        try stage.finish { packed += $0 }
        try limits.check(expanded: tar.count, packed: packed.count)
        return packed
    }

    /// Unpacks a tar from this format.
    ///
    /// - Throws: ``ArchiveError``.
    public func unpack(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) -> [UInt8] {
        var tar: [UInt8] = []
        let stage = try reader()
        func take(_ piece: [UInt8]) throws(ArchiveError) {
            tar += piece
            try limits.check(expanded: tar.count, packed: bytes.count)
        }
        try stage.push(bytes, take)
        try stage.finish(take)
        return tar
    }
}
