import Sodium
import TestKit
import Testing

@Suite struct HashTests {
    // The values are those of Python's hashlib, and for "abc" of RFC 7693 and FIPS 180-4.

    @Test func hashesWithBLAKE2b() {
        #expect(
            BLAKE2b.hash(Array("abc".utf8)).description
                == "blake2b-256:bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"
        )
        #expect(
            BLAKE2b.hash(Array("abc".utf8), .bytes64).hex
                == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
        )
    }

    @Test func hashesWithSHA256() {
        #expect(
            SHA256.hash(Array("abc".utf8)).description
                == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(
            SHA256.hash([UInt8]()).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
    }

    @Test func authenticatesWithAKey() throws {
        let key = SecretBytes(copying: Array(0..<32))
        let code = try BLAKE2b.authenticate(Array("abc".utf8), key: key)
        #expect(Hex.encode(code) == "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f")
        #expect(throws: SodiumError(.wrongLength, "")) {
            try BLAKE2b.authenticate([UInt8](), key: SecretBytes(count: 15))
        }
        #expect(throws: SodiumError(.wrongLength, "")) {
            try BLAKE2b.authenticate([UInt8](), key: SecretBytes(count: 65))
        }
    }

    @Test(arguments: 0..<20) func piecesHashLikeTheWhole(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...1000, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        var blake2b = BLAKE2b(.bytes64)
        var sha256 = SHA256()
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(Int.random(in: 0...200, using: &generator)))
            blake2b.update(piece)
            sha256.update(piece)
            rest = rest.dropFirst(piece.count)
        }
        #expect(blake2b.finalize() == BLAKE2b.hash(bytes, .bytes64))
        #expect(sha256.finalize() == SHA256.hash(bytes))
    }

    @Test func digestsAreReadAsTheyAreWritten() {
        let digest = BLAKE2b.hash([1, 2, 3])
        #expect(Digest(digest.description) == digest)
        #expect(Digest(digest.description.uppercased()) == nil)
        #expect(Digest("blake2b-256:" + digest.hex.uppercased()) == nil)
        #expect(Digest("md5:" + digest.hex) == nil)
        #expect(Digest("blake2b-512:" + digest.hex) == nil)
        #expect(Digest(digest.description + "0") == nil)
        #expect(Digest(digest.hex) == nil)
        #expect(Digest(.sha256, bytes: [1, 2, 3]) == nil)
    }
}
