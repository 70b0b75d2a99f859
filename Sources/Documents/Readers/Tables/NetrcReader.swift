/// Reads netrc(5): `machine NAME login NAME password WORD account WORD`, on one line or several.
enum NetrcReader {
    private static let keys = ["machine", "login", "password", "account", "port"]

    /// Reads the text in `range`.
    static func read(_ text: [UInt8], in range: Range<Int>) -> Reading {
        var reading = Reading(as: .table)
        let root = Address(nil, "netrc")
        var key: Address?
        var isAnonymous = false
        text.forEachLine(in: range) { line in
            let words = LineWords.split(text, text.trimmed(line)) { CommentReader.read(text, $0, into: &reading) }
            for word in words {
                if let address = key {
                    if address.key == "login" { isAnonymous = text[word.range].elementsEqual("anonymous".utf8) }
                    // The password for an anonymous login is an email address, and is read as one.
                    let isAddress = isAnonymous && address.key == "password"
                    reading.add(isAddress ? root : address, word.range, word.encoding)
                    key = nil
                } else if keys.contains(text.string(in: word.range)) {
                    key = Address(root, text.string(in: word.range))
                    reading.addKey(key, word.range, .bare)
                }
            }
        }
        return reading
    }
}
