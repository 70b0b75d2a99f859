internal import Detecting
internal import Documents

extension RotationPlan {
    /// The number of bytes of a large file that are searched together.
    private static let pieceSize = 1 << 23
    /// The overlap of two pieces in bytes, which is longer than any spelling of a value.
    private static let overlap = 1 << 16

    /// Returns how many of the replaced values occur in a file that is too large to be kept in memory.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - read: returns the given number of bytes from an offset, or fewer at the end of the file.
    /// - Returns: the number of distinct values.
    /// - Throws: what `read` throws.
    package func oldValueCount(
        inFile path: String,
        _ read: (_ offset: Int, _ count: Int) throws -> [UInt8]
    ) throws -> Int {
        let old = secrets.flatMap(\.old)
        guard !old.isEmpty else { return 0 }
        let propagation = Propagation(values: old)
        var found: Set<[UInt8]> = []
        var offset = 0
        while case let piece = try read(offset, Self.pieceSize), !piece.isEmpty {
            let occurrences = propagation.occurrences(in: Document(path: path, bytes: piece))
            found.formUnion(occurrences.map { old[$0.value].bytes })
            guard piece.count == Self.pieceSize else { break }
            offset += Self.pieceSize - Self.overlap
        }
        return found.count
    }
}
