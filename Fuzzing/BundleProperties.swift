@testable import Archive
@testable import Bundling
@testable import Documents
import Sodium

/// The properties of bundles and their parts.
enum BundleProperties {
    static let harnesses: [Harness] = [
        Harness("tar", seeds: tars, check: checkTar),
        Harness("gzip", seeds: tars.compactMap { try? ArchiveFormat.gzippedTar.pack($0) }) { check($0, .gzippedTar) },
        Harness("zstd", seeds: tars.compactMap { try? ArchiveFormat.zstandardTar.pack($0) }) {
            check($0, .zstandardTar)
        },
        Harness("bundle", seeds: tars, check: checkBundle),
        Harness("manifest", seeds: manifests) { bytes in
            guard let manifest = try? Manifest(parsing: bytes) else { return }
            require(manifest.serialized() == bytes, "a manifest that was read is written in other bytes")
        },
        Harness("statement", seeds: statements) { payload in
            guard let (bundle, key) = signedBundle else { return require(false, "there is no bundle to speak about") }
            // Signed with the right key, so that only the comparison can refuse it.
            var attestation = Attestation(payload: payload)
            attestation.signatures = [Attestation.Signature(attestation.signedBytes, by: key.key)]
            let statement = try? BundleStatement(
                attestation,
                about: bundle,
                sha256: (try? bundle.digest(.sha256)) ?? SHA256.hash([]),
                keyring: Keyring([key.key.publicKey]),
                time: nil
            )
            require(statement?.signers.count ?? 1 == 1, "somebody else has signed")
        },
        Harness("ssh-signature", seeds: [sshSignature].map { Array($0.utf8) }) { bytes in
            guard let signature = try? SSHSignature(parsing: bytes) else { return }
            require(signature.serialized() == bytes, "an SSH signature that was read is written in other bytes")
        },
        Harness("ssh-blob", seeds: [sshBlob]) { bytes in
            guard let signature = try? SSHSignature(blob: bytes) else { return }
            require(signature.bytes == bytes, "an SSH signature is other bytes")
            let digest = SHA512.hash(bytes)
            let isGood =
                (try? signature.check(digest: digest, namespace: signature.namespace, by: signature.publicKey)) != nil
            require(!isGood, "a signature was made up")
        },
        Harness("attestation", seeds: [attestation]) { bytes in
            guard let attestation = try? Attestation(parsing: bytes) else { return }
            let again = try? Attestation(parsing: attestation.serialized())
            require(again == attestation, "an envelope that is written is read as another")
            let signers = try? attestation.signers(in: Keyring([Keyring.Entry]()), at: nil)
            require(signers == nil, "somebody has signed")
        },
        Harness("keyring", seeds: keyrings.map { Array($0.utf8) }) { bytes in
            _ = try? Keyring(publicKey: bytes)
            _ = try? Keyring(publishedKeys: bytes)
            guard var keyring = try? Keyring(allowedSigners: bytes) else { return }
            try? keyring.apply(validity: bytes)
        },
        Harness("image", seeds: ["ghcr.io/a/b:1@sha256:00", "a", "r.test:5000/x/y"].map { Array($0.utf8) }) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let image = ContainerImage(reference: text) { _ = image.packageURL }
            _ = ComposeText.interpolated(text, variables: ["A": "b"])
        },
    ]

    // MARK: - Checks

    private static func checkTar(_ bytes: [UInt8]) {
        // A wrong checksum would cause nearly every input to be refused at once.
        let tar = withChecksums(bytes)
        for tar in [bytes, tar] {
            guard let archive = try? CanonicalArchive(parsing: tar) else { continue }
            require(archive.serialized() == tar, "an archive that was read is written in other bytes")
            for member in archive.members {
                let components = member.path.split(separator: "/", omittingEmptySubsequences: false)
                require(!components.contains("..") && !components.contains(""), "a path leads outside")
            }
        }
    }

    private static func check(_ bytes: [UInt8], _ format: ArchiveFormat) {
        guard let tar = try? format.unpack(bytes) else { return }
        guard let packed = try? format.pack(tar) else { return }
        require((try? format.unpack(packed)) == tar, "what was packed is unpacked as something else")
    }

    private static func checkBundle(_ bytes: [UInt8]) {
        let tar = withChecksums(bytes)
        let verifier = BundleVerifier(keyring: Keyring([Keyring.Entry]()))
        guard let bundle = try? verifier.inspect(ByteSource(tar), fileName: "a.tar") else { return }
        require(bundle.identity == BLAKE2b.hash(tar), "the identity is another archive's")
        let members = (try? bundle.members()) ?? []
        require(members.map(\.path) == bundle.manifest.files.map(\.path), "the manifest lists other files")
    }

    /// Returns the bytes with the right checksum in every block that looks like a header.
    private static func withChecksums(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for start in stride(from: 0, to: bytes.count - 511, by: 512)
        where bytes[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8) {
            bytes.replaceSubrange((start + 148)..<(start + 156), with: repeatElement(0x20, count: 8))
            let digits = String(bytes[start..<(start + 512)].reduce(0) { $0 + Int($1) }, radix: 8)
            let text = String(repeating: "0", count: 6 - digits.utf8.count) + digits + "\0 "
            bytes.replaceSubrange((start + 148)..<(start + 156), with: text.utf8)
        }
        return bytes
    }

    // MARK: - Seeds

    private static let tars: [[UInt8]] = {
        let long = String(repeating: "folder/", count: 30)
        let members = ["a", "b/c", "é", long + "name", long + "é"].map { Member(path: $0, bytes: Array($0.utf8)) }
        let writer = BundleWriter(bundleName: "fuzz", version: "1", released: 1_700_000_000)
        let archives = [[members[0]], Array(members[...2]), members]
        return archives.compactMap { try? CanonicalArchive(members: $0, modified: 1_700_000_000).serialized() }
            + [[members[0]], Array(members[...2])].compactMap { try? writer.pack($0).tar() }
    }()

    private static let manifests: [[UInt8]] = {
        let files = ["a", "b/c", "é \"x\""].map {
            Manifest.File(path: $0, isExecutable: $0 == "a", size: $0.utf8.count, sha256: SHA256.hash(Array($0.utf8)))
        }
        return (0...files.count).compactMap { count in
            try? Manifest(
                bundleName: "a",
                version: "1.0.0",
                released: 1_700_000_000,
                isPrivate: count == 1,
                files: Array(files[..<count])
            ).serialized()
        }
    }()

    /// A bundle, and the key that signs statements about it.
    private static let signedBundle: (VerifiedBundle, key: KeyBox)? = {
        let writer = BundleWriter(bundleName: "fuzz", version: "1", released: 1_700_000_000)
        let tar = (try? writer.pack([Member(path: "a", bytes: [])]).tar()) ?? []
        let verifier = BundleVerifier(keyring: Keyring([Keyring.Entry]()))
        return (try? verifier.inspect(ByteSource(tar), fileName: "a.tar")).map { ($0, KeyBox(key: .generate())) }
    }()

    /// A copyable box for a key, which cannot be copied.
    private final class KeyBox: Sendable {
        let key: SecretKey

        init(key: consuming SecretKey) { self.key = key }
    }

    private static let statements: [[UInt8]] = {
        guard let (bundle, key) = signedBundle,
            let archive = try? BundleWriter(bundleName: "fuzz", version: "1", released: 1_700_000_000)
                .pack([Member(path: "a", bytes: [])]).signed(as: "a.tar", by: key.key).archive
        else { return [] }
        let provenance = Provenance(manifest: bundle.manifest, archive: archive, toolVersion: "1")
        let clean = Provenance.Cleanliness(
            ruleCount: 1,
            findingCount: 0,
            parameterCounts: [("secret", 1)],
            omittedCount: 0
        )
        return [provenance.buildStatement(), provenance.cleanlinessStatement(clean)]
    }()

    private static let sshBlob: [UInt8] = {
        let point = SecretKey.generate().publicKey.verificationKey.bytes
        let key = SSHWire.encode(Array("ssh-ed25519".utf8)) + SSHWire.encode(point)
        let signature = SSHWire.encode(Array("ssh-ed25519".utf8)) + SSHWire.encode([UInt8](repeating: 7, count: 64))
        return Array("SSHSIG".utf8) + SSHWire.encode(1) + SSHWire.encode(key) + SSHWire.encode(Array("a".utf8))
            + SSHWire.encode([]) + SSHWire.encode(Array("sha512".utf8)) + SSHWire.encode(signature)
    }()

    private static let sshSignature =
        (try? SSHSignature(blob: sshBlob)).map {
            String(decoding: $0.serialized(), as: UTF8.self)
        } ?? ""

    private static let attestation: [UInt8] = {
        var attestation = Attestation(payload: Array("{}".utf8))
        attestation.signatures = [Attestation.Signature(attestation.signedBytes, by: SecretKey.generate())]
        return attestation.serialized()
    }()

    private static let keyrings: [String] = {
        let blob =
            SSHWire.encode(Array("ssh-ed25519".utf8))
            + SSHWire.encode(SecretKey.generate().publicKey.verificationKey.bytes)
        let key = "ssh-ed25519 \(Base64.encode(blob))"
        return [
            key + " jane", "jane,bob namespaces=\"scrubjay-*,!git\",valid-after=20240101 \(key)\n",
            "* valid-before=\"20300101120000Z\" \(key)\n# comment\n",
            String(decoding: SecretKey.generate().publicKey.serialized(), as: UTF8.self),
        ]
    }()
}
