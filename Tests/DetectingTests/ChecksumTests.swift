@testable import Detecting
import Foundation
import Testing

/// The known answers come from the specifications named; other values are made here.
@Suite("checksums of tokens")
struct ChecksumTests {
    @Test func crc32() {
        // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.
        #expect(CRC32.checksum(of: "123456789".utf8) == 0xcbf4_3926)
        #expect(CRC32.checksum(of: [UInt8]()) == 0)
        #expect(CRC32.base62(of: [UInt8]()) == Array("000000".utf8))
        // 0xcbf43926 = 3,421,780,262 in base 62.
        #expect(CRC32.base62(of: "123456789".utf8) == Array("3jZRME".utf8))
    }

    @Test func ofTheBody() {
        let body = Array("murre0rocks1and2auks3and4gulls".utf8)
        let token = Array("ghp_".utf8) + body + CRC32.base62(of: body)
        #expect(Checksum.crc32Body.verifies(token) == true)
        #expect(Checksum.crc32Body.verifies(Array(token.dropLast()) + [UInt8(ascii: "-")]) == false)
        // A token of another length is of another form.
        #expect(Checksum.crc32Body.verifies(token + body) == nil)
        #expect(Checksum.crc32Body.verifies(body) == nil)
    }

    @Test func ofTheWhole() {
        let base = Array("syt_bG11cnJl_abcdefghijklmnopqrst".utf8)
        #expect(Checksum.crc32Whole.verifies(base + Array("_".utf8) + CRC32.base62(of: base)) == true)
        #expect(Checksum.crc32Whole.verifies(base + Array("_000000".utf8)) == false)
        let checksum = withUnsafeBytes(of: CRC32.checksum(of: base).littleEndian) { Array($0) }
        let hex = checksum.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(Checksum.crc32Hex.verifies(base + Array("_\(hex)".utf8)) == true)
        #expect(Checksum.crc32Hex.verifies(base + Array("_\(hex.reversed())".utf8)) == false)
    }

    @Test(
        arguments: [
            // BIP 173, test vectors: valid, then invalid.
            ("A12UEL5L", true), ("a12uel5l", true),
            ("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", true),
            ("11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j", true),
            ("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", true),
            ("pzry9x0s0muk", false), ("1pzry9x0s0muk", false), ("x1b4n0q5v", false), ("li1dgmt3", false),
            ("A1G7SGD8", false), ("10a06t8", false), ("1qzzfhee", false), ("a12UEL5L", false),
        ]
    )
    func bech32(text: String, isValid: Bool) {
        #expect(Checksum.bech32.verifies(Array(text.utf8)) == isValid)
    }

    @Test func base58Check() {
        // BIP 32, test vector 1, chain m.
        let key =
            "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPP"
            + "qjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi"
        #expect(Checksum.base58Check.verifies(Array(key.utf8)) == true)
        #expect(Checksum.base58Check.verifies(Array(key.replacing("K3QT", with: "K3QU").utf8)) == false)
        #expect(Checksum.base58Check.verifies(Array("0OIl".utf8)) == false)
        #expect(Checksum.base58Check.verifies([]) == false)
    }

    @Test func macaroons() {
        func field(_ type: UInt8, _ text: [UInt8]) -> [UInt8] { [type, UInt8(text.count)] + text }
        let signature = field(6, [UInt8](repeating: 9, count: 32))
        let head = [2] + field(1, Array("pypi.org".utf8)) + field(2, Array("auk".utf8)) + [0]
        let caveat = field(2, Array("{}".utf8)) + [0]
        func isWhole(_ bytes: [UInt8]) -> Bool? {
            Checksum.macaroon.verifies(Array("pypi-\(Data(bytes).base64EncodedString())".utf8))
        }
        #expect(isWhole(head + [0] + signature) == true)
        #expect(isWhole(head + caveat + caveat + [0] + signature) == true)
        #expect(isWhole(head + caveat + signature) == false)
        #expect(isWhole(head + [0] + signature.dropLast()) == false)
        #expect(isWhole(head + [0] + signature + [0]) == false)
        #expect(isWhole([1] + head.dropFirst() + [0] + signature) == false)
        #expect(isWhole([2]) == false)
        #expect(Checksum.macaroon.verifies(Array("pypi".utf8)) == nil)
    }

    @Test(arguments: [
        // Numbers made for this test.
        ("4929 3813 3266 4295", true), ("4929-3813-3266-4295", true),
        ("4929 3813 3266 4296", false), ("4929 3813 3266", false),
        // Everybody tries out payments with these.
        ("4111 1111 1111 1111", false), ("4242 4242 4242 4242", false),
    ])
    func ofAPaymentCard(number: String, isOne: Bool) {
        #expect(CardNumber.verifies(Array(number.utf8)) == isOne)
    }
}
