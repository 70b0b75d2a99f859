@testable import Detecting
import Documents
import Testing

@Suite("addresses")
struct AddressTests {
    @Test(
        arguments: [
            ("::1", [0, 0, 0, 0, 0, 0, 0, 1]),
            ("4a01:4f8::ff", [0x4a01, 0x4f8, 0, 0, 0, 0, 0, 0xff]),
            ("1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]),
            ("1:2:3:4:5:6:7::", [1, 2, 3, 4, 5, 6, 7, 0]),
            ("::ffff:10.1.2.3", [0, 0, 0, 0, 0, 0xffff, 0x0a01, 0x0203]),
        ] as [(String, [UInt16])]
    )
    func ipv6IsRead(text: String, groups: [UInt16]) {
        #expect(IPv6Address(text.utf8)?.groups == groups)
    }

    @Test(arguments: [
        "1:2:3", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", ":1", "1:", "g::1", "12:34:56", "", "1:2:3:4:5:6:7:8::",
    ])
    func otherTextsAreNoIPv6(text: String) {
        #expect(IPv6Address(text.utf8) == nil)
    }

    @Test(arguments: ["1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1..2.3", "a.b.c.d", "1.2.3.", ""])
    func otherTextsAreNoIPv4(text: String) {
        #expect(IPv4Address(text.utf8) == nil)
    }

    @Test(arguments: [
        ("255.255.255.0", true), ("0.0.0.255", true), ("255.255.255.255", true), ("245.1.2.3", false),
        ("10.0.0.1", false),
    ])
    func masksAreTold(text: String, isMask: Bool) throws {
        #expect(try #require(IPv4Address(text.utf8)).isMask == isMask)
    }

    @Test func registrableDomains() {
        #expect(PublicSuffixList.registrableDomain(of: "Meet.Puffin.TEST") == "puffin.test")
        #expect(PublicSuffixList.registrableDomain(of: "a.b.puffin.co.uk") == "puffin.co.uk")
        #expect(PublicSuffixList.registrableDomain(of: "co.uk") == nil)
        #expect(PublicSuffixList.registrableDomain(of: "") == nil)
        #expect(PublicSuffixList.knowsTopLevel(of: "x.org"))
        #expect(!PublicSuffixList.knowsTopLevel(of: "x.yml"))
    }

    @Test(arguments: [
        ("staticAuthSecret", ["static", "auth", "secret"]), ("STATIC_AUTH_SECRET", ["static", "auth", "secret"]),
        ("org.jitsi.xmpp.PASSWORD", ["org", "jitsi", "xmpp", "password"]), ("XMPPPassword", ["xmpp", "password"]),
        ("s3AccessKeyID", ["s3", "access", "key", "id"]), ("--jvb-password", ["jvb", "password"]), ("", []),
    ])
    func namesOfSettingsHaveWords(name: String, words: [String]) {
        #expect(KeyName(name).words == words)
    }

    @Test func qualifiersAreNoPartOfAName() {
        #expect(KeyName("TURN_SECRET_OLD_2").withoutQualifiers.joined == "turn_secret")
        #expect(KeyName("old").withoutQualifiers.joined == "old")
    }

    @Test func masksShowNoByteOfASecret() {
        #expect(Mask.mask(Array("0a1b2c3d4e5f60718293a4b5c6d7e8f9".utf8), kind: .password) == "32 hexadecimal digits")
        #expect(Mask.mask(Array("auk".utf8), kind: .password) == "fewer than 8 characters, letters")
        #expect(
            Mask.mask(Array("bigauk9!".utf8), kind: .password) == "8 to 15 characters, letters and digits and symbols"
        )
        #expect(Mask.mask(Array("meet.puffin.test".utf8), kind: .domain) == "m….p….test")
        #expect(Mask.mask(Array("lia@puffin.test".utf8), kind: .email) == "l…@p….test")
        #expect(Mask.mask(Array("245.1.2.3".utf8), kind: .ipv4) == "245.…")
        #expect(Mask.mask(Array("/home/lmurre".utf8), kind: .homePath) == "/home/l…")
        #expect(Mask.mask(Array("743210987654".utf8), kind: .projectNumber) == "7…, 12 characters")
    }

    @Test(arguments: [
        ("„245.17.125.37“", "245.17.125.37"), ("245.17.125.38→eth0", "245.17.125.38"),
        ("245.17.125.39…", "245.17.125.39"),
        ("to\u{A0}245.17.125.40\u{A0}now", "245.17.125.40"), ("host_10.0.3.7.log", "10.0.3.7"),
        ("ip-10.0.3.7-backup", "10.0.3.7"), ("'sqlsrv:Server=10.17.4.9;Database=x'", "10.17.4.9"),
        (#"\u0022245.17.125.41\u0022"#, "245.17.125.41"), ("log_245.17.125.42.txt", "245.17.125.42"),
        ("%22245.17.125.45%22", "245.17.125.45"), (#"^\b245.17.125.43\b"#, "245.17.125.43"),
        ("245.17.125.44_key", "245.17.125.44"), ("name_1.12.3.44_amd64.deb", nil),
        ("name-10.0.3.7.tar", nil), ("lib_10.0.3.7", nil), ("é10.0.3.7", nil), ("Gecko rv:1.9.2.17", nil),
    ])
    func ipv4IsFoundAmongOtherCharacters(text: String, address: String?) throws {
        let bytes = Array(text.utf8)
        let offset = try #require(bytes.firstIndex(of: UInt8(ascii: ".")))
        let span = AddressReader(text: bytes).ipv4(around: offset)
        #expect(span.map { String(decoding: bytes[$0.range], as: UTF8.self) } == address)
    }

    @Test(arguments: [
        ("v=spf1 ip6:4a0e:97c0:3e5:1::25 -all", "4a0e:97c0:3e5:1::25"),
        ("IP Address:4A0E:97C0:3E5:1:0:0:0:25", "4A0E:97C0:3E5:1:0:0:0:25"),
        ("%224a0e:97c0:3e5:1::25%22", "4a0e:97c0:3e5:1::25"), ("„4a0e:97c0:3e5:1::25“", "4a0e:97c0:3e5:1::25"),
        ("4a0e:97c0:3e5:1::25.conf", "4a0e:97c0:3e5:1::25"), ("std::fa11::be5::x", nil), ("sip6:12:34", nil),
    ])
    func ipv6IsFoundBehindALabel(text: String, address: String?) throws {
        let bytes = Array(text.utf8)
        let offset = try #require(bytes.lastIndex(of: UInt8(ascii: ":")))
        let span = AddressReader(text: bytes).ipv6(around: offset)
        #expect(span.map { String(decoding: bytes[$0.range], as: UTF8.self) } == address)
    }

    @Test func aHardwareAddressStandsBesideOtherCharacters() {
        let bytes = Array("„0a:11:5e:c4:9e:07“".utf8)
        let span = AddressReader(text: bytes).mac(endingAt: bytes.count - 3)
        #expect(span?.count == 17)
    }
}
