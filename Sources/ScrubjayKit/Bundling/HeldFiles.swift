internal import Archive

/// Files of a bundle, kept in memory during verification for use right after it; use ``FilesInPieces`` for files to
/// scan.
///
/// Files are kept in archive order as long as they fit, so that they are not read twice; a small bundle is kept whole.
struct HeldFiles {
    /// The maximum total size in bytes.
    private static let limit = 1 << 24

    /// The files, in archive order.
    private(set) var files: [Member] = []
    private var count = 0
    private var isHeld = false

    /// Adds the next part of an archive.
    mutating func take(_ part: CanonicalArchive.Part) {
        switch part {
        case .entry(let entry):
            isHeld = count + entry.size <= Self.limit
            guard isHeld else { return }
            count += entry.size
            files.append(Member(path: entry.path, isExecutable: entry.isExecutable, bytes: []))
        case .bytes(let bytes):
            if isHeld { files[files.count - 1].bytes += bytes }
        }
    }
}
