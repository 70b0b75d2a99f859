/// The accepted keys, and the times of their validity.
public struct Keyring: Hashable, Sendable {
    /// A key of either type.
    public enum Key: Hashable, Sendable {
        /// A minisign key.
        case minisign(PublicKey)
        /// An SSH key.
        case ssh(SSHPublicKey)

        /// The id of the key: minisign's key id, or SSH's fingerprint.
        public var identifier: String {
            switch self {
            case .minisign(let key): key.id.description
            case .ssh(let key): key.fingerprint
            }
        }
    }

    /// A key with its properties.
    public struct Entry: Hashable, Sendable {
        /// The key.
        public var key: Key
        /// The owner's name, given by whoever made the list.
        public var name: String?
        /// The start of its validity, in seconds since 1970.
        public var validAfter: Int64?
        /// The end of its validity, in seconds since 1970.
        public var validBefore: Int64?
        /// Whether it was revoked.
        public var isRevoked = false

        /// Makes an entry of a key that is valid at all times.
        public init(_ key: Key, name: String? = nil) {
            self.key = key
            self.name = name
        }
    }

    /// The keys.
    public var entries: [Entry]

    /// Makes a list of keys.
    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// Makes a list of minisign keys that are valid at all times.
    public init(_ keys: [PublicKey]) { entries = keys.map { Entry(.minisign($0)) } }

    /// Returns the entry of a key that may sign at a time.
    ///
    /// - Parameters:
    ///   - identifier: the id of the key.
    ///   - time: the time, in seconds since 1970; nil to ignore times.
    ///   - isMeant: returns whether an entry's key is the requested one.
    /// - Returns: the entry.
    /// - Throws: ``BundleError`` with code `unknownSigner` or `expiredKey`.
    func entry(
        named identifier: String,
        at time: Int64?,
        where isMeant: (Key) -> Bool
    ) throws(BundleError) -> Entry {
        let meant = entries.filter { isMeant($0.key) }
        guard let entry = meant.first else {
            let given = entries.isEmpty ? "no key was given" : "given: \(identifiers)"
            throw BundleError(.unknownSigner, "the signature was made by another key, \(identifier); \(given)")
        }
        guard !meant.contains(where: \.isRevoked) else {
            throw BundleError(.expiredKey, "the key that signed, \(identifier), was revoked")
        }
        guard let time else { return entry }
        guard let valid = meant.first(where: { ($0.validAfter ?? time) <= time && time < ($0.validBefore ?? .max) })
        else {
            let isEarly = meant.contains { ($0.validAfter ?? .min) > time }
            throw BundleError(
                .expiredKey,
                "the key that signed, \(identifier), is \(isEarly ? "not valid yet" : "not valid any more")"
            )
        }
        return valid
    }

    private var identifiers: String {
        let shown = entries.prefix(4).map(\.key.identifier).joined(separator: ", ")
        return entries.count > 4 ? shown + ", …" : shown
    }
}

extension Keyring {
    /// Whether an unrevoked key of this keyring has signed another key's file.
    ///
    /// - Parameters:
    ///   - text: the other key's file.
    ///   - statement: the minisign signature of that file.
    /// - Returns: true if one has; false if the signing key is not in the keyring.
    /// - Throws: ``BundleError`` with code `malformedSignature` or `badSignature`; `expiredKey` if the signing key was
    ///   revoked.
    public func introduces(_ text: [UInt8], by statement: [UInt8]) throws(BundleError) -> Bool {
        let signature = try Signature(parsing: statement)
        let entry: Entry
        do throws(BundleError) {
            // A key may have introduced its successor before it expired, so times are ignored.
            entry = try BundleSignature.minisign(signature).signer(in: self, at: nil)
        } catch {
            guard error.code == .unknownSigner else { throw error }
            return false
        }
        guard case .minisign(let key) = entry.key else { return false }
        try signature.check(text, by: key)
        return true
    }
}
