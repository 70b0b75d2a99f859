public import Documents

/// Bytes of an original that replace bytes of a sanitized file.
///
/// It works on the raw bytes of the file, whatever the stand-in's encodings are, so restoring a value needs no format
/// reader.
public struct BytePatch: Hashable, Sendable {
    /// The bytes of the sanitized file that are replaced.
    public var span: Span
    /// The bytes that replace them.
    public var original: OriginalBytes

    /// Returns the patches that turn a sanitized file into its original.
    ///
    /// - Parameters:
    ///   - places: the span of each replacement in the original and in the sanitized file, in any order; several in one
    ///     opaque text share its span.
    ///   - original: the bytes of the original.
    /// - Returns: the patches, in order.
    static func patches(for places: [(original: Span, sanitized: Span)], of original: [UInt8]) -> [BytePatch] {
        var patches: [BytePatch] = []
        for place in places.sorted(by: { ($0.sanitized, $0.original) < ($1.sanitized, $1.original) }) {
            if patches.last?.span == place.sanitized { continue }
            patches.append(BytePatch(span: place.sanitized, original: OriginalBytes(original[place.original.range])))
        }
        return patches
    }

    /// Returns one patch between any two byte strings: from the first byte that differs to the last.
    static func patches(from sanitized: [UInt8], to original: [UInt8]) -> [BytePatch] {
        guard sanitized != original else { return [] }
        let shorter = min(sanitized.count, original.count)
        let start = (0..<shorter).first { sanitized[$0] != original[$0] } ?? shorter
        let rest = shorter - start
        let equalEnd =
            (0..<rest).first { sanitized[sanitized.count - 1 - $0] != original[original.count - 1 - $0] } ?? rest
        let span = Span(start, sanitized.count - equalEnd)
        return [BytePatch(span: span, original: OriginalBytes(original[start..<(original.count - equalEnd)]))]
    }

    /// Applies patches to the bytes of a sanitized file.
    ///
    /// - Throws: ``DocumentError`` `locationOutOfBounds` or `overlappingEdits` if the patches do not fit the bytes.
    public static func apply(_ patches: [BytePatch], to bytes: [UInt8]) throws(DocumentError) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var position = 0
        for patch in patches {
            guard patch.span.start >= position else {
                throw DocumentError(.overlappingEdits, at: patch.span, "two patches share bytes or are out of order")
            }
            guard patch.span.end <= bytes.count else {
                throw DocumentError(.locationOutOfBounds, at: patch.span, "a patch ends after the end of its file")
            }
            output += bytes[position..<patch.span.start]
            output += patch.original.bytes
            position = patch.span.end
        }
        return output + bytes[position...]
    }
}
