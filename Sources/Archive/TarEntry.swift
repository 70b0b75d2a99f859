internal import CArchive

/// What the writer and the reader of libarchive's entries share.
enum TarEntry {
    /// `AE_IFREG`, whose cast keeps it from being imported.
    static let regularFile = 0o100000

    /// What libarchive says about its last failure, escaped, since it may quote a stranger's name.
    static func complaint(of archive: OpaquePointer) -> String {
        guard let text = unsafe archive_error_string(archive) else { return "no reason given" }
        return escaped(unsafe String(cString: text).utf8)
    }
}
