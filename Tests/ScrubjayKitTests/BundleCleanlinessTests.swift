import Bundling
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What is packed is looked through while it is packed, and is not there where something was found.
@Suite struct BundleCleanlinessTests {
    private let folder: TemporaryFolder
    private let bundle: BundlePacking

    init() throws {
        folder = try TemporaryFolder()
        bundle = BundlePacking(
            tree: FilePath(folder.path + "/tree"),
            output: FilePath(folder.path + "/out/demo.tar.gz"),
            name: "demo",
            version: "1",
            released: 0,
            replacesOutput: true,
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        try folder.write(ParameterFile(parameters: [], omissions: []).serialized(), to: "tree/parameters.json")
        try folder.write("nothing to see\n", to: "tree/notes.txt")
        try folder.write("old", to: "out/other")
    }

    private func secret(_ letter: String) -> String {
        "JVB_AUTH_PASSWORD=\(String(repeating: letter + "1f2e3d4", count: 4))\n"
    }

    @Test func nothingIsWrittenWhereSomethingIsFound() throws {
        try folder.write(secret("a"), to: "tree/z/.env")
        // Enough for several pieces of the archive.
        var random = SeededGenerator(seed: 3)
        let noise = (0..<(1 << 21)).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
        try folder.write(noise, to: "tree/data.bin")
        let packed = try bundle.prepare()
        let error = #expect(throws: KitError(.sensitive, "")) {
            try bundle.apply(packed, signers: [MinisignSigner(SecretKey.generate())])
        }
        #expect(error?.message.hasPrefix("z/.env:1: ") == true)
        #expect(throws: KitError(.sensitive, "")) { try bundle.checkCleanliness(of: packed) }
        #expect(try TemporaryFolder.files(in: folder.path + "/out") == ["other"])
    }

    @Test func theFirstPlaceIsNamed() throws {
        for name in ["b", "a", "c"] { try folder.write(secret(name), to: "tree/\(name)/.env") }
        let packed = try bundle.prepare()
        let error = #expect(throws: KitError.self) { try bundle.checkCleanliness(of: packed) }
        #expect(error?.message.hasPrefix("a/.env:1: ") == true)
    }

    /// A list of checksums that is none is refused before anything is signed, so that a dry run says it, too.
    @Test func aListOfChecksumsThatIsNoneIsRefusedAtFirst() throws {
        try folder.write("0123  other\n", to: "out/SHA256SUMS")
        try bundle.checkOutput()
        try folder.write("no list\n", to: "out/SHA256SUMS")
        #expect(throws: KitError(.unsuitable, "")) { try bundle.checkOutput() }
    }

    /// What was looked through is what is packed.
    @Test func aFileThatChangesMeanwhileIsRefused() throws {
        let packed = try bundle.prepare()
        try folder.write("something else\n", to: "tree/notes.txt")
        #expect(throws: (any Error).self) { try bundle.checkCleanliness(of: packed) }
        #expect(throws: (any Error).self) {
            try bundle.apply(packed, signers: [MinisignSigner(SecretKey.generate())])
        }
        #expect(try TemporaryFolder.files(in: folder.path + "/out") == ["other"])
    }

    /// A bundle whose signing fails leaves what was there before, whole, and nothing that stands in the way of the next
    /// try.
    @Test(arguments: [true, false]) func aSignerThatRefusesCostsNothing(isSignedFirst: Bool) throws {
        var bundle = bundle
        bundle.replacesOutput = false
        let packed = try bundle.prepare()
        let notes = try BundleNotes(bundle, toolVersion: "1")
        let signer = MinisignSigner(SecretKey.generate())
        let refusing: [any BundleSigner] = isSignedFirst ? [SilentSigner(signer: signer)] : [signer, FailingSigner()]
        #expect(throws: FailingSigner.Refusal.self) { try bundle.apply(packed, signers: refusing, notes: notes) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out") == ["other"])

        _ = try bundle.apply(packed, signers: [signer], notes: notes)
        let before = try contents(of: "out")
        bundle.replacesOutput = true
        try folder.write("something else to see\n", to: "tree/notes.txt")
        let changed = try bundle.prepare()
        #expect(throws: FailingSigner.Refusal.self) { try bundle.apply(changed, signers: refusing, notes: notes) }
        #expect(try contents(of: "out") == before)
        _ = try bundle.apply(changed, signers: [signer], notes: notes)
        #expect(try contents(of: "out")["demo.tar.gz"] != before["demo.tar.gz"])
    }

    private func contents(of name: String) throws -> [String: [UInt8]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/" + name)
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try folder.read(name + "/" + $0)) })
    }
}
