internal import Detecting
internal import Documents

extension RotationPlan {
    /// How many bytes of a large file are looked at together.
    private static let pieceSize = 1 << 23
    /// How far two pieces overlap: more than any spelling of a value has.
    private static let overlap = 1 << 16

    /// How many of the values that are replaced a file holds that is too large to be kept in memory.
    ///
    /// - Parameters:
    ///   - path: the file's path.
    ///   - read: gives as many bytes from an offset, or those up to the end.
    /// - Returns: how many.
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
