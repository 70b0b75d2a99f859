internal import Sodium

/// A fresh value in locked memory, shared by the places that will get it.
final class FreshSecret: Sendable {
    private let value: SecretBytes
    /// For a key, its public half in all its texts; otherwise empty.
    let publicHalf: [[UInt8]]

    /// Generates a value.
    init(_ shape: SecretShape, from source: RandomSource) {
        value = shape.mint(from: source)
        publicHalf = []
    }

    /// Takes over a key.
    init(_ pair: borrowing KeyPair) {
        value = pair.privateKey.copy()
        publicHalf = pair.publicHalf
    }

    /// The value's bytes for writing.
    var bytes: [UInt8] {
        value.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
    }
}
