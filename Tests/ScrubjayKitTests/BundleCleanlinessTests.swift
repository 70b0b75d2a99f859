import Bundling
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What is packed is looked through while it is packed, and is not there where something was found.
@Suite struct BundleCleanlinessTests {
    private let folder: TemporaryFolder
    private let bundle: Bundle

    init() throws {
        folder = try TemporaryFolder()
        bundle = Bundle(
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
}
