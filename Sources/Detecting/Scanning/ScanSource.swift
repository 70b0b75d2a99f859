public import Documents

/// The files of a scan.
///
/// Each file may be read twice, because known values are searched for after all files have been read.
public protocol ScanSource: Sendable {
    /// The number of files.
    var count: Int { get }

    /// The path of a file relative to the scanned root, with `/` between its components.
    func path(of index: Int) -> String

    /// The probable size of a file in bytes; a large one is read in parts.
    func size(of index: Int) -> Int

    /// Returns the format of a file if its name may not show it; nil to recognise it.
    func format(of index: Int) -> Format?

    /// Reads at most `count` bytes of a file from `offset` into `buffer`, replacing its contents.
    ///
    /// - Returns: whether the read succeeded; past the end of the file there are no bytes.
    func read(_ index: Int, from offset: Int, count: Int, into buffer: inout [UInt8]) -> Bool

    /// Reads a file into `buffer`, replacing its contents and reusing its memory.
    ///
    /// Called from several threads, each with its own buffer.
    ///
    /// - Returns: whether it was read; if not, the source itself records the reason.
    func read(_ index: Int, into buffer: inout [UInt8]) -> Bool
}

extension ScanSource {
    /// Returns nil: the format is recognised by the name and the text.
    public func format(of index: Int) -> Format? { nil }
}
