import Collecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What was sanitized comes back as it was, and the next run keeps what the map has.
@Suite struct RestoreTests {
    private let folder: TemporaryFolder
    private let scan: Scan
    private let identity = AgeIdentity.generate()

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
    }

    private static let files = [
        ".env": "PUBLIC_URL=https://meet.heron-nest.test\nJVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n",
        "compose.yml": "services: {jvb: {environment: [JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0]}}\n",
        "notes-lmurre.md": "Log in with ssh lmurre@241.7.8.9, home is /home/lmurre.\n",
        "plain.txt": "nothing to see in here\r\nnor here\r\n",
    ]

    private func path(_ name: String) -> FilePath { FilePath(folder.path + "/" + name) }

    private func mapFile(_ identity: AgeIdentity? = nil) -> SealedMapFile {
        SealedMapFile(path: path("d.map"), identities: [identity ?? self.identity])
    }

    private func sanitize(_ source: String = "d", to output: String = "clean") -> Sanitize {
        Sanitize(source: path(source), output: path(output), replacesOutput: true, map: mapFile(), scan: scan)
    }

    @discardableResult
    private func run(_ source: String = "d", to output: String = "clean", time: Int = 0) throws -> Sanitize.Outcome {
        let workflow = sanitize(source, to: output)
        return try workflow.apply(workflow.prepare(), time: time)
    }

    private func restore(_ tree: String = "clean", to output: String = "back") -> Restore {
        Restore(tree: path(tree), map: mapFile(), output: path(output), replacesOutput: true)
    }

    /// The files with their modes of a program, and the links, of a folder.
    private func contents(of name: String) throws -> [String: String] {
        var contents: [String: String] = [:]
        for entry in try Deployment(root: path(name)).entries {
            switch entry.content {
            case .link(let target): contents[entry.path] = "link to \(target)"
            case .file(_, let isExecutable):
                let bytes = try Deployment.contents(ofFile: path(name).appending(entry.path), atMost: .max)
                contents[entry.path] = "\(isExecutable) \(Data(bytes).base64EncodedString())"
            }
        }
        return contents
    }

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name).string)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    // MARK: - Identity

    @Test func restoringTheFixtureGivesItBack() throws {
        try FileManager.default.copyItem(atPath: Repository.fixture, toPath: path("d").string)
        let outcome = try run()
        #expect(outcome.absent == [])
        #expect(!outcome.parameters.omissions.isEmpty)
        let restore = restore()
        let preparation = try restore.prepare()
        #expect(preparation.differences.isEmpty && preparation.strangers.isEmpty)
        _ = try restore.apply(preparation)
        #expect(try contents(of: "back") == contents(of: "d"))
    }

    @Test func allThatIsNoPlainFileComesBack() throws {
        let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIHRlc3Q=\n-----END PRIVATE KEY-----\n"
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/.env")
        try folder.write("#!/bin/sh\ncurl https://meet.wren-and-auk.test\n", to: "d/run.sh")
        try folder.write([0, 1, 2, 0xFF, 0xFE], to: "d/state.bin")
        try folder.write(key, to: "d/keys/host.key")
        try folder.write("{\"schema\": 1, \"parameters\": [], \"omitted\": []}", to: "d/parameters.json")
        try folder.write("ref: x\n", to: "d/sub/.git/HEAD")
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path("d/run.sh").string)
        try manager.setAttributes([.posixPermissions: 0o711], ofItemAtPath: path("d/state.bin").string)
        for (name, target) in [
            ("a", ".env"), ("b", "/nowhere/at/all"), ("c", "a"), ("keys/d", "../keys"), ("e", "/srv/keys/host.key"),
        ] {
            try manager.createSymbolicLink(atPath: path("d/" + name).string, withDestinationPath: target)
        }
        let outcome = try run()
        #expect(outcome.absent == [SealedMap.Absent(path: "sub/.git", reason: "a git folder")])
        let restore = restore()
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back") == contents(of: "d"))
        for name in ["/.env", "/keys/host.key", "/run.sh", "/state.bin"] {
            #expect(try mode("back" + name) == mode("d" + name), "\(name)")
        }
        #expect(try mode("d.map") == 0o600)
    }

    @Test func aFileThatIsTooLongIsNamed() throws {
        try folder.write("a=b\n", to: "d/a.env")
        let long = [UInt8](repeating: 0, count: Sanitize.longestKeptFile + 1)
        try folder.write(long, to: "d/recording.bin")
        let outcome = try run()
        let absent = try #require(outcome.absent?.first)
        #expect(outcome.absent?.count == 1 && absent.path == "recording.bin")
        #expect(absent.file == SealedMap.Absent.Contents(size: long.count, digest: SHA256.hash(long)))
        let restore = restore()
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back").keys.sorted() == ["a.env"])
    }

    // MARK: - Refusal

    @Test func aTreeThatWasChangedIsRefused() throws {
        for (path, text) in Self.files { try folder.write(text, to: "d/" + path) }
        try run()
        try folder.write("more\n", to: "clean/README.txt")
        var preparation = try restore().prepare()
        #expect(preparation.strangers == ["README.txt"] && preparation.differences.isEmpty)
        try folder.write("changed\n", to: "clean/plain.txt")
        try FileManager.default.removeItem(atPath: path("clean/compose.yml").string)
        preparation = try restore().prepare()
        let expected = [
            Restore.Difference(path: "compose.yml", isMissing: true),
            Restore.Difference(path: "plain.txt", isMissing: false),
        ]
        #expect(preparation.differences == expected)
        #expect(throws: KitError(.incomplete, "")) { _ = try restore().apply(preparation) }
        #expect(!FileManager.default.fileExists(atPath: path("back").string))
    }

    @Test func aMapOfSomebodyElseIsNotOpened() throws {
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n", to: "d/.env")
        try run()
        var other = restore()
        other.map.identities = [.generate()]
        #expect(throws: KitError(.unsuitable, "")) { _ = try other.prepare() }
        var sealed = try Deployment.contents(ofFile: path("d.map"), atMost: .max)
        sealed[sealed.count - 20] ^= 1
        try folder.write(sealed, to: "d.map")
        #expect(throws: KitError(.unsuitable, "")) { _ = try restore().prepare() }
        #expect(throws: KitError(.unsuitable, "")) { try run() }
        try FileManager.default.removeItem(atPath: path("d.map").string)
        #expect(throws: CollectingError(.missing, at: "", "")) { _ = try restore().prepare() }
    }

    @Test func aMapLiesInNoTree() throws {
        try folder.write("a=b\n", to: "d/.env")
        try FileManager.default.createSymbolicLink(atPath: path("link").string, withDestinationPath: "d")
        for place in ["d/x.age", "d/../d/x.age", "link/x.age", "clean", "clean/../clean"] {
            var workflow = sanitize()
            workflow.map?.path = path(place)
            #expect(throws: KitError(.refused, ""), "\(place)") { try workflow.checkOutput() }
        }
        try sanitize().checkOutput()
        #expect(try SealedMapFile.place(beside: path("d")) == path("d.scrubjay-map.age"))
        #expect(try SealedMapFile.place(beside: path("d/")) == path("d.scrubjay-map.age"))
        #expect(try SealedMapFile.place(beside: path("d/.")) == path("d.scrubjay-map.age"))
    }

    // MARK: - Runs that end early

    private func write(_ state: Int) throws {
        try folder.write("JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f\(state)\nNUMBER=\(state)\n", to: "d/.env")
    }

    @Test func aRunThatIsKilledLosesNothing() throws {
        try write(1)
        try run()
        let (oldMap, oldOutput) = (
            try Deployment.contents(ofFile: path("d.map"), atMost: .max), try contents(of: "clean")
        )
        let oldOriginal = try contents(of: "d")
        try write(2)
        try run(to: "new")
        let (newMap, newOriginal) = (
            try Deployment.contents(ofFile: path("d.map"), atMost: .max), try contents(of: "d")
        )
        #expect(try contents(of: "clean") == oldOutput)
        // Killed before the output stands: the old output, its map, and the next map.
        try folder.write(oldMap, to: "d.map")
        try folder.write(newMap, to: ".d.map.scrubjay-next-1")
        let old = restore("clean")
        _ = try old.apply(old.prepare())
        #expect(try contents(of: "back") == oldOriginal)
        // Killed behind that: the new output, the old map and the next map.
        let new = restore("new")
        _ = try new.apply(new.prepare())
        #expect(try contents(of: "back") == newOriginal)
        // A run that fails behind that takes neither of them away.
        try write(3)
        var failing = sanitize(to: "new")
        failing.replacesOutput = false
        #expect(throws: CollectingError(.outputExists, at: "", "")) { _ = try failing.apply(failing.prepare()) }
        _ = try new.apply(new.prepare())
        #expect(try contents(of: "back") == newOriginal)
        // The next run goes on from the newer map, and ends with one map.
        #expect(try mapFile().read()?.values.count == 2)
        try run(to: "new")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["back", "clean", "d", "d.map", "new"])
        #expect(try mapFile().read()?.values.count == 3)
        #expect(try mapFile().read()?.generation == 3)
    }

    /// A crash between the last two steps leaves a map that is older than the last one.
    @Test func anOlderMapThatWasLeftIsNotTakenUp() throws {
        try write(1)
        try run()
        let old = try Deployment.contents(ofFile: path("d.map"), atMost: .max)
        try write(2)
        try run()
        try folder.write(old, to: ".d.map.scrubjay-next-1")
        #expect(try mapFile().read()?.generation == 2)
        let restore = restore()
        _ = try restore.apply(restore.prepare())
        #expect(try contents(of: "back") == contents(of: "d"))
    }

    @Test func aRunThatFailsLeavesTheOldMap() throws {
        try write(1)
        try run()
        let map = try Deployment.contents(ofFile: path("d.map"), atMost: .max)
        try write(2)
        var workflow = sanitize()
        let preparation = try workflow.prepare()
        #expect(throws: KitError(.interrupted, "")) { _ = try workflow.apply(preparation, isInterrupted: { true }) }
        workflow.replacesOutput = false
        #expect(throws: CollectingError(.outputExists, at: "", "")) { _ = try workflow.apply(preparation) }
        #expect(try Deployment.contents(ofFile: path("d.map"), atMost: .max) == map)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["clean", "d", "d.map"])
    }

    // MARK: - Keys

    @Test func theMapIsSealedAgainToWhomItWas() throws {
        try write(1)
        let colleague = AgeIdentity.generate()
        var workflow = sanitize()
        workflow.map?.recipients = [identity.recipient, colleague.recipient]
        _ = try workflow.apply(workflow.prepare())
        try run()
        #expect(try mapFile(colleague).read() != nil)
        // A passphrase takes the place of the keys when it is named.
        workflow.map?.recipients = [.passphrase(SecretBytes(copying: Array("auk".utf8)), workFactor: 10)]
        _ = try workflow.apply(workflow.prepare())
        #expect(throws: KitError(.unsuitable, "")) { _ = try mapFile().read() }
        #expect(try mapFile(.passphrase(SecretBytes(copying: Array("auk".utf8)))).read()?.recipients == [])
    }

    /// The schemas are those of real files: of a map with links, keys, values of every kind and what is in no map.
    @Test func theSchemasFitWhatIsWritten() throws {
        try FileManager.default.copyItem(atPath: Repository.fixture, toPath: path("d").string)
        try FileManager.default.createSymbolicLink(atPath: path("d/link").string, withDestinationPath: "/nowhere")
        try folder.write([0xFF, 0, 1, 0xFE], to: "d/state.bin")
        try folder.write("ref: x\n", to: "d/sub/.git/HEAD")
        try folder.write([UInt8](repeating: 0, count: Sanitize.longestKeptFile + 1), to: "d/recording.bin")
        try run()
        let map = try AgeFile.open(try folder.read("d.map"), with: [identity])
        let schema = try JSONSchema(ofFile: "docs/formats/sealed-map.schema.json")
        #expect(try schema.complaints(about: Array(map.exposed())).isEmpty)
        let written = try folder.read("clean/" + ParameterFile.name)
        #expect(try JSONSchema(ofFile: "docs/formats/parameters.schema.json").complaints(about: written).isEmpty)
        // The check itself sees what is wrong.
        let other = String(decoding: map.exposed(), as: UTF8.self).replacing("\"generation\"", with: "\"number\"")
        #expect(try schema.complaints(about: Array(other.utf8)).sorted() == ["$: additionalProperties", "$: required"])
    }

    @Test func theMapHoldsNoPlainValue() throws {
        for (path, text) in Self.files { try folder.write(text, to: "d/" + path) }
        try run()
        let map = try Deployment.contents(ofFile: path("d.map"), atMost: .max)
        let text = String(decoding: map, as: UTF8.self)
        for value in ["heron-nest.test", "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "lmurre"] {
            #expect(!text.contains(value))
            #expect(!text.contains(Data(value.utf8).base64EncodedString().replacing("=", with: "")))
        }
        let plain = String(decoding: try AgeFile.open(map, with: [identity]).exposed(), as: UTF8.self)
        #expect(plain.contains("heron-nest.test"))
    }

    /// Who could read a deployment can read the restored one, and nobody else.
    @Test func permissionsComeBackAsTheyWere() throws {
        for (name, text) in Self.files { try folder.write(text, to: "d/" + name) }
        try folder.write("nothing to see\n", to: "d/closed/open/plain.txt")
        try folder.write([0xFF, 0xFE, 0, 1, 2, 0xFF], to: "d/closed/left.key")
        let modes: [(String, mode_t)] = [
            ("d/plain.txt", 0o600), ("d/compose.yml", 0o664), (".env", 0o440), ("d/closed/open/plain.txt", 0o640),
            ("d/closed/open", 0o750), ("d/closed", 0o700), ("d", 0o710),
        ].map { ($0.0.hasPrefix("d") ? $0.0 : "d/" + $0.0, $0.1) }
        for (name, mode) in modes { try #require(chmod(path(name).string, mode) == 0) }
        try run()
        let restore = restore()
        _ = try restore.apply(restore.prepare())
        for (name, before) in modes {
            #expect(try mode("back" + name.dropFirst()) == Int(before), "\(name)")
        }
    }

    /// A map of an earlier version says no modes: the folder is its owner's alone.
    @Test func withoutModesTheFolderIsPrivate() throws {
        for (name, text) in Self.files { try folder.write(text, to: "d/" + name) }
        try run()
        let file = mapFile()
        var map = try #require(try file.read())
        map.modes = [:]
        try file.publish(file.stage(map, to: file.nextRecipients(after: map)))
        let restore = restore()
        _ = try restore.apply(restore.prepare())
        #expect(try mode("back") == 0o700 && mode("back/.env") == 0o600)
    }
}
