import Archive
import Bundling
import Documents
import Sodium
import Testing

/// What is attested about a bundle is compared with it.
@Suite struct BundleStatementTests {
    private let bundle: VerifiedBundle
    private let sha256: Digest
    private let provenance: Provenance
    private let cleanliness = Provenance.Cleanliness(
        ruleCount: 300,
        findingCount: 0,
        parameterCounts: [("secret", 4)],
        omittedCount: 1
    )

    init() throws {
        let signed = try Sample.packed().signed(as: Sample.fileName, by: FixedKey.secretKey())
        bundle = try Sample.verifier().verify(
            signed.bytes,
            signature: signed.signature.serialized(),
            fileName: Sample.fileName
        )
        sha256 = SHA256.hash(signed.bytes)
        provenance = Provenance(manifest: bundle.manifest, archive: signed.archive, toolVersion: "0.1.0")
    }

    private func check(_ payload: [UInt8], by key: borrowing SecretKey) throws -> BundleStatement {
        var attestation = Attestation(payload: payload)
        attestation.signatures = [Attestation.Signature(attestation.signedBytes, by: key)]
        return try BundleStatement(
            attestation,
            about: bundle,
            sha256: sha256,
            keyring: Keyring([try FixedKey.secretKey().publicKey]),
            time: nil
        )
    }

    private func check(_ text: String) throws -> BundleStatement {
        try check(Array(text.utf8), by: FixedKey.secretKey())
    }

    private func code(_ text: String) -> BundleError.Code? {
        do {
            _ = try check(text)
            return nil
        } catch {
            return (error as? BundleError)?.code
        }
    }

    @Test func whatTheSignerOfTheBundleSaysIsTaken() throws {
        let key = try FixedKey.secretKey()
        let statements = try [provenance.buildStatement(), provenance.cleanlinessStatement(cleanliness)].map {
            try check($0, by: key)
        }
        #expect(statements.map(\.predicateType) == [Provenance.buildPredicate, Provenance.cleanlinessPredicate])
        #expect(statements.allSatisfy { $0.signers.map(\.key) == [.minisign(key.publicKey)] })
    }

    @Test func whatAStrangerSaysIsNot() throws {
        let stranger = try FixedKey.strangersKey()
        #expect(throws: BundleError(.unknownSigner, "")) { try check(provenance.buildStatement(), by: stranger) }
    }

    /// Each is signed with the right key, so that only the comparison stands in the way.
    @Test func whatIsNotSoIsRefused() throws {
        let build = String(decoding: provenance.buildStatement(), as: UTF8.self)
        let clean = String(decoding: provenance.cleanlinessStatement(cleanliness), as: UTF8.self)
        #expect(code(build) == nil)
        #expect(code(clean) == nil)
        let digest = sha256.hex
        let otherDigest = String(digest.reversed())
        let changes: [(String, String, String)] = [
            (build, digest, otherDigest),
            (clean, bundle.fileDigest.hex, String(bundle.fileDigest.hex.reversed())),
            (build, #""version":"1.0""#, #""version":"1.1""#),
            (build, #""released":1700000000"#, #""released":1700000001"#),
            (build, #""name":"bin/start""#, #""name":"bin/stop""#),
            (build, "urn:scrubjay:bundle:1", "urn:scrubjay:bundle:2"),
            (build, bundle.identity.hex, String(bundle.identity.hex.reversed())),
            (clean, #""findings":0"#, #""findings":1"#),
            (clean, #""files":3"#, #""files":2"#),
        ]
        for (statement, old, new) in changes {
            #expect(statement.contains(old))
            #expect(code(statement.replacing(old, with: new)) == .attestationMismatch, "\(old) → \(new)")
        }
        #expect(code("{}") == .malformedAttestation)
        #expect(code("no JSON") == .malformedAttestation)
        let type = "https://in-toto.io/Statement/v1"
        #expect(code(clean.replacing(type, with: type.replacing("v1", with: "v0"))) == .malformedAttestation)
    }

    /// Others say other things about a bundle; what they say is not known here, and whom it is about is.
    @Test func otherPredicatesAreTakenAboutThisFileAlone() throws {
        let clean = String(decoding: provenance.cleanlinessStatement(cleanliness), as: UTF8.self)
        let other = clean.replacing(Provenance.cleanlinessPredicate, with: "https://example.com/tested/v1")
        #expect(try check(other).predicateType == "https://example.com/tested/v1")
        #expect(code(other.replacing(sha256.hex, with: String(sha256.hex.reversed()))) == .attestationMismatch)
    }
}
