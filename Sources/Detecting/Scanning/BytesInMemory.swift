/// Files in memory.
public struct BytesInMemory: ScanSource {
    private let files: [(path: String, bytes: [UInt8])]

    /// Makes a source of files with paths.
    public init(_ files: [(path: String, bytes: [UInt8])]) { self.files = files }

    /// The number of files.
    public var count: Int { files.count }

    /// The path of a file.
    public func path(of index: Int) -> String { files[index].path }

    /// The size of a file in bytes.
    public func size(of index: Int) -> Int { files[index].bytes.count }

    /// Copies a part of a file into `buffer`.
    public func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: files[index].bytes.dropFirst(offset).prefix(count))
        return true
    }

    /// Copies a file into `buffer`.
    public func read(_ index: Int, into buffer: inout [UInt8]) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: files[index].bytes)
        return true
    }
}
