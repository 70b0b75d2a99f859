/// A secret in locked memory that several values share; it is wiped when the last of them is released.
package final class SharedSecret: Sendable {
    let bytes: SecretBytes

    /// Takes ownership of a secret.
    package init(_ bytes: consuming SecretBytes) { self.bytes = bytes }

    /// Copies a secret; the original remains the caller's to wipe.
    package convenience init(copying bytes: [UInt8]) { self.init(SecretBytes(copying: bytes)) }

    /// Lends the secret to `body`.
    package func withSecret<Result: ~Copyable, Failure: Error>(
        _ body: (borrowing SecretBytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bytes)
    }

    /// The bytes in ordinary memory, to be written at once.
    package var exposed: [UInt8] { bytes.exposed() }
}

extension SharedSecret: CustomStringConvertible, CustomReflectable {
    /// The length, without the content.
    package var description: String { "SharedSecret(\(bytes.count) bytes)" }

    /// A mirror without the content.
    package var customMirror: Mirror { Mirror(self, children: ["count": bytes.count]) }
}
