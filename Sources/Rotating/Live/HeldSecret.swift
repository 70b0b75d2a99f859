package import Sodium

/// A secret in locked memory that several values refer to.
package final class HeldSecret: Sendable {
    private let value: SecretBytes

    /// Takes over a secret.
    package init(_ value: consuming SecretBytes) { self.value = value }

    /// Copies a secret; the original remains the caller's to wipe.
    package convenience init(copying bytes: [UInt8]) { self.init(SecretBytes(copying: bytes)) }

    /// Lends the secret to `body`.
    package func withSecret<Result: ~Copyable, Failure: Error>(
        _ body: (borrowing SecretBytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(value)
    }

    /// The bytes in ordinary memory, for writing.
    package var exposed: [UInt8] { value.exposed() }
}

extension HeldSecret: CustomStringConvertible, CustomReflectable {
    /// The length, and never the content.
    package var description: String { "HeldSecret(\(value.count) bytes)" }

    /// A mirror without the content.
    package var customMirror: Mirror { Mirror(self, children: ["count": value.count]) }
}
