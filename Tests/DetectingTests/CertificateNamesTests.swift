import Foundation
import Testing

@testable import Detecting
@testable import Documents

/// The names in certificates that are put together here.
@Suite struct CertificateNamesTests {
    // MARK: - DER

    static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        let count = contents.count
        let length: [UInt8] =
            count < 0x80 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(truncatingIfNeeded: count)]
        return [tag] + length + contents
    }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(0x30, parts.flatMap { $0 }) }

    static let types: [String: [UInt8]] = [
        "CN": [0x55, 0x04, 0x03], "O": [0x55, 0x04, 0x0a],
        "email": [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01],
    ]

    static func name(_ attributes: [(String, String)], tag: UInt8 = 0x0c) -> [UInt8] {
        element(
            0x30,
            attributes.flatMap { type, text in
                element(0x31, sequence(element(0x06, types[type] ?? []), element(tag, Array(text.utf8))))
            }
        )
    }

    static func alternativeNames(_ names: [(UInt8, [UInt8])]) -> [UInt8] {
        let list = element(0x30, names.flatMap { element($0.0, $0.1) })
        return sequence(element(0x06, [0x55, 0x1d, 0x11]), [0x01, 0x01, 0xff], element(0x04, list))
    }

    static func certificate(
        issuer: [(String, String)],
        subject: [(String, String)],
        alternatives: [(UInt8, [UInt8])] = []
    ) -> [UInt8] {
        let dates = sequence(element(0x17, Array("240101000000Z".utf8)), element(0x17, Array("340101000000Z".utf8)))
        let body = sequence(
            element(0xa0, element(0x02, [2])),
            element(0x02, [1, 2, 3]),
            sequence(element(0x06, [0x2b, 0x65, 0x70])),
            name(issuer),
            dates,
            name(subject),
            sequence(
                sequence(element(0x06, [0x2b, 0x65, 0x70])),
                element(0x03, [0] + [UInt8](repeating: 7, count: 32))
            ),
            element(0xa3, sequence(alternativeNames(alternatives)))
        )
        return sequence(
            body,
            sequence(element(0x06, [0x2b, 0x65, 0x70])),
            element(0x03, [0] + [UInt8](repeating: 9, count: 64))
        )
    }

    static let own = certificate(
        issuer: [("O", "Otter Works"), ("CN", "Otter Root")],
        subject: [("O", "Otter Works"), ("CN", "*.otter.test"), ("email", "bo@otter.test")],
        alternatives: [
            (0x82, Array("*.puffin.test".utf8)), (0x81, Array("eve@murre.test".utf8)), (0x87, [240, 1, 2, 3]),
            (0x87, [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]), (0x86, Array("https://ca.auk.test/x".utf8)),
        ]
    )

    static func describe(_ names: CertificateNames) -> [String] { names.names.map { "\($0.sort) \($0.text)" } }

    // MARK: - Names

    @Test func readsTheNamesOfACertificate() {
        #expect(
            Self.describe(CertificateNames(der: Self.own)) == [
                "organization Otter Works", "commonName Otter Root", "host otter.test", "email bo@otter.test",
                "host puffin.test", "email eve@murre.test", "address 240.1.2.3", "address fd00::7", "host ca.auk.test",
            ]
        )
    }

    @Test func leavesTheNamesOfAPublicIssuerOut() {
        let bytes = Self.certificate(
            issuer: [("O", "Let's Encrypt"), ("CN", "R3")],
            subject: [("CN", "meet.otter.test")]
        )
        #expect(Self.describe(CertificateNames(der: bytes)) == ["host meet.otter.test"])
    }

    @Test func readsARequestAndABundle() {
        let request = Self.sequence(
            Self.sequence([0x02, 0x01, 0x00], Self.name([("CN", "Bo Otter")])),
            Self.sequence(Self.element(0x06, [0x2b, 0x65, 0x70]))
        )
        #expect(Self.describe(CertificateNames(der: request)) == ["commonName Bo Otter"])
        let bundle = Self.sequence(
            Self.element(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]),
            Self.element(0xa0, Self.sequence([0x02, 0x01, 0x01], Self.element(0xa0, Self.own)))
        )
        #expect(CertificateNames(der: bundle).hosts == ["otter.test", "puffin.test", "ca.auk.test"])
    }

    @Test func theAddressesOfEveryMachineAreNotTheOwners() throws {
        let everyones: [[UInt8]] = [[127, 0, 0, 1], [0, 0, 0, 0], Array(repeating: 0, count: 15) + [1]]
        let bytes = Self.certificate(
            issuer: [("CN", "Otter Root")],
            subject: [("CN", "localhost")],
            alternatives: (everyones + [[10, 3, 0, 7]]).map { (0x87, $0) }
        )
        let rule = try #require(RuleSet.builtIn.rules.first { $0.shape == .certificateName })
        let evidence = CertificateNames(der: bytes).evidence(by: rule)
        #expect(evidence.map(\.bytes) == [Array("10.3.0.7".utf8)])
    }

    @Test func readsTextsOfTwoBytesACharacter() {
        let text = Array("Bo Otter".utf8).flatMap { byte -> [UInt8] in [0, byte] }
        let name = Self.element(
            0x30,
            Self.element(0x31, Self.sequence(Self.element(0x06, [0x55, 0x04, 0x03]), Self.element(0x1e, text)))
        )
        #expect(Self.describe(CertificateNames(der: Self.sequence(name))) == ["commonName Bo Otter"])
    }

    @Test(arguments: 0..<60) func whatIsCutOffOrChangedIsReadAsFarAsItGoes(seed: Int) {
        let count = Self.own.count
        _ = CertificateNames(der: Array(Self.own[..<(count * seed / 60)]))
        var changed = Self.own
        for step in 0..<8 { changed[(seed * 131 + step * 977) % count] = UInt8(truncatingIfNeeded: seed &* 37 &+ step) }
        for name in CertificateNames(der: changed).names { #expect(name.text.utf8.count <= 1 << 10) }
    }

    @Test func nestingEndsAtItsLimit() {
        var bytes = Self.name([("CN", "deep.otter.test")])
        for _ in 0..<30 { bytes = Self.sequence(bytes) }
        #expect(CertificateNames(der: bytes).names.isEmpty)
    }

    // MARK: - Bodies

    static let body = Data(own).base64EncodedString()

    static func wrapped(_ width: Int, _ separator: String) -> String {
        var lines: [Substring] = []
        var rest = body[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(width))
            rest = rest.dropFirst(width)
        }
        return lines.joined(separator: separator)
    }

    @Test(arguments: [
        wrapped(64, "\n"), wrapped(76, "\r\n"), wrapped(61, "\n    "), wrapped(64, "\\n"), wrapped(64, "\\r\\n"),
        wrapped(64, "\n> "), wrapped(64, "\n# "), "\\n\"\n" + "\"" + wrapped(64, "\\n\" +\n  \""), wrapped(1 << 20, ""),
    ])
    func readsABodyHoweverItIsWrapped(body: String) {
        #expect(CertificateNames(base64: body.utf8).hosts == ["otter.test", "puffin.test", "ca.auk.test"])
    }

    // MARK: - Evidence

    private static let scanner = Detecting.Scanner(fingerprintKey: Array(repeating: 9, count: 32))

    static func scan(_ path: String, _ bytes: [UInt8], _ notes: String) -> ScanResult {
        scanner.scan([
            Document(path: path, bytes: bytes), Document(path: "notes.txt", bytes: Array(notes.utf8)),
        ])
    }

    static let notes = "bo@otter.test and eve@murre.test ask Bo Otter at wiki.puffin.test (240.1.2.3)\n"

    static let files: [(String, String)] = [
        ("cert.pem", "-----BEGIN CERTIFICATE-----\n\(wrapped(64, "\n"))\n-----END CERTIFICATE-----\n"),
        (
            "a.json",
            "{\"cert\": \"-----BEGIN CERTIFICATE-----\\n\(wrapped(64, "\\n"))\\n-----END CERTIFICATE-----\\n\"}"
        ),
        (
            "a.yml",
            "tls:\n  crt: |\n    -----BEGIN TRUSTED CERTIFICATE-----\n    \(wrapped(48, "\n    "))\n    -----END TRUSTED CERTIFICATE-----\n"
        ),
        ("b.p7b", "-----BEGIN PKCS7-----\n\(wrapped(64, "\n"))\n-----END PKCS7-----\n"),
    ]

    @Test(arguments: files) func whatACertificateNamesIsFoundElsewhere(path: String, text: String) throws {
        let result = Self.scan(path, Array(text.utf8), Self.notes)
        let found = result.findings.filter { $0.path == "notes.txt" }.compactMap(\.location?.fileSpan)
        for value in ["bo@otter.test", "eve@murre.test", "puffin.test", "240.1.2.3"] {
            let start = try #require(Self.notes.range(of: value)).lowerBound.utf16Offset(in: Self.notes)
            #expect(found.contains { $0.contains(Span(start, start + value.utf8.count)) }, "\(value)")
        }
    }

    @Test func whatAFileOfDERNamesIsFoundElsewhere() throws {
        let result = Self.scan("a.der", Self.own + [0], Self.notes)
        #expect(result.findings.contains { $0.path == "notes.txt" && $0.kind == .domain })
    }
}
