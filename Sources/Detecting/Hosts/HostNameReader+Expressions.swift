internal import Documents

// Names that are a part of an expression, or that an expression continues.
extension HostNameReader {
    /// Whether the name is a reference in an expression, and not a text in it: `${var.name}`, `${lower(var.name)}`.
    func isOperand(_ name: Span) -> Bool {
        var start = name.start
        while start > 0, name.start - start < Self.longestReference, Self.referenceBytes.contains(text[start - 1]) {
            start -= 1
        }
        return start > 1 && text[start - 1] == UInt8(ascii: "{") && ByteSet("$#%").contains(text[start - 2])
    }

    /// Whether the text before `end` is followed by an expression that contains the other labels of the host:
    /// `nas.net.${domain}`, `nas.net.{{ domain }}`.
    func isContinuedByExpression(_ end: Int) -> Bool {
        guard end > 0, end + 1 < text.count, text[end - 1] == UInt8(ascii: ".") else { return false }
        switch text[end] {
        case UInt8(ascii: "$"): return text[end + 1] == UInt8(ascii: "{") || ByteSet.letters.contains(text[end + 1])
        case UInt8(ascii: "#"): return text[end + 1] == UInt8(ascii: "{")
        case UInt8(ascii: "{"): return text[end + 1] == UInt8(ascii: "{") || ByteSet.letters.contains(text[end + 1])
        case UInt8(ascii: "%"): return ByteSet("s{v").contains(text[end + 1])
        case UInt8(ascii: "<"): return ByteSet.letters.contains(text[end + 1])
        default: return false
        }
    }

    /// Whether the text before the `://` that ends at `end` is a scheme whose URLs name files: `fileb://auk.zip`.
    func isURLOfFile(withHostAt end: Int) -> Bool {
        let lead = text[max(0, end - 16)..<max(0, end - 3)]
        let scheme = lead.reversed().prefix { ByteSet.alphanumerics.contains($0) }.reversed()
        return Self.schemesOfFiles.contains(String(decoding: Array(scheme), as: UTF8.self).lowercased())
    }

    private static let longestReference = 64
    private static let referenceBytes = ByteSet.alphanumerics.union(ByteSet("_.(, "))
    private static let schemesOfFiles: Set<String> = [
        "about", "blob", "chrome", "cid", "classpath", "dir", "file", "fileb", "jar", "npipe", "resource", "res",
        "unix",
        "zip",
    ]
}
