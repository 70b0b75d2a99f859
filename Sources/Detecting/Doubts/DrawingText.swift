internal import Documents

/// Distinguishes the text of a drawing from its shapes, whose coordinates may look like addresses: `d="M4.2.4.4"`.
struct DrawingText {
    let text: [UInt8]

    /// Whether the byte at `offset` is in an attribute that describes a shape.
    func isShape(at offset: Int) -> Bool {
        var start = offset
        while start > 0, offset - start < Self.reach, !Self.marks.contains(text[start - 1]) { start -= 1 }
        guard start > 0 else { return false }
        // No text in a drawing is this long, but its paths are.
        guard Self.marks.contains(text[start - 1]) else { return true }
        guard text[start - 1] == UInt8(ascii: "\"") || text[start - 1] == UInt8(ascii: "'") else { return false }
        let before = text[max(0, start - 20)..<(start - 1)].reversed()
            .drop { $0 == UInt8(ascii: "=") || ByteSet.space.contains($0) }
        let name = before.prefix { ByteSet.letters.contains($0) }.reversed()
        return Self.shapes.contains(String(decoding: Array(name), as: UTF8.self).lowercased())
    }

    /// The maximum distance in bytes within which the beginning of an attribute is searched for.
    private static let reach = 4096
    private static let marks = ByteSet("\"'<>")
    private static let shapes: Set<String> = ["d", "path", "points", "transform", "values", "viewbox"]
}
