internal import Sodium

/// A minted value in locked memory, shared by the places that are to get it.
final class FreshSecret: Sendable {
    private let value: SecretBytes
    /// For a key, its public half in all its texts; else nothing.
    let publicHalf: [[UInt8]]

    /// Mints a value.
    init(_ shape: SecretShape, from source: RandomSource) {
        value = shape.mint(from: source)
        publicHalf = []
    }

    /// Takes a key over.
    init(_ pair: borrowing KeyPair) {
        value = pair.privateKey.copy()
        publicHalf = pair.publicHalf
    }

    /// The value's bytes, to be written.
    var bytes: [UInt8] {
        value.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
    }
}
