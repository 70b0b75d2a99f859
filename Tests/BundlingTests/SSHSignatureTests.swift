import Archive
import Bundling
import Foundation
import Sodium
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// SSH signatures go back and forth between Scrubjay and OpenSSH, and every other thing is refused.
@Suite(
    .enabled(if: ScratchFolder.has("ssh-keygen"), "ssh-keygen is not installed, so there is nothing to compare with")
)
struct SSHSignatureTests {
    private static let namespace = SSHSignature.bundleNamespace

    private func digest(_ message: [UInt8], _ algorithm: Digest.Algorithm = .sha512) -> Digest {
        algorithm == .sha256 ? SHA256.hash(message) : SHA512.hash(message)
    }

    /// A key pair in a folder, and the signature of a message.
    private func signed(
        _ folder: borrowing ScratchFolder,
        kind: String = "ed25519",
        hash: String = "sha512",
        message: [UInt8] = text("a message")
    ) throws -> [UInt8] {
        let generated = try folder.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "jane@wren.test", "-f", "key"])
        #expect(generated.status == 0, "\(generated.output)")
        try folder.write(message, to: "message")
        let command = [
            "ssh-keygen", "-Y", "sign", "-q", "-f", "key", "-n", Self.namespace, "-O", "hashalg=\(hash)", "message",
        ]
        let run = try folder.run(command)
        #expect(run.status == 0, "\(run.output)")
        return try folder.read("message.sig")
    }

    @Test(arguments: ["sha256", "sha512"]) func theirSignatureIsAccepted(hash: String) throws {
        let folder = try ScratchFolder()
        let bytes = try signed(folder, hash: hash)
        let signature = try SSHSignature(parsing: bytes)
        #expect(signature.serialized() == bytes)
        #expect(signature.algorithm.rawValue == hash)
        let keyring = try Keyring(publicKey: folder.read("key.pub"))
        guard case .ssh(let key)? = keyring.entries.first?.key else {
            Issue.record("no key")
            return
        }
        #expect(keyring.entries.first?.name == "jane@wren.test")
        let shown = try folder.run(["ssh-keygen", "-l", "-f", "key.pub"]).output
        #expect(shown.contains(key.fingerprint))
        try signature.check(digest: digest(text("a message"), signature.algorithm), namespace: Self.namespace, by: key)
        let other = digest(text("another message"), signature.algorithm)
        #expect(throws: BundleError(.badSignature, "")) {
            try signature.check(digest: other, namespace: Self.namespace, by: key)
        }
        #expect(throws: BundleError(.badSignature, "")) {
            try signature.check(digest: digest(text("a message"), signature.algorithm), namespace: "file", by: key)
        }
    }

    @Test func everyChangedBitAndEveryTruncationIsRefused() throws {
        let folder = try ScratchFolder()
        let bytes = try signed(folder)
        let good = try SSHSignature(parsing: bytes)
        let digest = digest(text("a message"))
        for position in 0..<(8 * bytes.count) {
            var changed = bytes
            changed[position / 8] ^= 1 << (position % 8)
            #expect(throws: BundleError.self, "bit \(position)") {
                try SSHSignature(parsing: changed).check(digest: digest, namespace: Self.namespace, by: good.publicKey)
            }
        }
        for count in bytes.indices {
            #expect(throws: BundleError(.malformedSignature, "")) { try SSHSignature(parsing: Array(bytes[..<count])) }
        }
        for change in [
            bytes + text("\n"), text("\n") + bytes,
            Array(String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r\n").utf8),
        ] {
            #expect(throws: BundleError(.malformedSignature, "")) { try SSHSignature(parsing: change) }
        }
    }

    @Test(arguments: ["rsa", "ecdsa"]) func keysThatCannotBeCheckedAreNamed(kind: String) throws {
        let folder = try ScratchFolder()
        let signature = try SSHSignature(parsing: signed(folder, kind: kind))
        let keyring = try Keyring(publicKey: folder.read("key.pub"))
        let packed = try Sample.packed()
        let error = #expect(throws: BundleError.self) {
            try signature.check(digest: digest(text("a message")), namespace: Self.namespace, by: signature.publicKey)
        }
        #expect(error?.code == .unsupportedSignature)
        #expect(error?.message.contains("ssh-keygen -Y verify") == true)
        let verifier = BundleVerifier(keyring: keyring)
        #expect(throws: BundleError(.unsupportedSignature, "")) {
            try verifier.verify(packed.tar(), signature: signature.serialized(), fileName: "demo.tar")
        }
    }

    @Test func aBundleIsVerifiedWithoutMinisign() throws {
        let folder = try ScratchFolder()
        let tar = try Sample.packed().tar()
        let signature = try signed(folder, message: tar)
        let lists = try [
            Keyring(publicKey: folder.read("key.pub")),
            Keyring(publishedKeys: folder.read("key.pub"), name: "jane"),
            Keyring(allowedSigners: text("jane@wren.test namespaces=\"scrubjay-*,git\" ") + folder.read("key.pub")),
            Keyring(allowedSigners: text("# a list\n\njane,bob valid-before=\"20300101\" ") + folder.read("key.pub")),
        ]
        for keyring in lists {
            let found = try BundleVerifier(keyring: keyring).verify(tar, signature: signature, fileName: "demo-1.0.tar")
            #expect(found.statement == nil)
            #expect(found.identity == BLAKE2b.hash(tar))
            #expect(found.signers.count == 1)
        }
        let stranger = try Keyring(allowedSigners: text("jane namespaces=\"git,file\" ") + folder.read("key.pub"))
        #expect(throws: BundleError(.unknownSigner, "")) {
            try BundleVerifier(keyring: stranger).verify(tar, signature: signature, fileName: "demo-1.0.tar")
        }
    }

    @Test func keysHaveTheirTime() throws {
        let folder = try ScratchFolder()
        let tar = try Sample.packed().tar()
        let signature = try signed(folder, message: tar)
        let line = try text("jane valid-after=20240101,valid-before=20250101120000Z ") + folder.read("key.pub")
        var verifier = BundleVerifier(keyring: try Keyring(allowedSigners: line))
        let times: [(Int64, BundleError.Code?)] = [
            (1_704_067_199, .expiredKey), (1_704_067_200, nil), (1_735_732_799, nil), (1_735_732_800, .expiredKey),
        ]
        for (time, code) in times {
            verifier.time = time
            do {
                _ = try verifier.verify(tar, signature: signature, fileName: "demo.tar")
                #expect(code == nil, "\(time)")
            } catch {
                #expect(error.code == code, "\(time)")
            }
        }
        verifier.time = 1_720_000_000
        verifier.keyring.entries[0].isRevoked = true
        #expect(throws: BundleError(.expiredKey, "")) {
            try verifier.verify(tar, signature: signature, fileName: "demo.tar")
        }
    }

    @Test func ofSeveralSignersSomeMustHaveSigned() throws {
        let folder = try ScratchFolder()
        let signed = try Sample.packed().signed(as: "demo-1.0.tar", by: FixedKey.secretKey())
        let ssh = try self.signed(folder, message: signed.bytes)
        let minisign = signed.signature.serialized()
        let own = Keyring.Entry(.minisign(try FixedKey.secretKey().publicKey))
        var verifier = BundleVerifier(keyring: try Keyring([own] + Keyring(publicKey: folder.read("key.pub")).entries))
        verifier.threshold = 2
        let file = ByteSource(signed.bytes)
        let found = try verifier.verify(file, signatures: [minisign, ssh], fileName: "demo-1.0.tar")
        #expect(found.signers.count == 2)
        #expect(found.statement != nil)
        // The same signer twice is one.
        for signatures in [[minisign], [ssh], [ssh, ssh], [minisign, minisign]] {
            #expect(throws: BundleError(.tooFewSigners, "")) {
                try verifier.verify(file, signatures: signatures, fileName: "demo-1.0.tar")
            }
        }
        // A signature by a stranger does no harm, and does not count.
        let stranger = try Sample.packed().signed(as: "demo-1.0.tar", by: FixedKey.strangersKey())
        let three = [stranger.signature.serialized(), minisign, ssh]
        #expect(try verifier.verify(file, signatures: three, fileName: "demo-1.0.tar").signers.count == 2)
        verifier.threshold = 3
        #expect(throws: BundleError(.tooFewSigners, "")) {
            try verifier.verify(file, signatures: three, fileName: "demo-1.0.tar")
        }
    }

    @Test func namespacesArePatterns() throws {
        let folder = try ScratchFolder()
        _ = try signed(folder)
        let key = String(decoding: try folder.read("key.pub"), as: UTF8.self)
        let patterns: [(String, Bool)] = [
            ("*", true), ("scrubjay-bundle", true), ("scrubjay-*", true), ("*-bundle", true), ("s*j*-b?ndle", true),
            ("git,scrubjay-bundle", true), ("scrubjay-bundle?", false), ("scrubjay", false), ("*,!scrubjay-*", false),
            ("!scrubjay-*,*", false), ("s**bundle", true), ("?*", true),
            // Found by fuzzing: this took longer than anybody waits.
            (String(repeating: "*?", count: 4000) + "x", false), (String(repeating: "*b", count: 500), false),
        ]
        for (pattern, isMeant) in patterns {
            let keyring = try Keyring(allowedSigners: text("jane namespaces=\"\(pattern)\" \(key)"))
            #expect(keyring.entries.isEmpty == !isMeant, "\(pattern)")
        }
    }

    @Test func listsThatAreUnderstoodInPartAreRefused() throws {
        let folder = try ScratchFolder()
        _ = try signed(folder)
        let key = String(decoding: try folder.read("key.pub"), as: UTF8.self)
        let lines = [
            "jane cert-authority \(key)", "jane verify-required \(key)", "jane valid-after=2024 \(key)",
            "jane valid-after=20241301 \(key)", "jane namespaces=\"git \(key)", "jane", "jane ssh-ed25519",
        ]
        for line in lines {
            #expect(throws: BundleError.self, "\(line)") { try Keyring(allowedSigners: text(line)) }
        }
        for bad in [
            "", "# nothing\n", "ssh-ed25519\n", "ssh-ed25519 AAAA\n", key.replacing("ssh-ed25519", with: "ssh-rsa"),
        ] {
            #expect(throws: BundleError(.malformedPublicKey, "")) { try Keyring(publishedKeys: text(bad)) }
        }
    }
}
