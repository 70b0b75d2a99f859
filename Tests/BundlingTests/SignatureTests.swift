import Bundling
import Sodium
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct SignatureTests {
    @Test func isTheOneThatMinisignMade() throws {
        let key = try FixedKey.secretKey()
        #expect(key.publicKey.serialized() == text(FixedKey.publicKeyText))
        let signature = try Signature(
            of: text(FixedKey.message),
            by: key,
            trustedComment: Comment("a trusted comment")
        )
        #expect(signature.serialized() == text(FixedKey.signatureText))
        let read = try Signature(parsing: text(FixedKey.signatureText))
        #expect(read == signature)
        #expect(read.keyID.description == "1807F6E5D4C3B2A1")
        #expect(read.trustedComment.escaped == "a trusted comment")
        try read.check(text(FixedKey.message), by: PublicKey(parsing: text(FixedKey.publicKeyText)))
    }

    @Test func otherBytesAndOtherKeysAreRefused() throws {
        let signature = try Signature(parsing: text(FixedKey.signatureText))
        let key = try FixedKey.secretKey().publicKey
        #expect(throws: BundleError(.badSignature, "")) { try signature.check(text("another message"), by: key) }
        let stranger = try FixedKey.strangersKey().publicKey
        #expect(throws: BundleError(.unknownSigner, "")) { try signature.check(text(FixedKey.message), by: stranger) }
        // A stranger's key under the same key id.
        let impostor = PublicKey(id: key.id, verificationKey: stranger.verificationKey)
        #expect(throws: BundleError(.badSignature, "")) { try signature.check(text(FixedKey.message), by: impostor) }
    }

    @Test func everyChangedByteOfTheFileIsRefused() throws {
        let original = text(FixedKey.signatureText)
        let key = try FixedKey.secretKey().publicKey
        let comment = 19..<53
        #expect(String(decoding: original[comment], as: UTF8.self) == "signature from minisign secret key")
        for position in original.indices {
            for bit in [0x01, 0x02, 0x10, 0x20, 0x80] as [UInt8] {
                var changed = original
                changed[position] ^= bit
                let error = refusal { try Signature(parsing: changed).check(text(FixedKey.message), by: key) }
                // Nothing protects the untrusted comment, which is why it is called so.
                #expect((error == nil) == comment.contains(position), "byte \(position), bit \(bit)")
                #expect(error?.isRefusal ?? true)
            }
        }
        for count in original.indices {
            let error = refusal {
                try Signature(parsing: Array(original[..<count])).check(text(FixedKey.message), by: key)
            }
            #expect(error?.code == .malformedSignature, "\(count) bytes")
        }
    }

    private func refusal(_ body: () throws -> Void) -> BundleError? {
        do {
            try body()
            return nil
        } catch {
            return error as? BundleError
        }
    }

    @Test func theLegacyFormIsRefusedWithItsName() throws {
        let error = #expect(throws: BundleError.self) { try Signature(parsing: text(FixedKey.legacySignatureText)) }
        #expect(error?.code == .unsupportedSignature)
        #expect(error?.message.contains("legacy") == true)
    }

    @Test func otherTextsAreNoSignatures() {
        let good = FixedKey.signatureText
        let bad = [
            "", "\n\n\n\n", String(good.dropLast()), good + "\n", good + "more\n", "\n" + good, "\u{FEFF}" + good,
            good.replacing("\n", with: "\r\n"), good.replacing("trusted comment: a", with: "Trusted comment: a"),
            good.replacing("==\n", with: "=\n"), good.replacing("==\n", with: "== \n"),
            good.replacing("a trusted comment", with: String(repeating: "x", count: 8200)),
            good.replacing("signature from", with: String(repeating: "x", count: 1024)),
            String(repeating: "x", count: 20_000),
        ]
        for text in bad {
            #expect(throws: BundleError(.malformedSignature, "")) { try Signature(parsing: Array(text.utf8)) }
        }
    }

    @Test func commentsAreShownEscaped() throws {
        let hostile = FixedKey.signatureText.replacing("signature from", with: "\u{1B}[2J\u{9B}1m\u{202E}")
        let signature = try Signature(parsing: text(hostile))
        #expect(signature.untrustedComment.escaped == "\\x1b[2J\\u{9b}1m\\u{202e} minisign secret key")
        #expect("\(signature.untrustedComment)" == signature.untrustedComment.escaped)
    }

    @Test(arguments: ["a\nb", "a\rb", "a\u{1B}b", "a\u{0}b", "a\u{7F}", "a\u{9B}"])
    func commentsWithControlCharactersAreNotWritten(comment: String) {
        #expect(throws: BundleError(.invalidContents, "")) { try Comment(comment) }
    }

    @Test func commentsThatMinisignCannotReadAreNotWritten() throws {
        let key = try FixedKey.secretKey()
        #expect(throws: BundleError(.invalidContents, "")) {
            try Signature(of: [], by: key, trustedComment: Comment(String(repeating: "x", count: 8174)))
        }
        let longest = try Signature(of: [], by: key, trustedComment: Comment(String(repeating: "x", count: 8173)))
        #expect(try Signature(parsing: longest.serialized()) == longest)
    }
}

@Suite struct TrustedCommentTests {
    @Test func isReadAsItIsWritten() throws {
        let statement = TrustedComment(timestamp: 1_700_000_000, fileName: "a.tar.gz", identity: BLAKE2b.hash([1]))
        let comment = try statement.comment()
        #expect(comment.bytes.starts(with: text("timestamp:1700000000\tfile:a.tar.gz\thashed\ttar:blake2b-256:")))
        #expect(try TrustedComment(parsing: comment) == statement)
    }

    @Test func otherSpellingsAreForeign() throws {
        let digest = BLAKE2b.hash([1])
        let sha = SHA256.hash([1])
        let comments = [
            "", "timestamp:1\tfile:a\thashed", "timestamp:01\tfile:a\thashed\ttar:\(digest)",
            "timestamp:+1\tfile:a\thashed\ttar:\(digest)", "timestamp:1\tfile:a\thashed\ttar:\(sha)",
            "timestamp:1\tfile:a\tHashed\ttar:\(digest)", "timestamp:1\tfile:a\thashed\ttar:\(digest)\t",
            "file:a\ttimestamp:1\thashed\ttar:\(digest)", "timestamp:1\tfile:a\thashed\ttar:\(digest)\tmore",
            "timestamp:1\tfile:a\thashed\ttar:\("\(digest)".uppercased())",
        ]
        for comment in comments {
            #expect(throws: BundleError(.foreignComment, "")) { try TrustedComment(parsing: Comment(comment)) }
        }
    }
}
