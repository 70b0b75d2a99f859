internal import Sodium

/// A fresh value, shared by all places that get it.
struct FreshSecret: Sendable {
    /// The value.
    let value: SharedSecret
    /// For a key, its public half in all text formats; otherwise empty.
    let publicHalf: [[UInt8]]

    /// The value's bytes for writing.
    var bytes: [UInt8] { value.exposed }

    /// Generates a value.
    init(_ shape: SecretShape, from source: RandomSource) {
        value = SharedSecret(shape.mint(from: source))
        publicHalf = []
    }

    /// Takes over a key.
    init(_ pair: borrowing KeyPair) {
        value = SharedSecret(pair.privateKey.copy())
        publicHalf = pair.publicHalf
    }
}
