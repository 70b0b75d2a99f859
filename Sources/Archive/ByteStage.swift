/// One stage in a pipeline of byte pieces, such as a compression.
protocol ByteStage: AnyObject {
    /// Processes a piece, and delivers the results.
    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError)

    /// Delivers what remains after the last piece.
    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError)
}
