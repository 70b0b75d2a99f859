/// A file of identities, as written by `age-keygen` and read by `age --identity`: one a line, comments after `#`.
public enum AgeIdentityFile {
    /// The maximum size of such a file in bytes.
    public static let limit = 1 << 16

    /// Returns the file of one X25519 identity, with its recipient in a comment.
    ///
    /// - Parameters:
    ///   - identity: an X25519 identity.
    ///   - created: the creation time for another comment, such as `2026-01-31T12:00:00Z`; nil for none.
    /// - Returns: the bytes; nil for a passphrase, which has no file.
    public static func serialized(_ identity: AgeIdentity, created: String? = nil) -> SecretBytes? {
        guard let secret = identity.text(), let recipient = identity.recipient.text else { return nil }
        let comment = Array(((created.map { "# created: \($0)\n" } ?? "") + "# public key: \(recipient)\n").utf8)
        var text = SecretBytes(count: comment.count + secret.count + 1)
        text.replace(at: 0, with: comment)
        text.replace(at: comment.count, with: secret)
        text[text.count - 1] = UInt8(ascii: "\n")
        return text
    }

    /// Reads the identities in a file, at least one.
    ///
    /// - Throws: ``AgeError`` `malformedIdentity`, which names the line.
    public static func identities(in text: borrowing SecretBytes) throws(AgeError) -> [AgeIdentity] {
        var identities: [AgeIdentity] = []
        var start = 0
        var number = 0
        while start < text.count {
            number += 1
            let end = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.count
            let hasReturn = end > start && text[end - 1] == UInt8(ascii: "\r")
            let line = text.extract(start..<(hasReturn ? end - 1 : end))
            start = end + 1
            guard line.count > 0, line[0] != UInt8(ascii: "#") else { continue }
            do {
                identities.append(try AgeIdentity(line))
            } catch {
                throw AgeError(error.code, "line \(number): \(error.message)")
            }
        }
        guard !identities.isEmpty else { throw AgeError(.malformedIdentity, "the file contains no identity") }
        return identities
    }
}
