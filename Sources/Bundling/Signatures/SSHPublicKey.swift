public import Sodium

/// An SSH public key.
///
/// Ed25519 keys can verify signatures; others can only be named.
public struct SSHPublicKey: Hashable, Sendable {
    private static let plain = "ssh-ed25519"
    private static let onDevice = "sk-ssh-ed25519@openssh.com"

    /// The key type, such as `ssh-ed25519`.
    public let kind: String
    /// The key in SSH's encoding.
    let blob: [UInt8]
    /// The key that verifies signatures; nil for other types than Ed25519.
    public let verificationKey: VerificationKey?
    /// The application to which a security device's key is bound (PROTOCOL.u2f).
    let application: [UInt8]?

    /// Reads a key in SSH's encoding.
    ///
    /// - Throws: ``BundleError`` with code `malformedPublicKey`.
    init(blob: [UInt8]) throws(BundleError) {
        var wire = SSHWire(blob)
        guard let name = wire.string().flatMap({ String(validating: $0, as: UTF8.self) }), !name.isEmpty else {
            throw Self.malformed
        }
        kind = name
        self.blob = blob
        guard name == Self.plain || name == Self.onDevice else {
            (verificationKey, application) = (nil, nil)
            return
        }
        guard let point = wire.string() else { throw Self.malformed }
        application = name == Self.onDevice ? wire.string() : nil
        guard wire.rest.isEmpty, (application != nil) == (name == Self.onDevice) else { throw Self.malformed }
        do throws(SodiumError) {
            verificationKey = try VerificationKey(point)
        } catch {
            throw BundleError(.malformedPublicKey, error)
        }
    }

    /// Reads a key from its type and its base64, as in a `.pub` file or a list.
    ///
    /// - Throws: ``BundleError`` with code `malformedPublicKey`.
    init(kind: String, base64: String) throws(BundleError) {
        do throws(SodiumError) {
            try self.init(decoded: Base64.decode(Array(base64.utf8)), kind: kind)
        } catch {
            throw BundleError(.malformedPublicKey, error)
        }
    }

    private init(decoded blob: [UInt8], kind: String) throws(SodiumError) {
        do throws(BundleError) {
            try self.init(blob: blob)
        } catch {
            throw SodiumError(.malformedKey, error.message)
        }
        guard self.kind == kind else {
            throw SodiumError(.malformedKey, "the SSH key's type differs from the one on its line")
        }
    }

    /// The fingerprint, as displayed by `ssh-keygen -l`.
    public var fingerprint: String {
        let base64 = Base64.encode(SHA256.hash(blob).bytes)
        return "SHA256:" + base64.prefix { $0 != "=" }
    }

    private static let malformed = BundleError(.malformedPublicKey, "this is not an SSH public key")
}

extension SSHPublicKey: CustomStringConvertible {
    /// The type and the fingerprint.
    public var description: String { "\(kind) \(fingerprint)" }
}
