internal import Detecting

/// Files in memory as the input of a scan, in the pieces in which they arrived; use ``DeploymentSource`` for files on
/// disk.
///
/// No piece is copied before it is scanned.
struct FilesInPieces: ScanSource {
    private struct File {
        var path: String
        var pieces: [ArraySlice<UInt8>] = []
        var size = 0
        /// The place of the pieces in the file, if they are only a part of it.
        var part = FilePart()
    }

    private var files: [File] = []
    /// The total size in bytes.
    private(set) var byteCount = 0

    /// The size of the last file in bytes.
    var lastCount: Int { files.last?.size ?? 0 }

    /// Begins a file, or a part of one.
    mutating func begin(_ path: String, _ part: FilePart = FilePart()) {
        files.append(File(path: path, part: part))
    }

    /// Ends a part of the last file; the next part repeats the last `overlap` bytes of this one.
    ///
    /// - Returns: the place of the next part.
    mutating func endPart(repeating overlap: Int) -> FilePart {
        let last = files.count - 1
        let size = files[last].size
        files[last].part.ownEnd = size - overlap / 2
        var next = files[last].part
        next.offset += size - overlap
        next.place.advance(to: size - overlap, in: Self.bytes(of: files[last], from: 0, count: size))
        (next.ownStart, next.ownEnd) = (overlap / 2, nil)
        return next
    }

    /// Drops the contents of the last file except for its first bytes, but remembers its size; used for a large file
    /// that is not read.
    mutating func dropContents(keeping count: Int) {
        let last = files.count - 1
        files[last].pieces = [Self.bytes(of: files[last], from: 0, count: count)[...]]
        byteCount -= files[last].size - files[last].pieces[0].count
    }

    /// Returns the place of the pieces of a file in it.
    func part(of index: Int) -> FilePart { files[index].part }

    /// Adds bytes to the last file.
    mutating func append(_ piece: ArraySlice<UInt8>) {
        precondition(!files.isEmpty, "bytes belong to a file")
        files[files.count - 1].pieces.append(piece)
        files[files.count - 1].size += piece.count
        byteCount += piece.count
    }

    /// Returns the first bytes of the last file.
    func prefix(_ count: Int) -> [UInt8] {
        files.last.map { Self.bytes(of: $0, from: 0, count: count) } ?? []
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
