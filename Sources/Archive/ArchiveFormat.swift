/// The forms in which an archive is shipped.
public enum ArchiveFormat: Hashable, Sendable, CaseIterable {
    /// The canonical tar as it is.
    case tar
    /// The canonical tar in one gzip member.
    case gzippedTar

    /// The format that a file's name asks for.
    ///
    /// - Throws: ``ArchiveError`` with code `unsupportedFormat`.
    public init(fileName: String) throws(ArchiveError) {
        if fileName.hasSuffix(".tar") {
            self = .tar
        } else if fileName.hasSuffix(".tar.gz") || fileName.hasSuffix(".tgz") {
            self = .gzippedTar
        } else if fileName.hasSuffix(".tar.zst") {
            throw ArchiveError(.unsupportedFormat, at: fileName, Self.noZstandard)
        } else {
            throw ArchiveError(
                .unsupportedFormat,
                at: fileName,
                "a bundle's name ends in .tar or .tar.gz, which says how it is packed"
            )
        }
    }

    /// The format that a file's first bytes show.
    ///
    /// - Throws: ``ArchiveError`` with code `unsupportedFormat` for zstd. Anything that is neither gzip nor zstd counts as
    ///   a tar; reading it says whether it is one.
    public init(detecting bytes: [UInt8]) throws(ArchiveError) {
        if bytes.starts(with: [0x1F, 0x8B]) {
            self = .gzippedTar
        } else if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            throw ArchiveError(.unsupportedFormat, Self.noZstandard)
        } else {
            self = .tar
        }
    }

    private static let noZstandard = "zstd is not supported yet: pack the bundle as .tar or .tar.gz"

    /// The bytes of a tar in this format.
    ///
    /// - Throws: ``ArchiveError`` with code `tooLarge`, where the format would be refused when it is read, or `failed`.
    public func pack(_ tar: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) -> [UInt8] {
        switch self {
        case .tar: return try Self.checked(tar, limits: limits)
        case .gzippedTar: return try Gzip.compress(tar, limits: limits)
        }
    }

    /// The tar inside of bytes in this format.
    ///
    /// - Throws: ``ArchiveError``.
    public func unpack(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) -> [UInt8] {
        switch self {
        case .tar: return try Self.checked(bytes, limits: limits)
        case .gzippedTar: return try Gzip.decompress(bytes, limits: limits)
        }
    }

    private static func checked(_ tar: [UInt8], limits: ArchiveLimits) throws(ArchiveError) -> [UInt8] {
        guard tar.count <= limits.totalBytes else {
            throw ArchiveError(
                .tooLarge,
                "the archive has \(tar.count) bytes, and at most \(limits.totalBytes) are taken"
            )
        }
        return tar
    }
}
