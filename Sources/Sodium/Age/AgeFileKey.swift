/// The key of one age file, and how a recipient's own key wraps it.
enum AgeFileKey {
    /// The number of bytes of a file key.
    static let count = 16
    /// The number of bytes of a wrapped file key.
    static let wrappedCount = count + ChaChaPoly.tagCount

    /// Each wrapping key wraps one file key, so that the nonce can be the same.
    private static let nonce = [UInt8](repeating: 0, count: ChaChaPoly.nonceCount)

    static func wrap(_ fileKey: borrowing SecretBytes, with key: borrowing SecretBytes) -> [UInt8] {
        var body: [UInt8] = []
        fileKey.withBytes { ChaChaPoly.seal($0, key: key, nonce: nonce, into: &body) }
        return body
    }

    /// The file key; nil where another key wrapped it.
    static func unwrap(_ body: [UInt8], with key: borrowing SecretBytes) -> SecretBytes? {
        guard body.count == wrappedCount else { return nil }
        var fileKey = SecretBytes(count: count)
        let isOpen = fileKey.withMutableBytes { target in
            body.withBytes { body in ChaChaPoly.open(body, key: key, nonce: nonce, into: &target) }
        }
        guard isOpen else { return nil }
        return fileKey
    }
}
