internal import Archive

/// The files of a small bundle, kept from a first reading to avoid a second one.
struct HeldFiles {
    /// The maximum total size in bytes.
    private static let limit = 1 << 24

    private var files: [Member] = []
    private var count = 0

    /// The files; nil if they exceed the limit.
    var members: [Member]? { count <= Self.limit ? files : nil }

    /// Adds the next part of an archive.
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
