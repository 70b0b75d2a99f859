@testable import Archive
@testable import Bundling
import Sodium

/// What must hold for bundles, and for what they are made of.
enum BundleProperties {
    static let harnesses: [Harness] = [
        Harness("tar", seeds: tars, check: checkTar),
        Harness("gzip", seeds: tars.compactMap { try? ArchiveFormat.gzippedTar.pack($0) }) { check($0, .gzippedTar) },
        Harness("zstd", seeds: tars.compactMap { try? ArchiveFormat.zstandardTar.pack($0) }) {
            check($0, .zstandardTar)
        },
        Harness("bundle", seeds: tars, check: checkBundle),
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
            _ = ComposeFile.interpolated(text, variables: ["A": "b"])
        },
    ]

    // MARK: - Checks

    private static func checkTar(_ bytes: [UInt8]) {
        // A wrong checksum would stop nearly every input at its door.
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

    /// The bytes with the right checksum in every block that looks like a header.
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
