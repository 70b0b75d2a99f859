import Bundling
import Sodium
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct KeyTests {
    private let password = "correct horse"

    /// Opens the text of a key file, and gives the public key of what it holds.
    private func open(_ text: [UInt8], password: String? = nil) throws -> PublicKey {
        let file = try SecretKeyFile(parsing: SecretBytes(copying: text))
        guard let password else { return try file.open().publicKey }
        return try file.open(password: SecretBytes(copying: Array(password.utf8))).publicKey
    }

    @Test func publicKeysAreReadInBothForms() throws {
        let key = try PublicKey(parsing: text(FixedKey.publicKeyText))
        #expect(key.id.description == "1807F6E5D4C3B2A1")
        #expect(try PublicKey(parsing: text(key.base64)) == key)
        #expect(try PublicKey(parsing: text(key.base64 + "\n")) == key)
        #expect(try PublicKey(parsing: text(FixedKey.publicKeyText.replacing("\n", with: "\r\n"))) == key)
        #expect(KeyID(1).description == "0000000000000001")
    }

    @Test func otherTextsAreNoPublicKeys() throws {
        let key = try PublicKey(parsing: text(FixedKey.publicKeyText))
        let bad = [
            "", "\n", "untrusted comment: x\n", key.base64 + "\n" + key.base64, String(key.base64.dropLast(4)),
            key.base64.replacing("RW", with: "RU"), " " + key.base64, FixedKey.publicKeyText + "\n",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== me",
        ]
        for text in bad {
            #expect(throws: BundleError(.malformedPublicKey, "")) { try PublicKey(parsing: Array(text.utf8)) }
        }
        // The neutral element of the curve: every signature with it would be accepted by a careless verifier.
        let weak = text("Ed") + [UInt8](repeating: 0, count: 8) + [1] + [UInt8](repeating: 0, count: 31)
        #expect(throws: BundleError(.malformedPublicKey, "")) {
            try PublicKey(parsing: text(Base64.encode(weak)))
        }
    }

    @Test func secretKeysAreReadAsTheyAreWritten() throws {
        let key = try FixedKey.secretKey()
        #expect(try open(SecretKeyFile.serialized(key).exposed()) == key.publicKey)
        let protected = try SecretKeyFile.serialized(
            key,
            password: SecretBytes(copying: text(password)),
            limits: .interactive
        )
        #expect(try open(protected.exposed(), password: password) == key.publicKey)
        #expect(throws: BundleError(.passwordRequired, "")) { try open(protected.exposed()) }
        #expect(throws: BundleError(.wrongPassword, "")) { try open(protected.exposed(), password: "") }
    }

    @Test func theSaltDecidesTheBytes() throws {
        let key = try FixedKey.secretKey()
        let zeros = RandomSource { _ in }
        let texts = try (0..<2).map { _ in
            try SecretKeyFile.serialized(
                key,
                password: SecretBytes(copying: text(password)),
                limits: .interactive,
                salt: zeros
            ).exposed()
        }
        #expect(texts[0] == texts[1])
    }

    @Test func damagedSecretKeysAreRefused() throws {
        let key = try FixedKey.secretKey()
        let plain = String(decoding: SecretKeyFile.serialized(key).exposed(), as: UTF8.self)
        let line = try #require(plain.split(separator: "\n").last)
        let bad = [
            "", "\n", "untrusted comment: x", "untrusted comment: x\n", String(line), plain + plain,
            plain.replacing("untrusted", with: "trusted"), plain.replacing("RWQAAEIy", with: "RWQAAEIz"),
            plain.replacing("RWQAAEIy", with: "RWRBckIy"), plain.replacing("RWQ", with: "RUQ"),
            String(plain.dropLast(8)) + "\n",
        ]
        for text in bad {
            #expect(throws: BundleError(.malformedSecretKey, "")) { try open(Array(text.utf8)) }
        }
        // One changed bit in the stored public half, and one in a checksum that is there.
        var fields = try Base64.decode(Array(line.utf8))
        fields[100] ^= 1
        let changed = "untrusted comment: x\n\(Base64.encode(fields))\n"
        #expect(throws: BundleError(.malformedSecretKey, "")) { try open(Array(changed.utf8)) }
        fields[100] ^= 1
        fields[157] ^= 1
        let wrongChecksum = "untrusted comment: x\n\(Base64.encode(fields))\n"
        #expect(throws: BundleError(.malformedSecretKey, "")) { try open(Array(wrongChecksum.utf8)) }
    }

    @Test func aFileThatAsksForAllMemoryIsRefused() throws {
        let key = try FixedKey.secretKey()
        let protected = try SecretKeyFile.serialized(
            key,
            password: SecretBytes(copying: text(password)),
            limits: .interactive
        ).exposed()
        let line = try #require(protected.split(separator: 0x0A).last)
        var fields = try Base64.decode(Array(line))
        fields[53] = 0x7F
        let greedy = "untrusted comment: x\n\(Base64.encode(fields))\n"
        #expect(throws: BundleError(.derivationFailed, "")) { try open(Array(greedy.utf8), password: password) }
    }

    @Test func freshKeysDiffer() {
        let first = SecretKey.generate().publicKey
        let second = SecretKey.generate().publicKey
        #expect(first.id != second.id)
        #expect(first.verificationKey != second.verificationKey)
    }

    @Test func errorsAreEqualByTheirCodes() {
        #expect(BundleError(.badSignature, "one") == BundleError(.badSignature, at: "place", "another"))
        #expect(BundleError(.badSignature, "one") != BundleError(.unknownSigner, "one"))
        #expect("\(BundleError(.badSignature, at: "a\u{1B}b", "is bad"))" == "a\\x1bb: is bad")
    }
}
