import Detecting
import Documents
import Foundation
import Testing

@Suite("scanner")
struct ScannerTests {
    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    private static func scan(_ files: (path: String, text: String)...) -> ScanResult {
        scanner.scan(files.map { Document(path: $0.path, bytes: Array($0.text.utf8)) })
    }

    private static func spans(_ result: ScanResult, _ kind: Kind, in path: String) -> [Span] {
        result.findings.filter { $0.kind == kind && $0.path == path }.compactMap(\.location?.fileSpan)
    }

    @Test func carriesAValueIntoOtherFiles() {
        let notes = MarkedText("the bridge has {{k1ttiwake-and-gull}} now\n")
        let result = Self.scan((".env", "JVB_AUTH_PASSWORD=k1ttiwake-and-gull\n"), ("notes.txt", notes.text))
        #expect(Self.spans(result, .password, in: "notes.txt") == notes.spans)
        let prints = Set(result.findings.map(\.fingerprint))
        #expect(result.findings.count == 2 && prints.count == 1)
        #expect(prints.first?.utf8.count == 32)
    }

    @Test func saysWhereAFindingIs() throws {
        let result = Self.scan((".env", "# one\r\nA=ü\nSMTP_PASSWORD=k1ttiwake\n"))
        let finding = try #require(result.findings.first)
        #expect((finding.line, finding.column) == (3, 15))
        #expect(finding.location?.fileSpan == Span(26, 35))
        #expect(finding.keyPath == ["SMTP_PASSWORD"])
        #expect(finding.mask == "8 to 15 characters, letters and digits")
        #expect((finding.rule, finding.kind, finding.severity) == ("password-setting", .password, .secret))
    }

    @Test func fingerprintsDependOnKeyAndValue() {
        let document = Document(path: ".env", bytes: Array("A_PASSWORD=k1ttiwake\nB_PASSWORD=puffling7\n".utf8))
        let one = Detecting.Scanner(fingerprintKey: [1]).scan([document]).findings.map(\.fingerprint)
        let two = Detecting.Scanner(fingerprintKey: [2]).scan([document]).findings.map(\.fingerprint)
        #expect(Set(one + two).count == 4)
    }

    @Test func keepsADomainInsideOfAnEmailAddress() {
        let result = Self.scan(("settings.yaml", "contact: lia.murre@mail.puffin.test\n"))
        #expect(Self.spans(result, .email, in: "settings.yaml") == [Span(9, 35)])
        #expect(Self.spans(result, .domain, in: "settings.yaml") == [Span(19, 35)])
        let domain = result.findings.first { $0.kind == .domain }
        #expect(domain?.replacedLocation?.fileSpan == Span(24, 35))
    }

    @Test func keepsTheBetterOfTwoAtOnePlace() {
        // The login is a password too: one finding, and it is the secret.
        let result = Self.scan(("dot-ssh/config", "User lmurre99x\n"), (".env", "DB_PASSWORD=lmurre99x\n"))
        #expect(result.findings.map(\.kind) == [.password, .password])
    }

    @Test func doesNotSearchForWhatEverybodyHas() {
        let result = Self.scan((".env", "DB_PASSWORD=admin\n"), ("notes.txt", "the admin knows\n"))
        #expect(result.findings.map(\.path) == [".env"])
    }

    @Test func ownsTheDomainOfItsCertificate() {
        var der: [UInt8] = [0x30, 0x82, 0x01, 0x00, 0x06, 0x03, 0x55, 0x1d, 0x11, 0x04, 20, 0x30, 18, 0x82, 16]
        der += Array("meet.puffin.test".utf8) + [UInt8](repeating: 0, count: 40)
        let body = Data(der).base64EncodedString()
        let result = Self.scan(
            ("cert.pem", "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"),
            ("notes.txt", "see wiki.puffin.test\n")
        )
        #expect(Self.spans(result, .domain, in: "notes.txt") == [Span(4, 20)])
        #expect(Self.spans(result, .certificate, in: "cert.pem") == [Span(28, 28 + body.utf8.count)])
    }

    @Test func reportsDomainsThatNothingTiesToTheOwnerWithLessConfidence() {
        let result = Self.scan(
            ("notes.txt", "see https://wiki.puffin.test/page, docker-compose.yml and https://www.samba.org/samba\n")
        )
        #expect(result.findings.map(\.kind) == [.domain])
        #expect(result.findings.map(\.confidence) == [.medium])
        let owned = Self.scan(
            ("notes.txt", "see https://wiki.puffin.test/page\n"),
            (".env", "XMPP_DOMAIN=puffin.test\n")
        )
        #expect(owned.findings.map(\.confidence) == [.high, .high])
    }

    @Test func readsBase64AsWhatItMeans() throws {
        let encoded = Data("k1ttiwake-and-gull".utf8).base64EncodedString()
        let text = "net.java.sip.acc1.PASSWORD=\(encoded)\n"
        let document = Document(path: "sip-communicator.properties", bytes: Array(text.utf8))
        let result = Self.scanner.scan([document])
        let location = try #require(result.findings.first?.location)
        #expect(try document.value(at: location) == Array("k1ttiwake-and-gull".utf8))
        #expect(location.fileSpan == Span(27, 27 + encoded.utf8.count))
    }

    @Test func findsNamesOfFilesAndFolders() throws {
        let result = Self.scan(
            ("data/chat%2epuffin%2etest/accounts/lmurre.dat", "return {};\n"),
            (".env", "PUBLIC_URL=https://meet.puffin.test\n")
        )
        let inPaths = result.findings.filter { $0.location == nil }
        #expect(inPaths.map(\.kind) == [.domain, .userName])
        #expect(inPaths.map(\.pathSpan) == [Span(12, 25), Span(35, 41)])
        #expect(inPaths.allSatisfy { $0.line == 0 })
    }

    @Test func findsNothingInStandIns() {
        let result = Self.scan(
            (
                ".env",
                """
                PUBLIC_URL=https://meet.example.com
                LETSENCRYPT_EMAIL=user1@example.com
                JVB_AUTH_PASSWORD=REPLACE-WITH-JVB-AUTH-PASSWORD
                JICOFO_COMPONENT_SECRET=REPLACE-WITH-JICOFO-COMPONENT-SECRET
                DOCKER_HOST_ADDRESS=192.0.2.1
                JVB_ADVERTISE_IPS=198.51.100.4,203.0.113.9,198.18.0.7
                CONFIG=/home/user1/.jitsi-meet-cfg
                JVB_INSTANCE_ID=host-1
                """
            ),
            (
                "notes.md",
                """
                User One <user1@example.org> has +1 555 0123 and 2001:db8::1 at 00:00:5e:00:53:01.
                ssh user1@203.0.113.9; gcloud config set project example-project-1
                gcloud projects describe 000000000001; 000000000001-compute@developer.gserviceaccount.com
                The password is "REPLACE-WITH-PASSWORD". https://user1:REPLACE-ME@example.com/
                -----BEGIN CERTIFICATE-----
                REPLACE-WITH-CERTIFICATE-AND-THEN-SOME-MORE-TEXT-BEHIND
                -----END CERTIFICATE-----
                """
            )
        )
        #expect(result.findings.isEmpty, "\(result.findings.map { "\($0.rule) \($0.path) \($0.line)" })")
    }

    @Test func survivesHostileFiles() {
        let address = "245.10.20.30"
        let long = String(repeating: "password=\(address) ", count: 20_000)
        let deep = String(repeating: "[", count: 5_000)
        let bytes: [[UInt8]] = [
            [], [0], [0xff, 0xfe, 0x00, 0xd8], Array(repeating: UInt8(ascii: ":"), count: 100_000),
            Array(repeating: UInt8(ascii: "."), count: 100_000), Array(repeating: UInt8(ascii: "@"), count: 100_000),
            Array(repeating: UInt8(ascii: "1"), count: 100_000), Array(long.utf8), Array(deep.utf8),
            Array("-----BEGIN ".utf8), Array("-----BEGIN PRIVATE KEY-----".utf8), Array("password=".utf8),
            [0xc3, 0x28] + Array("\npassword=\(address)\n".utf8) + [0xf0, 0x28, 0x8c, 0x28],
        ]
        let documents = bytes.enumerated().map { Document(path: "file\($0)", bytes: $1) }
        let result = Self.scanner.scan(documents)
        let found = result.findings.filter { $0.path == "file7" && $0.kind == .password }.count
        #expect(found == 20_000)
        #expect(result.findings.contains { $0.path == "file12" })
    }
}
