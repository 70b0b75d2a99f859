internal import Documents

/// Recognises well-known domains that begin with a word of the owner's.
///
/// If `wrenfield.test` is the owner's and `wrenfield.org` the home page of a program, replacing the word in the latter
/// would make a domain that somebody else may register.
enum PublicDomain {
    /// Whether the bytes at `label` are the registered label of a public service's or a program's domain.
    static func begins(at label: Span, in text: [UInt8]) -> Bool {
        guard label.end + 2 < text.count, text[label.end] == UInt8(ascii: ".") else { return false }
        let end = WordCharacter.runEnd(of: .hostName, from: label.start, atMost: 253, in: text)
        let labels = text[label.start..<end].split(separator: UInt8(ascii: "."))
        return (2...3).contains { count in
            guard labels.count >= count else { return false }
            let domain = labels.prefix(count).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ".")
            return ReservedValues.builtIn.isWellKnown(domain)
        }
    }
}
