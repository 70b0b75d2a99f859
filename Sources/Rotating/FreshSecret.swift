internal import Sodium

/// A minted value in locked memory, shared by the places that are to get it.
final class FreshSecret: Sendable {
    private let value: SecretBytes

    /// Mints a value.
    init(_ shape: SecretShape, from source: RandomSource) { value = shape.mint(from: source) }

    /// The value's bytes, to be written.
    var bytes: [UInt8] {
        value.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
    }
}
