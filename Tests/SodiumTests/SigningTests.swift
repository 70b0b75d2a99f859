import Sodium
import Testing

@Suite struct SigningTests {
    /// A test of RFC 8032 section 7.1.
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var seed: String
        var publicKey: String
        var message: String
        var signature: String
        var testDescription: String { name }
    }

    static let vectors = [
        Vector(
            name: "TEST 1",
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        Vector(
            name: "TEST 3",
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    @Test(arguments: vectors) func signsAsTheSpecificationSays(_ vector: Vector) throws {
        let seed = SecretBytes(copying: try #require(Hex.decode(vector.seed)))
        let message = try #require(Hex.decode(vector.message))
        let key = try SigningKey(seed: seed)
        #expect(Hex.encode(key.verificationKey.bytes) == vector.publicKey)
        let signature = key.sign(message)
        #expect(Hex.encode(signature) == vector.signature)
        #expect(key.verificationKey.isValid(signature, for: message))
        #expect(key.verificationKey.isValid(signature, for: message + [0]) == false)
    }

    @Test func everyFlippedBitOfASignatureIsRefused() {
        let key = SigningKey(from: .system)
        let message = Array("a message".utf8)
        let signature = key.sign(message)
        for position in 0..<(8 * signature.count) {
            var forged = signature
            forged[position / 8] ^= 1 << (position % 8)
            #expect(key.verificationKey.isValid(forged, for: message) == false)
        }
        #expect(key.verificationKey.isValid(Array(signature.dropLast()), for: message) == false)
        #expect(key.verificationKey.isValid([], for: message) == false)
    }

    @Test func aSecondScalarForTheSameSignatureIsRefused() {
        // S + L signs as well as S where S is not checked to be reduced (RFC 8032 section 8.4).
        let order: [UInt8] =
            [0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14]
            + [UInt8](repeating: 0, count: 15) + [0x10]
        let key = SigningKey(from: .system)
        var signature = key.sign([1, 2, 3])
        var carry = 0
        for index in 0..<32 {
            let sum = Int(signature[32 + index]) + Int(order[index]) + carry
            signature[32 + index] = UInt8(sum & 0xFF)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(key.verificationKey.isValid(signature, for: [1, 2, 3]) == false)
    }

    @Test func pointsThatAreNoKeysAreRefused() {
        let identity = [UInt8(1)] + [UInt8](repeating: 0, count: 31)
        #expect(throws: SodiumError(.malformedKey, "")) { try VerificationKey(identity) }
        #expect(throws: SodiumError(.malformedKey, "")) { try VerificationKey([UInt8](repeating: 0xFF, count: 32)) }
        #expect(throws: SodiumError(.wrongLength, "")) { try VerificationKey([1]) }
    }

    @Test func halvesThatDoNotBelongTogetherAreRefused() throws {
        let first = SigningKey(from: .system)
        let second = SigningKey(from: .system)
        var mixed = first.withSecretKey { SecretBytes(copying: $0) }
        #expect(try SigningKey(secretKey: mixed).verificationKey == first.verificationKey)
        mixed.replace(at: 32, with: second.verificationKey.bytes)
        #expect(throws: SodiumError(.malformedKey, "")) { _ = try SigningKey(secretKey: mixed) }
        #expect(throws: SodiumError(.wrongLength, "")) { _ = try SigningKey(seed: mixed) }
    }
}
