/// The chunks of an age payload, each sealed with a counter and a flag for the last one.
struct AgeChunks: ~Copyable {
    /// The size in bytes of a payload's nonce.
    static let nonceCount = 16
    /// The size in bytes of a full chunk.
    static let size = 1 << 16
    /// The size in bytes of a sealed full chunk.
    static let sealedSize = size + ChaChaPoly.tagCount

    private let key: SecretBytes
    private var nonce = [UInt8](repeating: 0, count: ChaChaPoly.nonceCount)

    init(fileKey: borrowing SecretBytes, nonce: [UInt8]) {
        key = HKDFSHA256.key(from: fileKey, salt: nonce, info: "payload")
    }

    /// Seals the next chunk.
    mutating func seal(_ chunk: RawSpan, isLast: Bool, into sealed: inout [UInt8]) {
        nonce[ChaChaPoly.nonceCount - 1] = isLast ? 1 : 0
        ChaChaPoly.seal(chunk, key: key, nonce: nonce, into: &sealed)
        advance()
    }

    /// Opens the next chunk into `chunk`; returns whether it is authentic.
    mutating func open(_ sealed: RawSpan, isLast: Bool, into chunk: inout MutableRawSpan) -> Bool {
        nonce[ChaChaPoly.nonceCount - 1] = isLast ? 1 : 0
        defer { advance() }
        return ChaChaPoly.open(sealed, key: key, nonce: nonce, into: &chunk)
    }

    /// Increments the counter of eleven bytes, which no file is long enough to exhaust.
    private mutating func advance() {
        for index in stride(from: ChaChaPoly.nonceCount - 2, through: 0, by: -1) {
            nonce[index] &+= 1
            if nonce[index] != 0 { return }
        }
    }
}
