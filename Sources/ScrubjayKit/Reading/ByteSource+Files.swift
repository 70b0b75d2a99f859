internal import Archive
internal import Collecting

extension ByteSource {
    /// The bytes of an open file.
    init(_ file: OpenFile) {
        self.init(count: file.size) { try file.bytes($0) }
    }

    /// The bytes of a file that must not change.
    init(_ file: StableFile) {
        self.init(count: file.size) { try file.bytes($0) }
    }
}
