internal import Archive

/// The files of a small bundle, held while they are read for something else, so that they need not be read again.
struct HeldFiles {
    /// The bytes beyond which nothing is held.
    private static let limit = 1 << 24

    private var files: [Member] = []
    private var count = 0

    /// The files; nil where they are too many bytes.
    var members: [Member]? { count <= Self.limit ? files : nil }

    /// Takes what comes next of an archive.
    mutating func take(_ part: CanonicalArchive.Part) {
        switch part {
        case .entry(let entry):
            count += entry.size
            if count > Self.limit {
                files = []
            } else {
                files.append(Member(path: entry.path, isExecutable: entry.isExecutable, bytes: []))
            }
        case .bytes(let bytes):
            if count <= Self.limit, !files.isEmpty { files[files.count - 1].bytes += bytes }
        }
    }
}
