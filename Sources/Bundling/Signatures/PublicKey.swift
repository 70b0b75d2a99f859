public import Sodium

/// A minisign public key.
public struct PublicKey: Hashable, Sendable {
    /// The encoded size: `Ed`, the key id, the Ed25519 public key.
    private static let encodedCount = 2 + KeyID.count + VerificationKey.count

    /// The key id.
    public let id: KeyID
    /// The key that verifies signatures.
    public let verificationKey: VerificationKey

    /// Makes a key from its parts.
    public init(id: KeyID, verificationKey: VerificationKey) {
        self.id = id
        self.verificationKey = verificationKey
    }

    /// Reads a key file as written by `minisign -G`, or its second line alone, as accepted by `minisign -P`.
    ///
    /// - Throws: ``BundleError`` with code `malformedPublicKey`.
    public init(parsing text: [UInt8]) throws(BundleError) {
        var lines = Self.lines(of: text)
        if let first = lines.first, first.starts(with: KeyText.untrustedPrefix.utf8) { lines.removeFirst() }
        guard lines.count == 1, let line = lines.first else {
            throw BundleError(
                .malformedPublicKey,
                "a minisign public key is one line of base64, after a line with an untrusted comment"
            )
        }
        let encoded: [UInt8]
        do throws(SodiumError) {
            encoded = try Base64.decode(Array(line))
        } catch {
            throw BundleError(.malformedPublicKey, error)
        }
        guard encoded.count == Self.encodedCount, encoded.starts(with: KeyText.plainAlgorithm) else {
            throw BundleError(.malformedPublicKey, "this is not a minisign public key")
        }
        id = KeyID(bytes: encoded[2...])
        do throws(SodiumError) {
            verificationKey = try VerificationKey(Array(encoded[(2 + KeyID.count)...]))
        } catch {
            throw BundleError(.malformedPublicKey, error)
        }
    }

    /// Returns the lines without their ends, `\n` or `\r\n`.
    private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    }

    /// The single line that `minisign -P` accepts.
    public var base64: String {
        Base64.encode(KeyText.plainAlgorithm + id.bytes + verificationKey.bytes)
    }

    /// Returns the bytes of a key file, as written by `minisign -G`.
    public func serialized() -> [UInt8] {
        Array("\(KeyText.untrustedPrefix)minisign public key \(id)\n\(base64)\n".utf8)
    }
}
