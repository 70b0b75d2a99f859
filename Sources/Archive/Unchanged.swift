/// A stage that passes bytes through unchanged.
final class Unchanged: ByteStage {
    func push(_ bytes: [UInt8], _ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {
        try give(bytes)
    }

    func finish(_ give: ([UInt8]) throws(ArchiveError) -> Void) throws(ArchiveError) {}
}
