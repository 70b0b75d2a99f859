internal import Detecting

/// Files in memory, in the pieces in which they arrived.
///
/// No piece is copied before it is scanned.
struct FilesInPieces: ScanSource {
    private struct File {
        var path: String
        var pieces: [ArraySlice<UInt8>] = []
        var size = 0
    }

    private var files: [File] = []
    /// The total size in bytes.
    private(set) var byteCount = 0

    /// The size of the last file in bytes.
    var lastCount: Int { files.last?.size ?? 0 }

    /// Begins a file.
    mutating func begin(_ path: String) { files.append(File(path: path)) }

    /// Adds bytes to the last file.
    mutating func append(_ piece: ArraySlice<UInt8>) {
        precondition(!files.isEmpty, "bytes belong to a file")
        files[files.count - 1].pieces.append(piece)
        files[files.count - 1].size += piece.count
        byteCount += piece.count
    }

    /// Returns the last bytes of the last file.
    func suffix(_ count: Int) -> [UInt8] {
        guard let file = files.last else { return [] }
        return Self.bytes(of: file, from: max(0, file.size - count), count: count)
    }

    private static func bytes(of file: File, from offset: Int, count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        fill(&bytes, from: file, offset, count)
        return bytes
    }

    private static func fill(_ buffer: inout [UInt8], from file: File, _ offset: Int, _ count: Int) {
        buffer.removeAll(keepingCapacity: true)
        buffer.reserveCapacity(min(count, max(0, file.size - offset)))
        var skipped = offset
        for piece in file.pieces where buffer.count < count {
            let part = piece.dropFirst(skipped).prefix(count - buffer.count)
            skipped -= min(skipped, piece.count)
            buffer.append(contentsOf: part)
        }
    }

    // MARK: - ScanSource

    var count: Int { files.count }

    func path(of index: Int) -> String { files[index].path }

    func size(of index: Int) -> Int { files[index].size }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        Self.fill(&buffer, from: files[index], offset, count)
        return true
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        Self.fill(&buffer, from: files[index], 0, files[index].size)
        return true
    }
}
