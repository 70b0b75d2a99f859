/// One recipient's part of an age header: the wrapped file key.
struct AgeStanza: Hashable, Sendable {
    /// The number of letters in a full line of a body.
    static let columns = 64
    /// The type of recipient and its parameters, at least one.
    var arguments: [String]
    /// The wrapped key.
    var body: [UInt8]

    /// The supported types of recipients.
    enum Kind: String {
        case x25519 = "X25519"
        case scrypt
    }

    /// The type of recipient; nil if unsupported.
    var kind: Kind? { arguments.first.flatMap(Kind.init) }

    /// The lines of the header.
    func serialized() -> [UInt8] {
        var bytes = Array(("-> " + arguments.joined(separator: " ") + "\n").utf8)
        let letters = Array(Base64.encode(body, as: .standardUnpadded).utf8)
        // The last line is shorter than a full one, and may be empty.
        for start in stride(from: 0, through: letters.count, by: Self.columns) {
            bytes += letters[start..<min(start + Self.columns, letters.count)]
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// Checks the specification's rules for a supported type.
    ///
    /// - Throws: ``AgeError`` `malformed`.
    func check() throws(AgeError) {
        switch kind {
        case .x25519: _ = try AgeX25519.share(of: self)
        case .scrypt: _ = try AgeScrypt.parameters(of: self)
        case nil: return
        }
    }

    /// Decodes an argument of unpadded base64; nil if it is something else or has another length.
    func bytes(ofArgument index: Int, count: Int) -> [UInt8]? {
        guard let bytes = try? Base64.decode(Array(arguments[index].utf8), as: .standardUnpadded) else { return nil }
        return bytes.count == count ? bytes : nil
    }
}
