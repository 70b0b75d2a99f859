internal import Documents

/// Determines the text of a line before a value, and whether the line is a comment.
enum CommentLine {
    /// The maximum distance in bytes from a value to the start of its line; about a longer line nothing is known.
    private static let longestLead = 4096
    private static let marks = ["#", "//", "--", ";", "<!--", "*"].map { Array($0.utf8) }
    /// Not a comment: Kamailio's preprocessor reads `#!define`, and the kernel reads `#!/bin/sh`.
    private static let directive = Array("#!".utf8)

    /// The part of a line before the byte at `offset`; nil if it is longer than the limit.
    static func lead(of offset: Int, in text: [UInt8]) -> ArraySlice<UInt8>? {
        var start = offset
        while start > 0, text[start - 1] != UInt8(ascii: "\n") {
            guard offset - start < longestLead else { return nil }
            start -= 1
        }
        return text[start..<offset]
    }

    /// Whether the line of the byte at `offset` begins with a comment mark.
    static func isAround(_ offset: Int, in text: [UInt8]) -> Bool {
        guard let lead = lead(of: offset, in: text) else { return false }
        let line = text[lead.startIndex...].drop(while: ByteSet.space.contains)
        return !line.starts(with: directive) && marks.contains { line.starts(with: $0) }
    }
}
