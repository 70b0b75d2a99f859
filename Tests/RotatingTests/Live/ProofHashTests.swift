import Sodium
import Testing

@testable import Rotating

/// The vectors of the specifications.
@Suite struct ProofHashTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
        ),
    ])
    func sha1(text: String, digest: String) {
        #expect(hex(ProofHash.sha1.hash(Array(text.utf8))) == digest)
    }

    @Test(arguments: [
        ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a"
        ),
    ])
    func md5(text: String, digest: String) {
        #expect(hex(MD5.hash(Array(text.utf8))) == digest)
    }

    /// Every length around the ends of blocks gives what one longer message gives with the same bytes.
    @Test func padsEveryLength() {
        #expect(
            hex(ProofHash.sha1.hash([UInt8](repeating: 0x61, count: 55))) == "c1c8bbdc22796e28c0e15163d20899b65621d65a"
        )
        #expect(
            hex(ProofHash.sha1.hash([UInt8](repeating: 0x61, count: 56))) == "c2db330f6083854c99d4b5bfb6e8f29f201be699"
        )
        #expect(
            hex(ProofHash.sha1.hash([UInt8](repeating: 0x61, count: 64))) == "0098ba824b5c16427bd7a1122a5a442a25ec644d"
        )
    }

    /// RFC 2202 section 3, test cases 1, 2 and 6.
    @Test func authenticationCode() {
        let hash = ProofHash.sha1
        #expect(
            hex(hash.authenticationCode(of: Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20)))
                == "b617318655057264e28bc0b6fb378c8ef146be00"
        )
        #expect(
            hex(hash.authenticationCode(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
                == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        )
        let long = Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
        #expect(
            hex(hash.authenticationCode(of: long, key: [UInt8](repeating: 0xAA, count: 80)))
                == "aa4ae5e15272d00e95705637ce8a3b55ed402112"
        )
    }

    /// RFC 6070.
    @Test(arguments: [
        (1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"), (2, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
        (4096, "4b007901b765489abead49d926f721d065a429c1"),
    ])
    func derivedKey(iterations: Int, key: String) {
        let derived = ProofHash.sha1.derivedKey(
            from: Array("password".utf8),
            salt: Array("salt".utf8),
            iterations: iterations
        )
        #expect(hex(derived) == key)
    }

    /// The examples of RFC 5802 section 5 and RFC 7677 section 3.
    @Test func scram() throws {
        let first = SCRAM(.sha1, user: "user", nonce: "fyko+d2lbbFgONRv9qkxdawL")
        #expect(String(decoding: first.first, as: UTF8.self) == "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL")
        let challenge = "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"
        let answer = try #require(first.answer(Array(challenge.utf8), password: Array("pencil".utf8)))
        #expect(
            String(decoding: answer.message, as: UTF8.self)
                == "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="
        )
        #expect(String(decoding: answer.serverFinal, as: UTF8.self) == "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")

        let second = SCRAM(.sha256, user: "user", nonce: "rOprNGfwEbeRWgbNEkqO")
        let longer =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
        let other = try #require(second.answer(Array(longer.utf8), password: Array("pencil".utf8)))
        #expect(
            String(decoding: other.message, as: UTF8.self).hasSuffix(",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
        )
        #expect(String(decoding: other.serverFinal, as: UTF8.self) == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
    }

    @Test(arguments: [
        "", "r=other,s=QSXCR+Q6sek8bf92,i=4096", "r=nonce1,s=???,i=1", "r=nonce1,s=QQ==,i=0", "r=nonce1,i=9",
    ])
    func aChallengeThatIsNoneIsNotAnswered(challenge: String) {
        let client = SCRAM(.sha1, user: "a", nonce: "nonce")
        #expect(client.answer(Array(challenge.utf8), password: [])?.message == nil)
    }

    /// RFC 5769 section 2.4: a request with a long-term credential.
    @Test func stun() throws {
        let text =
            "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c"
            + "662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
            + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666"
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
        }
        let message = try #require(STUNMessage(bytes))
        #expect(message.value(of: .realm) == Array("example.org".utf8))
        #expect(message.value(of: .nonce) == Array("f//499k954d6OL34oL9FSTvy64sA".utf8))
        let user = Array("\u{30DE}\u{30C8}\u{30EA}\u{30C3}\u{30AF}\u{30B9}".utf8)
        #expect(message.value(of: .userName) == user)
        let key = MD5.hash(user + Array(":example.org:TheMatrIX".utf8))
        var request = STUNMessage(1, transaction: Array(bytes[8..<20]))
        request.add(.userName, user)
        request.add(.nonce, Array("f//499k954d6OL34oL9FSTvy64sA".utf8))
        request.add(.realm, Array("example.org".utf8))
        #expect(request.bytes(provedWith: key) == bytes)
    }
}
