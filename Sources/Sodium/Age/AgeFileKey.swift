/// The key of one age file, and its wrapping with a recipient's key.
enum AgeFileKey {
    /// The size of a file key in bytes.
    static let count = 16
    /// The size of a wrapped file key in bytes.
    static let wrappedCount = count + ChaChaPoly.tagCount

    /// Each wrapping key wraps only one file key, so the nonce can be constant.
    private static let nonce = [UInt8](repeating: 0, count: ChaChaPoly.nonceCount)

    static func wrap(_ fileKey: borrowing SecretBytes, with key: borrowing SecretBytes) -> [UInt8] {
        var body: [UInt8] = []
        fileKey.withBytes { ChaChaPoly.seal($0, key: key, nonce: nonce, into: &body) }
        return body
    }

    /// Unwraps a file key; nil if another key wrapped it.
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
