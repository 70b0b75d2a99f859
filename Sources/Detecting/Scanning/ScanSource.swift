/// The files of a scan.
///
/// Each may be read twice: known values are looked for when all files have been seen.
public protocol ScanSource: Sendable {
    /// How many files there are.
    var count: Int { get }

    /// The path of a file relative to the scanned root, with `/` between its components.
    func path(of index: Int) -> String

    /// How many bytes a file is likely to have: one of many is read in parts.
    func size(of index: Int) -> Int

    /// Reads at most `count` bytes of a file from `offset` into `buffer`, whose contents are replaced.
    ///
    /// - Returns: whether they were read; none are behind the end of the file.
    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool

    /// Reads a file into `buffer`, whose contents are replaced and whose room is used again.
    ///
    /// Called from several threads, each with a buffer of its own.
    ///
    /// - Returns: whether it was read; a source keeps by itself why it was not.
    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool
}

/// Files that are at hand as bytes.
public struct BytesInMemory: ScanSource {
    private let files: [(path: String, bytes: [UInt8])]

    /// Makes a source of files, each with its path.
    public init(_ files: [(path: String, bytes: [UInt8])]) { self.files = files }

    /// How many files there are.
    public var count: Int { files.count }

    /// The path of a file.
    public func path(of index: Int) -> String { files[index].path }

    /// How many bytes a file has.
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
