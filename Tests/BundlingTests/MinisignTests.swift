import Bundling
import Sodium
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Keys and signatures go back and forth between Scrubjay and the stock program.
@Suite(.enabled(if: ScratchFolder.has("minisign"), "minisign is not installed, so there is nothing to compare with"))
struct MinisignTests {
    @Test(
        arguments: [
            "timestamp:1700000000\tfile:a.tar.gz\thashed\ttar:blake2b-256:00", "a comment", "Zürich → 日本",
            String(repeating: "x", count: 4000),
        ]
    )
    func ourSignatureIsTheirs(comment: String) throws {
        let folder = try ScratchFolder()
        let key = try FixedKey.secretKey()
        try folder.write(SecretKeyFile.serialized(key).exposed(), to: "key")
        for message in [[], text("a message"), [UInt8](repeating: 0xA5, count: 300_000)] {
            try folder.write(message, to: "message")
            let result = try folder.run(["minisign", "-S", "-s", "key", "-m", "message", "-t", comment])
            #expect(result.status == 0, "\(result.output)")
            let ours = try Signature(of: message, by: key, trustedComment: Comment(comment))
            #expect(try folder.read("message.minisig") == ours.serialized())
        }
    }

    @Test func theirKeyWithoutAPasswordIsRead() throws {
        let folder = try ScratchFolder()
        #expect(try folder.run(["minisign", "-G", "-W", "-p", "pub", "-s", "key"]).status == 0)
        let file = try SecretKeyFile(parsing: SecretBytes(copying: folder.read("key")))
        #expect(file.protection == nil)
        let key = try file.open()
        #expect(try key.publicKey == PublicKey(parsing: folder.read("pub")))
        // Written again, both files are theirs byte for byte; but minisign before 0.12 leaves out zeros before a key's
        // number.
        #expect(try folder.read("key") == SecretKeyFile.serialized(key).exposed())
        let number = String(describing: key.publicKey.id)
        let unpadded = Array(
            String(decoding: key.publicKey.serialized(), as: UTF8.self)
                .replacing("key \(number)\n", with: "key \(number.drop { $0 == "0" })\n").utf8
        )
        let theirs = try folder.read("pub")
        #expect(theirs == key.publicKey.serialized() || theirs == unpadded)
    }

    @Test func theirKeyWithAPasswordIsRead() throws {
        let folder = try ScratchFolder()
        // Within so little memory minisign lowers its limits, so that the test takes milliseconds and not half a
        // minute.
        let generate = "ulimit -v 60000; exec minisign -G -p pub -s key"
        let generated = try folder.run(["sh", "-c", generate], input: "correct horse\ncorrect horse\n")
        #expect(generated.status == 0, "\(generated.output)")
        let file = try SecretKeyFile(parsing: SecretBytes(copying: folder.read("key")))
        #expect(file.protection != nil)
        #expect(throws: BundleError(.passwordRequired, "")) { _ = try file.open() }
        #expect(throws: BundleError(.wrongPassword, "")) {
            _ = try file.open(password: SecretBytes(copying: text("correct hors")))
        }
        let key = try file.open(password: SecretBytes(copying: text("correct horse")))
        #expect(try key.publicKey == PublicKey(parsing: folder.read("pub")))

        try folder.write(text("a message"), to: "message")
        let sign = ["minisign", "-S", "-s", "key", "-m", "message", "-t", "comment"]
        #expect(try folder.run(sign, input: "correct horse\n").status == 0)
        let ours = try Signature(of: text("a message"), by: key, trustedComment: Comment("comment"))
        #expect(try folder.read("message.minisig") == ours.serialized())

        // Without its password the key has the other form of the checksum: the real one.
        let changed = try folder.run(["minisign", "-C", "-W", "-s", "key"], input: "correct horse\n")
        #expect(changed.status == 0, "\(changed.output)")
        let opened = try SecretKeyFile(parsing: SecretBytes(copying: folder.read("key")))
        #expect(opened.protection == nil)
        #expect(try opened.open().publicKey == key.publicKey)
        #expect(try folder.read("key") != SecretKeyFile.serialized(key).exposed())
    }

    @Test func ourKeyWithAPasswordIsReadByThem() throws {
        let folder = try ScratchFolder()
        let key = SecretKey.generate()
        let password = SecretBytes(copying: text("correct horse"))
        let protected = try SecretKeyFile.serialized(key, password: password, limits: .interactive)
        try folder.write(protected.exposed(), to: "key")
        try folder.write(key.publicKey.serialized(), to: "pub")
        try folder.write(text("a message"), to: "message")
        let sign = ["minisign", "-S", "-s", "key", "-m", "message", "-t", "comment"]
        #expect(try folder.run(sign, input: "wrong\n").status == 2)
        #expect(try folder.run(sign, input: "correct horse\n").status == 0)
        #expect(try folder.run(["minisign", "-V", "-p", "pub", "-m", "message"]).status == 0)
        let ours = try Signature(of: text("a message"), by: key, trustedComment: Comment("comment"))
        #expect(try folder.read("message.minisig") == ours.serialized())
    }

    @Test(arguments: ["demo-1.0.tar", "demo-1.0.tar.gz", "demo-1.0.tar.zst"]) func ourBundleIsAcceptedByThem(
        fileName: String
    ) throws {
        let folder = try ScratchFolder()
        let key = SecretKey.generate()
        let signed = try Sample.packed().signed(as: fileName, by: key)
        try folder.write(signed.bytes, to: fileName)
        try folder.write(signed.signature.serialized(), to: signed.signatureFileName)
        try folder.write(key.publicKey.serialized(), to: "pub")
        for flags in [["-p", "pub"], ["-H", "-P", key.publicKey.base64]] {
            let result = try folder.run(["minisign", "-V", "-m", fileName] + flags)
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains("tar:\(signed.archive.identity)"))
        }
        try folder.write(signed.bytes + [0], to: fileName)
        #expect(try folder.run(["minisign", "-V", "-m", fileName, "-p", "pub"]).status == 1)
    }

    @Test func whatTheySignByThemselvesIsNoBundle() throws {
        let folder = try ScratchFolder()
        let key = try FixedKey.secretKey()
        try folder.write(SecretKeyFile.serialized(key).exposed(), to: "key")
        let bundle = try Sample.packed()
        try folder.write(bundle.tar(), to: "demo-1.0.tar")
        let verifier = BundleVerifier(keys: [key.publicKey])
        for (flags, code) in [([], BundleError.Code.foreignComment), (["-l"], .unsupportedSignature)] {
            #expect(try folder.run(["minisign", "-S", "-s", "key", "-m", "demo-1.0.tar"] + flags).status == 0)
            let signature = try folder.read("demo-1.0.tar.minisig")
            let error = #expect(throws: BundleError.self) {
                try verifier.verify(bundle.tar(), signature: signature, fileName: "demo-1.0.tar")
            }
            #expect(error?.code == code)
        }
    }
}
