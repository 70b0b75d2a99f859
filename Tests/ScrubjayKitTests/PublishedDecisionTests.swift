import Collecting
import Detecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What a scan believes of the `parameters.json` of a tree that was published.
@Suite struct PublishedDecisionTests {
    private let folder: TemporaryFolder
    private let root: FilePath

    init() throws {
        folder = try TemporaryFolder()
        root = FilePath(folder.path + "/d")
        try folder.write(
            "image: registry.murre-works.net/meet:1\nDB_PASSWORD: k1ttiwake-and-gull-7\nhost: 245.35.72.19\n",
            to: "d/app.yml"
        )
    }

    private func publish(_ kept: [ParameterFile.Kept], at path: String = "parameters.json") throws {
        let file = ParameterFile(parameters: [], omissions: [], kept: kept)
        try folder.write(String(decoding: file.serialized(), as: UTF8.self), to: "d/" + path)
    }

    private func digest(_ text: String, _ kind: Kind) -> String { ValueDigest.digest(of: Array(text.utf8), kind: kind) }

    /// The kinds that a scan reports, and at how many places something stays.
    private func scan() throws -> (found: Set<Kind>, keptCount: Int) {
        var scan = try Scan(fingerprintKey: FingerprintKey())
        if let published = try PublishedDecisions(in: root) { scan = scan.lettingStand(published) }
        var found: Set<Kind> = []
        let summary = try scan.run(.path(root)) { file in found.formUnion(file.items.map(\.finding.kind)) }
        return (found, summary.kept.values.reduce(0, +))
    }

    @Test func namesAndAddressesStay() throws {
        #expect(try scan().found == [.domain, .password, .ipv4])
        try publish([.domain("murre-works.net"), .value(.ipv4, digest: digest("245.35.72.19", .ipv4))])
        let (found, keptCount) = try scan()
        #expect(found == [.password])
        // Two in the file, and the name in the list itself.
        #expect(keptCount == 3)
    }

    @Test(arguments: ["parameters.json", "deployment/parameters.json"])
    func itIsThatOfATreeOrOfARepository(path: String) throws {
        try publish([.domain("murre-works.net")], at: path)
        #expect(try scan().found == [.password, .ipv4])
        #expect(try #require(try PublishedDecisions(in: root)).path == path)
    }

    /// Whoever can write the file must not be able to hide a secret by it, under its own kind or another.
    @Test(arguments: [Kind.password, .token, .domain, .userName])
    func noSecretStays(kind: Kind) throws {
        try publish([.value(kind, digest: digest("k1ttiwake-and-gull-7", kind))])
        #expect(try scan().found.contains(.password))
        let published = try #require(try PublishedDecisions(in: root))
        #expect(published.secretCount == (kind.severity == .secret ? 1 : 0))
    }

    @Test(arguments: ["{\"parameters\": {\"x\": {\"value\": 1}}}", "no JSON", "{\"schema\": 1, \"kept\": []}"])
    func anotherProgramsFileLetsNothingStand(text: String) throws {
        try folder.write(text, to: "d/parameters.json")
        #expect(try PublishedDecisions(in: root)?.path == nil)
    }

    @Test func aFileLetsNothingStand() throws {
        try publish([.domain("murre-works.net")])
        #expect(try PublishedDecisions(in: root.appending("app.yml"))?.path == nil)
    }
}
