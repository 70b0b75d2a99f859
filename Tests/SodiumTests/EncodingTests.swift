import Sodium
import Testing

@Suite struct EncodingTests {
    /// libsodium 1.0.18 by itself takes 0xAF for a slash.
    @Test(arguments: 0x80...0xFF as ClosedRange<UInt8>) func nothingButASCIIIsBase64(byte: UInt8) {
        #expect(throws: SodiumError(.malformedBase64, "")) { try Base64.decode([0x41, 0x41, 0x41, byte]) }
        #expect(throws: SodiumError(.malformedBase64, "")) {
            try Base64.decode([0x41, 0x41, 0x41, byte], as: .standardUnpadded)
        }
    }

    @Test func base64IsThatOfRFC4648() throws {
        let vectors = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "foobar": "Zm9vYmFy"]
        for (text, encoded) in vectors {
            #expect(Base64.encode(Array(text.utf8)) == encoded)
            #expect(try Base64.decode(Array(encoded.utf8)) == Array(text.utf8))
        }
        #expect(Base64.encode([0xFB, 0xFF, 0xFE], as: .urlSafeUnpadded) == "-__-")
        #expect(Base64.encode([0xFB], as: .urlSafeUnpadded) == "-w")
    }

    @Test(arguments: ["Zg", "Zg=", "Zh==", "Zg== ", " Zg==", "Zg==\n", "Z-==", "Zg==Zg==", "====", "A", "Zm9=v"])
    func onlyCanonicalBase64IsDecoded(text: String) {
        #expect(throws: SodiumError(.malformedBase64, "")) { try Base64.decode(Array(text.utf8)) }
    }

    @Test func bytesThatAreNotASCIIAreNoDigits() {
        for byte in 0x80...0xFF as ClosedRange<UInt8> {
            for position in 0..<4 {
                var digits = Array("AAAA".utf8)
                digits[position] = byte
                #expect(throws: SodiumError(.malformedBase64, "")) { try Base64.decode(digits) }
            }
        }
    }

    @Test func hexadecimalDigits() {
        #expect(Hex.encode([0x00, 0x0F, 0xA5, 0xFF]) == "000fa5ff")
        #expect(Hex.decode("000fa5ff") == [0x00, 0x0F, 0xA5, 0xFF])
        for text in ["0", "0G", "FF", " 00", "0x00", "é"] { #expect(Hex.decode(text) == nil) }
    }
}

@Suite struct RandomSourceTests {
    private let counting = RandomSource { span in
        for offset in 0..<span.byteCount {
            span.storeBytes(of: UInt8(truncatingIfNeeded: offset), toByteOffset: offset, as: UInt8.self)
        }
    }

    @Test func secretsAreSpelledFromTheSource() {
        #expect(counting.bytes(3) == [0, 1, 2])
        #expect(counting.hexSecret(bytes: 16).exposed() == Array("000102030405060708090a0b0c0d0e0f".utf8))
        #expect(counting.base64URLSecret(bytes: 4).exposed() == Array("AAECAw".utf8))
    }

    @Test func theSystemDoesNotRepeatItself() {
        let drawn = (0..<100).map { _ in RandomSource.system.bytes(16) }
        #expect(Set(drawn).count == 100)
        #expect(RandomSource.system.bytes(0) == [])
        #expect(RandomSource.system.hexSecret(bytes: 16).count == 32)
    }
}

@Suite struct ScryptTests {
    private let salt = Array(UInt8(0)..<32)

    @Test func derivesAsScryptDoes() throws {
        // N = 2^14, r = 8, p = 1, which is what libsodium makes of these limits; the value is that of Python's hashlib.
        let password = SecretBytes(copying: Array("correct horse".utf8))
        let derived = try Scrypt.interactive.derive(32, from: password, salt: salt)
        #expect(Hex.encode(derived.exposed()) == "f5b7864f3c8503cb1652e6a71f5278bfcff1c0b52c9f12ac7c37249412010867")
    }

    @Test func saysWhatItCannotDo() {
        #expect(throws: SodiumError(.wrongLength, "")) {
            _ = try Scrypt.interactive.derive(32, from: SecretBytes(count: 0), salt: [1, 2, 3])
        }
        let impossible = Scrypt(operations: .max, memory: UInt64(Int.max))
        #expect(throws: SodiumError(.derivationFailed, "")) {
            _ = try impossible.derive(32, from: SecretBytes(count: 0), salt: salt)
        }
    }
}

@Suite struct SodiumErrorTests {
    @Test func equalityIsOnTheCode() {
        #expect(SodiumError(.tooLong, "one") == SodiumError(.tooLong, "another"))
        #expect(SodiumError(.tooLong, "one") != SodiumError(.unreadable, "one"))
        #expect("\(SodiumError(.tooLong, "one"))" == "one")
    }
}
