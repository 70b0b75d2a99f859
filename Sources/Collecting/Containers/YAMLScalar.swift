internal import Documents

/// The syntax of a text as a YAML scalar.
enum YAMLScalar {
    /// Returns the text unquoted if it can be a plain scalar, otherwise in double quotes.
    static func spelled(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    /// Returns the text in double quotes with JSON's escapes, which YAML reads in the same way.
    static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).serialized(.line), as: UTF8.self)
    }

    /// Whether a text can be a plain scalar.
    static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter || first == UInt8(ascii: "/") else {
            return false
        }
        let words: Set = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        let allowed = text.utf8.allSatisfy { $0.isAlphanumeric || "/._@-".utf8.contains($0) }
        // A colon is allowed unless white space follows, as in an image's name.
        let isImage =
            text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"\"'`$#&*!|>%,[]{}\\?".utf8.contains($0) }
            && !text.hasSuffix(":")
        return (allowed || isImage) && !words.contains(text.lowercased())
    }
}
