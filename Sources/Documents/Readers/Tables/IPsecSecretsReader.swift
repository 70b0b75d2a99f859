/// Reads ipsec.secrets(5): selectors, a colon, the type of the secret, and the secret.
enum IPsecSecretsReader {
    /// Reads the lines in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reading = Reading(as: .table)
        let root = Address(nil, "ipsec")
        let id = Address(root, "id")
        let secret = Address(root, "secret")
        text.forEachLine(in: range) { line in
            let words = LineWords.split(text, text.trimmed(line)) { CommentReader.read(text, $0, into: &reading) }
            guard let colon = words.firstIndex(where: { text[$0.range].elementsEqual([.colon]) }) else { return }
            for word in words[..<colon] { reading.add(id, word.range, word.encoding) }
            // The types for key pairs are followed by a file name.
            if colon + 2 < words.count,
                ["PSK", "EAP", "XAUTH", "NTLM"].contains(text.string(in: words[colon + 1].range))
            {
                let word = words[colon + 2]
                reading.add(secret, word.range, word.encoding)
            }
        }
        return reading
    }
}
