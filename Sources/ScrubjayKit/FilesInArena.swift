internal import Detecting

/// Files that lie one behind the other in memory that is used again for the next ones.
struct FilesInArena: ScanSource {
    private var bytes: [UInt8] = []
    private var files: [(path: String, start: Int)] = []

    /// Makes room for so many bytes.
    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// The bytes of all files.
    var byteCount: Int { bytes.count }

    /// The bytes of the last file.
    var lastCount: Int { bytes.count - (files.last?.start ?? 0) }

    /// Begins a file.
    mutating func begin(_ path: String) { files.append((path, bytes.count)) }

    /// Adds bytes to the last file.
    mutating func append(_ more: [UInt8]) { bytes += more }

    /// The last bytes of the last file.
    func suffix(_ count: Int) -> [UInt8] { Array(bytes.suffix(min(count, lastCount))) }

    /// Forgets all files, and keeps the room.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        files.removeAll(keepingCapacity: true)
    }

    private func contents(of index: Int) -> ArraySlice<UInt8> {
        bytes[files[index].start..<(index + 1 < files.count ? files[index + 1].start : bytes.count)]
    }

    // MARK: - ScanSource

    var count: Int { files.count }

    func path(of index: Int) -> String { files[index].path }

    func size(of index: Int) -> Int { contents(of: index).count }

    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: contents(of: index).dropFirst(offset).prefix(count))
        return true
    }

    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: contents(of: index))
        return true
    }
}
