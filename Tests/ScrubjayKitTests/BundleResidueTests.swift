import Archive
import Bundling
import Collecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// What is packed is looked through for the values of the sealed map.
@Suite struct BundleResidueTests {
    private static let password = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
    private let map: SealedMap
    private let parameters: ParameterFile
    private let clean: [Member]

    init() throws {
        (map, parameters, clean) = try Self.sanitized(
            "PUBLIC_URL=https://meet.wren.test\nJVB_AUTH_PASSWORD=\(Self.password)\n"
        )
    }

    /// A deployment of one file: its map, and what is packed of it.
    private static func sanitized(_ settings: String) throws -> (SealedMap, ParameterFile, [Member]) {
        let folder = try TemporaryFolder()
        try folder.write(settings, to: "d/.env")
        let root = FilePath(folder.path)
        let file = SealedMapFile(path: root.appending("map.age"), identities: [.generate()])
        let sanitize = Sanitize(
            source: root.appending("d"),
            output: root.appending("clean"),
            map: file,
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        _ = try sanitize.apply(sanitize.prepare())
        let map = try #require(try file.read())
        let paths = try TemporaryFolder.files(in: folder.path + "/clean")
        let clean = try paths.map {
            Member(
                path: $0,
                bytes: try Deployment.contents(ofFile: root.appending("clean").appending($0), atMost: .max)
            )
        }
        let list = try #require(clean.first { $0.path == ParameterFile.name })
        return (map, try ParameterFile(parsing: list.bytes), clean)
    }

    private func proof(_ members: [Member]) throws -> ResidueCheck.Proof {
        let packed = try BundleWriter(bundleName: "demo", version: "1", released: 0).pack(members)
        return try BundleResidue(map, parameters: parameters).check(packed)
    }

    @Test func aCleanTreeIsProved() throws {
        let proof = try proof(clean)
        // The manifest is among the files that are looked through.
        #expect(proof.files == clean.count + 1)
        #expect(proof.values >= 2)
        #expect(proof.bytes > clean.reduce(0) { $0 + $1.bytes.count })
    }

    @Test func aPlantedValueIsRefusedInEveryFormAndPlace() throws {
        let password = text(Self.password)
        let hex = text(password.map { String($0, radix: 16) }.joined())
        let planted: [(path: String, bytes: [UInt8])] = [
            ("plain", password), ("middle", text("x = ") + password + text(" # x\n")),
            ("upper", text(Self.password.uppercased())), ("base64", text(Base64.encode(text("a:") + password))),
            ("hex", hex), ("host", text("https://MEET.wren.test/")), (Self.password, []),
        ]
        for (path, bytes) in planted {
            #expect(throws: KitError(.sensitive, ""), "\(path)") {
                try proof(clean + [Member(path: path, bytes: bytes)])
            }
        }
    }

    /// A file is looked through in parts, and a value that lies over the end of one is found.
    @Test(arguments: [4096, 4096 - 16, 4096 - 40, 4096 + 1, 3 * 4096 - 20])
    func aValueOverTheEndOfAPartIsFound(offset: Int) throws {
        let bytes = [UInt8](repeating: 0x2E, count: offset) + text(Self.password) + [UInt8](repeating: 0x2E, count: 64)
        let packed = try BundleWriter(bundleName: "demo", version: "1", released: 0)
            .pack(clean + [Member(path: "large", bytes: bytes)])
        var residue = BundleResidue(map, parameters: parameters)
        residue.partSize = 4096
        residue.overlap = 256
        #expect(throws: KitError(.sensitive, "")) { try residue.check(packed) }
    }

    /// An archive is looked into as a whole, however large it is, or refused.
    @Test func anArchiveIsNotCutIntoParts() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 9)
        try folder.write((0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }, to: "etc/noise")
        try folder.write("it was \(Self.password)\n", to: "etc/notes")
        try folder.shell("tar -czf a.tgz etc && head -c 15000 a.tgz > cut.tgz")
        var residue = BundleResidue(map, parameters: parameters)
        (residue.partSize, residue.overlap) = (4096, 256)
        func check(_ name: String) throws {
            let member = Member(path: name, bytes: try folder.read(name))
            let writer = BundleWriter(bundleName: "demo", version: "1", released: 0)
            _ = try residue.check(writer.pack(clean + [member]))
        }
        let left = #expect(throws: KitError.self) { try check("a.tgz") }
        #expect(left?.code == .sensitive && left?.message.contains("inside the archive") == true)
        let damaged = #expect(throws: KitError.self) { try check("cut.tgz") }
        #expect(damaged?.code == .sensitive && damaged?.message.contains("cannot be looked through") == true)
        residue.archiveLimit = 10_000
        let large = #expect(throws: KitError.self) { try check("a.tgz") }
        #expect(large?.code == .sensitive && large?.message.contains("are not looked into") == true)
    }

    /// What the owner keeps may stand there, with the names below a domain.
    @Test func whatIsKeptMayStay() throws {
        let kept = ParameterFile(
            parameters: parameters.parameters,
            omissions: [],
            kept: [.domain("wren.test")]
        )
        let packed = try BundleWriter(bundleName: "demo", version: "1", released: 0)
            .pack(clean + [Member(path: "notes", bytes: text("https://meet.wren.test/\n"))])
        _ = try BundleResidue(map, parameters: kept).check(packed)
    }

    /// A PIN is a number that some file has as its size; only what somebody has chosen in a manifest is looked at.
    @Test func aNumberOfTheManifestIsNoPIN() throws {
        let (map, parameters, clean) = try Self.sanitized("PUBLIC_URL=https://meet.wren.test\nROOM_PASSWORD=482137\n")
        #expect(map.residue(keeping: []).values.contains { $0.bytes == text("482137") })
        func check(_ members: [Member], version: String, released: Int64) throws {
            let packed = try BundleWriter(bundleName: "demo", version: version, released: released).pack(members)
            _ = try BundleResidue(map, parameters: parameters).check(packed)
        }
        let file = Member(path: "data", bytes: [UInt8](repeating: 0x2E, count: 482137))
        try check(clean + [file], version: "1", released: 482137)
        #expect(throws: KitError(.sensitive, "")) { try check(clean, version: "482137", released: 0) }
        #expect(throws: KitError(.sensitive, "")) {
            try check(clean + [Member(path: "482137", bytes: [])], version: "1", released: 0)
        }
    }
}
