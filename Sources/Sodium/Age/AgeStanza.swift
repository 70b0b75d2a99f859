/// One recipient's part of an age header: how the file key is wrapped for it.
struct AgeStanza: Hashable, Sendable {
    /// The number of letters of a full line of a body.
    static let columns = 64
    /// The kind of recipient, and what it needs to unwrap the key; never empty.
    var arguments: [String]
    /// The wrapped key.
    var body: [UInt8]

    /// The kinds of recipients that are known here.
    enum Kind: String {
        case x25519 = "X25519"
        case scrypt
    }

    /// What kind of recipient it is of; nil for one that is not known.
    var kind: Kind? { arguments.first.flatMap(Kind.init) }

    /// The lines of the header.
    func serialized() -> [UInt8] {
        var bytes = Array(("-> " + arguments.joined(separator: " ") + "\n").utf8)
        let letters = Array(Base64.encode(body, as: .standardUnpadded).utf8)
        // The last line is shorter than a full one, and empty where there is nothing left.
        for start in stride(from: 0, through: letters.count, by: Self.columns) {
            bytes += letters[start..<min(start + Self.columns, letters.count)]
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// Checks what the specification wants of a kind that is known.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    func check() throws(AgeError) {
        switch kind {
        case .x25519: _ = try AgeX25519.share(of: self)
        case .scrypt: _ = try AgeScrypt.parameters(of: self)
        case nil: return
        }
    }

    /// The bytes of an argument in unpadded base64; nil where it is something else or of another length.
    func bytes(ofArgument index: Int, count: Int) -> [UInt8]? {
        guard let bytes = try? Base64.decode(Array(arguments[index].utf8), as: .standardUnpadded) else { return nil }
        return bytes.count == count ? bytes : nil
    }
}
