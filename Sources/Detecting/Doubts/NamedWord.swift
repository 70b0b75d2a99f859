internal import Documents

/// Recognises a secret that is also the name of something in the same file: a container, a network, a folder, a
/// database or an account.
///
/// Lazy passwords repeat such a name, which also occurs in many places that are not about the secret. Replacing it
/// there would break the deployment.
enum NamedWord {
    /// Whether the value at `span` of `text` is a plain word that names something at most ``reach`` bytes away.
    static func isNamed(at span: Span, in text: [UInt8]) -> Bool {
        isPlain(text[span.range])
            && RepeatedWord.occurs(besides: span, within: reach, in: text) {
                isName(from: $0.start, to: $0.end, in: text)
            }
    }

    /// Whether a value is what people call things: lower-case words, and at most three digits at the end.
    private static func isPlain(_ word: ArraySlice<UInt8>) -> Bool {
        guard (4...32).contains(word.count), ByteSet.letters.contains(word[word.startIndex]) else { return false }
        let digits = word.reversed().prefix(while: ByteSet.digits.contains).count
        return digits <= 3 && word.dropLast(digits).allSatisfy(wordBytes.contains)
    }

    /// Whether the bytes are a key, a part of a path, the login of a URL, or the value of a setting that is a name.
    private static func isName(from start: Int, to end: Int, in text: [UInt8]) -> Bool {
        let lead = text[max(0, start - longestLead)..<start]
        let line = lead[(lead.lastIndex(where: ByteSet.lineEnd.contains).map { $0 + 1 } ?? lead.startIndex)...]
        let next = end < text.count ? text[end] : UInt8(ascii: "\n")
        if next == UInt8(ascii: ":"), line.allSatisfy(indentation.contains) {
            return end + 1 == text.count || ByteSet.space.contains(text[end + 1])
        }
        if line.last == slash {
            return line.dropLast().last != slash || next == UInt8(ascii: ":")
        }
        let setting = line.reversed().drop(while: quotes.contains)
        guard let sign = setting.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") else { return false }
        let key = setting.dropFirst().drop(while: quotes.contains).prefix { ByteSet.nameCharacters.contains($0) }
        let words = KeyName(String(decoding: Array(key.reversed()), as: UTF8.self)).words
        return words.last.map(settings.contains) ?? false
    }

    /// The maximum distance in bytes between a secret and the name that it repeats.
    private static let reach = 4096
    private static let longestLead = 160
    private static let slash = UInt8(ascii: "/")
    private static let wordBytes = ByteSet("abcdefghijklmnopqrstuvwxyz-_")
    private static let indentation = ByteSet(" \t\"'-")
    private static let quotes = ByteSet(" \t\"'")
    /// The last words of settings whose values are names.
    private static let settings: Set<String> = [
        "account", "bucket", "database", "db", "dbname", "host", "hostname", "image", "login", "name", "namespace",
        "network", "project", "schema", "service", "user", "username", "vhost",
    ]
}
