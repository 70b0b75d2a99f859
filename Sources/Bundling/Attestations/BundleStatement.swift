internal import Archive
internal import Documents
public import Sodium

/// An in-toto statement about a bundle, checked against the bundle, with known signers.
public struct BundleStatement: Sendable {
    /// The predicate: how the bundle was built, how clean it is, or another one.
    public let predicateType: String
    /// The accepted keys that signed it.
    public let signers: [Keyring.Entry]

    /// Checks the statement of an attestation against a verified bundle.
    ///
    /// Unknown members are ignored, because the formats of SLSA and in-toto evolve.
    ///
    /// - Parameters:
    ///   - attestation: the envelope.
    ///   - bundle: the bundle.
    ///   - sha256: the SHA-256 of the bundle's file.
    ///   - keyring: the accepted keys.
    ///   - time: the time at which the keys must be valid, in seconds since 1970; nil to ignore times.
    /// - Throws: ``BundleError`` with code `unknownSigner`, `expiredKey`, `badSignature` or `malformedAttestation`;
    ///   `attestationMismatch` if it is about another file or contradicts this one.
    public init(
        _ attestation: Attestation,
        about bundle: VerifiedBundle,
        sha256: Digest,
        keyring: Keyring,
        time: Int64?
    ) throws(BundleError) {
        // The signature covers exactly these bytes, which are not parsed before it is checked.
        signers = try attestation.signers(in: keyring, at: time)
        let statement: JSONValue
        do throws(DocumentError) {
            statement = try JSONValue(parsingForeign: attestation.payload)
            guard statement["_type"] == .string(Provenance.statementType) else {
                throw DocumentError(.malformed, "this is not an in-toto statement, version 1")
            }
            predicateType = try (statement["predicateType"] ?? .null).string(of: "the type of a predicate")
        } catch {
            throw BundleError(.malformedAttestation, error.message)
        }
        guard Self.isMeant(statement["subject"], digests: [("sha256", sha256), ("blake2b", bundle.fileDigest)]) else {
            throw BundleError(.attestationMismatch, at: predicateType, "the statement is about another file")
        }
        for claim in Self.claims(of: predicateType, about: bundle) {
            var value = statement["predicate"]
            for name in claim.of { value = value?[name] }
            guard value == claim.is else {
                throw BundleError(
                    .attestationMismatch,
                    at: predicateType,
                    "the statement's '\(claim.of.joined(separator: "."))' does not match the bundle"
                )
            }
        }
    }

    /// Returns the members that a predicate about a bundle must have, and their values.
    private static func claims(
        of predicateType: String,
        about bundle: VerifiedBundle
    ) -> [(of: [String], is: JSONValue)] {
        let manifest = bundle.manifest
        switch predicateType {
        case Provenance.buildPredicate:
            let parameters = ["buildDefinition", "externalParameters"]
            return [
                (["buildDefinition", "buildType"], .string(Provenance.buildType)),
                (parameters + ["name"], .string(manifest.bundleName)),
                (parameters + ["version"], .string(manifest.version)),
                (parameters + ["released"], .integer(Int(manifest.released))),
                (parameters + ["fileName"], .string(bundle.fileName)),
                (["buildDefinition", "resolvedDependencies"], Provenance.dependencies(of: manifest)),
                (["runDetails", "metadata", "invocationId"], .string(bundle.identity.description)),
            ]
        case Provenance.cleanlinessPredicate:
            return [
                (["findings"], 0),
                (["scanned", "files"], .integer(manifest.files.count)),
                (["scanned", "bytes"], .integer(manifest.files.reduce(0) { $0 + $1.size })),
            ]
        default: return []
        }
    }

    /// Whether a subject has the file's digests: at least one, and each of a known algorithm must match.
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
