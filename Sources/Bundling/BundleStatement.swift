internal import Archive
internal import Documents
public import Sodium

/// A statement of in-toto about a bundle, whose signers are known and that says nothing else than the bundle does.
public struct BundleStatement: Sendable {
    /// What it is about: how the bundle was built, how clean it is, or something that only others know.
    public let predicateType: String
    /// The accepted keys that signed it.
    public let signers: [Keyring.Entry]

    /// Compares what an attestation states with a bundle that was verified.
    ///
    /// Members that are not looked at may be there: the formats of SLSA and in-toto grow.
    ///
    /// - Parameters:
    ///   - attestation: the envelope.
    ///   - bundle: the bundle.
    ///   - sha256: the SHA-256 of the bundle's file.
    ///   - keyring: the keys that are accepted.
    ///   - time: the time at which they must be valid, in seconds since 1970; nil does not look at times.
    /// - Throws: ``BundleError`` with code `unknownSigner`, `expiredKey`, `badSignature` or `malformedAttestation`;
    ///   `attestationMismatch` where it is about another file, or says something about it that is not so.
    public init(
        _ attestation: Attestation,
        about bundle: VerifiedBundle,
        sha256: Digest,
        keyring: Keyring,
        time: Int64?
    ) throws(BundleError) {
        // The signature is over these very bytes, and nothing parses them before it was checked.
        signers = try attestation.signers(in: keyring, at: time)
        let statement: JSONValue
        do throws(DocumentError) {
            statement = try JSONValue(parsingForeign: attestation.payload)
            guard statement["_type"] == .string(Provenance.statementType) else {
                throw DocumentError(.malformed, "the statement is not one of in-toto, version 1")
            }
            predicateType = try (statement["predicateType"] ?? .null).string(of: "the type of a predicate")
        } catch {
            throw BundleError(.malformedAttestation, error.message)
        }
        guard Self.isMeant(statement["subject"], digests: [("sha256", sha256), ("blake2b", bundle.fileDigest)]) else {
            throw BundleError(.attestationMismatch, at: predicateType, "the statement is about another file")
        }
        let manifest = bundle.manifest
        let claims: [(of: [String], is: JSONValue)] =
            switch predicateType {
            case Provenance.buildPredicate:
                [
                    (["buildDefinition", "buildType"], .string(Provenance.buildType)),
                    (["buildDefinition", "externalParameters", "name"], .string(manifest.bundleName)),
                    (["buildDefinition", "externalParameters", "version"], .string(manifest.version)),
                    (["buildDefinition", "externalParameters", "released"], .integer(Int(manifest.released))),
                    (["buildDefinition", "externalParameters", "fileName"], .string(bundle.fileName)),
                    (["buildDefinition", "resolvedDependencies"], Provenance.dependencies(of: manifest)),
                    (["runDetails", "metadata", "invocationId"], .string(bundle.identity.description)),
                ]
            case Provenance.cleanlinessPredicate:
                [
                    (["findings"], 0),
                    (["scanned", "files"], .integer(manifest.files.count)),
                    (["scanned", "bytes"], .integer(manifest.files.reduce(0) { $0 + $1.size })),
                ]
            default: []
            }
        for claim in claims {
            var value = statement["predicate"]
            for name in claim.of { value = value?[name] }
            guard value == claim.is else {
                throw BundleError(
                    .attestationMismatch,
                    at: predicateType,
                    "the statement's '\(claim.of.joined(separator: "."))' is not that of the bundle"
                )
            }
        }
    }

    /// Whether a subject has the digests of the file: all of those that are known here, and at least one.
    private static func isMeant(_ subjects: JSONValue?, digests: [(name: String, digest: Digest)]) -> Bool {
        guard case .array(let subjects)? = subjects else { return false }
        return subjects.contains { subject in
            let named = digests.compactMap { name, digest in
                subject["digest"]?[name].map { $0 == .string(digest.hex) }
            }
            return !named.isEmpty && named.allSatisfy(\.self)
        }
    }
}
