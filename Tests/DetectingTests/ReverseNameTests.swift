import Documents
import Testing

@testable import Detecting

/// Names under `in-addr.arpa` and `ip6.arpa`.
@Suite struct ReverseNameTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 5, count: 32))

    @Test(arguments: [
        "{{30.20.10.245.in-addr.arpa}}. PTR x\n",
        "zone \"{{20.10.245.in-addr.arpa}}\" {};\n",
        "0-63.{{20.10.245.in-addr.arpa}}. NS x\n",
        "zone \"{{4.3.10.in-addr.arpa}}\" {};\n",
        "zone \"{{c.2.f.0.9.1.1.5.f.2.d.f.ip6.arpa}}\" {};\n",
        "zone \"{{C.2.F.0.9.1.1.5.F.2.D.F.IP6.ARPA}}\" {};\n",
        "zone \"{{2.0.c.2.f.0.9.1.1.5.f.2.d.f.ip6.arpa}}\" {};\n",
        "{{1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.1.0.0.0.8.f.4.0.1.0.a.4.ip6.arpa}} PTR x\n",
    ])
    func aReverseNameIsFound(text: String) {
        let marked = MarkedText(text)
        let result = Self.scanner.scan([Document(path: "named.conf", bytes: Array(marked.text.utf8))])
        #expect(result.findings.compactMap { $0.location?.fileSpan } == marked.spans)
        #expect(result.findings.allSatisfy { $0.kind == .ipv4 || $0.kind == .ipv6 })
    }

    @Test(arguments: [
        "7.2.0.192.in-addr.arpa. PTR x; 1.0.0.127.in-addr.arpa",
        "10.in-addr.arpa; 168.192.in-addr.arpa; 20.245.in-addr.arpa",
        "8.b.d.0.1.0.0.2.ip6.arpa",
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa",
        "x.ip6.arpa; in-addr.arpa; ip6.arpa",
    ])
    func aNameThatIdentifiesNobodyIsNone(text: String) {
        let result = Self.scanner.scan([Document(path: "named.conf", bytes: Array(text.utf8))])
        #expect(result.findings.isEmpty)
    }

    @Test(arguments: [
        ("4a01:4f8:1:2::3", "4a01:4f8:1:2::3"), ("4A01:04f8:0:0:1:0:0:3", "4a01:4f8::1:0:0:3"), ("::1", "::1"),
        ("fd00::", "fd00::"), ("1:2:3:4:5:6:0:8", "1:2:3:4:5:6:0:8"), ("0:0:1:0:0:0:0:0", "0:0:1::"),
    ])
    func anAddressIsWrittenAsRecommended(text: String, expected: String) throws {
        let address = try #require(IPv6Address(Array(text.utf8)))
        #expect(address.text == expected)
    }
}
