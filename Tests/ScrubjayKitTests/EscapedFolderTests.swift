import Bundling
import Detecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// Prosody names the folder of a host after it, with `%2e` for its dots, and finds it under no other name.
@Suite struct EscapedFolderTests {
    private let folder: TemporaryFolder
    private let scan: Scan

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
        try folder.write("return { a = 1; }\n", to: "d/data/meet%2ewren%2etest/offline/x.list")
    }

    private func path(_ name: String) -> FilePath { FilePath(folder.path + "/" + name) }

    private func sanitize(_ source: String = "d", to output: String) throws -> ParameterFile {
        let sanitize = Sanitize(source: path(source), output: path(output), scan: scan)
        return try sanitize.apply(try sanitize.prepare()).parameters
    }

    private func files(in folder: String) throws -> [String] {
        try TemporaryFolder.files(in: path(folder).string).filter { $0.hasPrefix("data/") }
    }

    @Test func keepsItsEscapesAndFollowsTheDomain() throws {
        try folder.write("PUBLIC_URL=https://meet.wren.test\n", to: "d/.env")
        let parameters = try sanitize(to: "clean").parameters
        #expect(try files(in: "clean") == ["data/meet%2eexample%2eorg/offline/x.list"])
        let domains = parameters.filter { $0.kind == .domain }
        #expect(domains.map(\.isRequired) == [true, false])
        #expect(domains.last?.origin == .init(parameter: domains[0].name, derivation: .percentEncodedDots))
        // Twice is once.
        _ = try sanitize("clean", to: "again")
        #expect(try files(in: "again") == files(in: "clean"))

        let bundle = BundlePacking(
            tree: path("clean"),
            output: path("b.tar"),
            name: "b",
            version: "1",
            released: 1_767_225_600,
            scan: scan
        )
        let key = SecretKey.generate()
        let keyring = Keyring([key.publicKey])
        _ = try bundle.apply(try bundle.prepare(), signers: [MinisignSigner(key)])
        let verify = Verify(file: path("b.tar"), acceptance: .init(keyring: keyring, time: 0), scan: scan)
        let hydrate = Hydrate(verify: verify, output: path("own"))
        let opened = try hydrate.open()
        let plan = try Hydration(of: opened).plan(values: [domains[0].name: Array("owl.test".utf8)])
        #expect(plan.missing.isEmpty)
        _ = try hydrate.apply(plan, of: opened)
        #expect(try files(in: "own") == ["data/meet%2eowl%2etest/offline/x.list"])
        #expect(String(decoding: try folder.read("own/.env"), as: UTF8.self) == "PUBLIC_URL=https://meet.owl.test\n")
    }

    /// The domain itself is asked for also where it stands in no file.
    @Test func isAskedForByItsDomain() throws {
        try folder.write("PUBLIC_URL=https://meet.wren.test\n", to: "d/.env.bak")
        let parameters = try sanitize(to: "clean").parameters
        #expect(try files(in: "clean") == ["data/meet%2eexample%2eorg/offline/x.list"])
        #expect(parameters.map(\.standIn) == ["example.org", "example%2eorg"])
    }
}
