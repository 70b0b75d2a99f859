import Collecting
import Detecting
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// With the map of the last run a small change of a deployment is a small change of the output.
@Suite struct StabilityTests {
    private let folder: TemporaryFolder
    private let scan: Scan
    private let identity = AgeIdentity.generate()

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
    }

    /// Sanitizes the files, and gives what they become.
    private func sanitized(
        _ files: [String: String],
        time: Int = 0,
        keepsMap: Bool = true
    ) throws -> (files: [String: [Substring]], parameters: ParameterFile) {
        try? FileManager.default.removeItem(atPath: folder.path + "/d")
        for (path, text) in files { try folder.write(text, to: "d/" + path) }
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: FilePath(folder.path + "/clean"),
            replacesOutput: true,
            map: keepsMap ? SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [identity]) : nil,
            scan: scan
        )
        let outcome = try workflow.apply(workflow.prepare(), time: time)
        var lines: [String: [Substring]] = [:]
        for path in try TemporaryFolder.files(in: folder.path + "/clean") where path != ParameterFile.name {
            let bytes = try Deployment.contents(ofFile: FilePath(folder.path + "/clean/" + path))
            lines[path] = String(decoding: bytes, as: UTF8.self).split(
                separator: "\n",
                omittingEmptySubsequences: false
            )
        }
        return (lines, outcome.parameters)
    }

    /// A number with a sign is one, and keeps its stand-in and its name where only a number can stand.
    @Test func aNegativeNumberKeepsItsStandIn() throws {
        let text = "telegram_configs: [{chat_id: -1001928374650}]\n"
        let first = try sanitized(["alertmanager.yml": text])
        #expect(first.files["alertmanager.yml"]?.first?.contains("chat_id: -1") == true)
        for _ in 0..<2 {
            let next = try sanitized(["alertmanager.yml": text])
            #expect(next.files == first.files)
            #expect(next.parameters.parameters.map(\.name) == first.parameters.parameters.map(\.name))
        }
    }

    private func lastMap() throws -> SealedMap {
        let file = SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [identity])
        return try #require(try file.read())
    }

    /// A deployment whose lines are settings of their own, and further lines for it.
    private struct Lines {
        var files: [String: [String]] = [:]
        var further: [String] = []

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            func hex() -> String {
                (0..<32).map { _ in String(Int.random(in: 0..<16, using: &generator), radix: 16) }.joined()
            }
            func word() -> String {
                String((0..<9).map { _ in "bcdfghjklmnpqrstvwz".randomElement(using: &generator) ?? "b" })
            }
            func byte() -> Int { Int.random(in: 1..<250, using: &generator) }
            let networks = (0..<3).map { _ in "24\(Int.random(in: 1..<5, using: &generator)).\(byte()).\(byte())" }
            let privateNetworks = (0..<3).map { _ in "10.\(byte()).\(byte())" }
            var number = 0
            func line() -> String {
                number += 1
                let network = Bool.random(using: &generator) ? networks : privateNetworks
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: return "SERVICE_\(number)_PASSWORD=\(hex())"
                case 1: return "SERVER_\(number)_ADDRESS=\(network.randomElement(using: &generator) ?? "").\(byte())"
                case 2: return "URL_\(number)=https://meet.\(word()).test/"
                case 3: return "LETSENCRYPT_\(number)_EMAIL=\(word())@\(word()).test"
                case 4: return "DIR_\(number)=/home/\(word())/.jitsi-meet-cfg"
                default: return "PLAIN_\(number)=nothing"
                }
            }
            for name in [".env", "a/b.env", "c.env"] { files[name] = (0..<8).map { _ in line() } }
            further = (0..<6).map { _ in line() }
        }

        var texts: [String: String] { files.mapValues { $0.joined(separator: "\n") + "\n" } }
    }

    @Test(arguments: 0..<12 as Range<UInt64>) func whatIsInsertedChangesItsOwnLineAlone(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 1000)
        var lines = Lines(seed: seed)
        var before = try sanitized(lines.texts).files
        for line in lines.further {
            let path = try #require(lines.files.keys.sorted().randomElement(using: &generator))
            let index = Int.random(in: 0...(lines.files[path]?.count ?? 0), using: &generator)
            lines.files[path]?.insert(line, at: index)
            let after = try sanitized(lines.texts).files
            var expected = before
            let inserted = try #require(after[path]?[index])
            expected[path]?.insert(inserted, at: index)
            #expect(after == expected, "seed \(seed)")
            before = after
        }
    }

    /// Without the map a value that comes before the others moves their numbers: what the property above is worth.
    @Test func withoutAMapNumbersMove() throws {
        let text = "ADDRESS_B=245.35.72.19\n"
        let before = try sanitized([".env": text], keepsMap: false).files[".env"]
        let after = try sanitized([".env": "ADDRESS_A=246.11.12.13\n" + text], keepsMap: false).files[".env"]
        #expect(before?.first != after?.dropFirst().first)
    }

    @Test func aValueThatComesAgainIsTheOneThatItWas() throws {
        let (both, one) = ("A_ADDRESS=245.35.72.19\nB_ADDRESS=246.118.9.203\n", "B_ADDRESS=246.118.9.203\n")
        let first = try sanitized([".env": both], time: 100).files
        _ = try sanitized([".env": one], time: 200)
        let gone = try lastMap()
        #expect(gone.values.count { $0.kind == .ipv4 && $0.origin == nil } == 2)
        let new = "C_ADDRESS=247.1.2.3\n" + one
        let second = try sanitized([".env": new], time: 300)
        #expect(second.files[".env"]?[1] == first[".env"]?[1])
        // A stand-in of a value that is gone is nobody else's.
        let given = Set(first[".env"] ?? []).map { $0.split(separator: "=").last ?? "" }
        #expect(!given.contains(second.files[".env"]?[0].split(separator: "=").last ?? ""))
        #expect(try sanitized([".env": both], time: 400).files == first)
        let times = try lastMap().values.filter { $0.kind == .ipv4 && $0.origin == nil }.map(\.firstSeen)
        #expect(times.sorted() == [100, 100, 300])
    }

    @Test func parametersKeepTheirNames() throws {
        let password = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
        let first = try sanitized([".env": "JVB_AUTH_PASSWORD=\(password)\n"]).parameters
        #expect(first.parameters.map(\.name) == ["jvb_auth_password"])
        // A setting that would name the value better, and another value that would have its name.
        let changed = [
            ".env": "JVB_AUTH_PASSWORD=\(password)\nA_PASSWORD=\(password)\nA_PASSWORD=\(password)\n",
            "a.env": "JVB_AUTH_PASSWORD=1\(password.dropFirst())\n",
        ]
        let second = try sanitized(changed).parameters
        #expect(second.parameters.first { $0.places.count == 3 }?.name == "jvb_auth_password")
        #expect(Set(second.parameters.map(\.name)).count == 2)
        let without = try sanitized(changed, keepsMap: false).parameters
        #expect(without.parameters.first { $0.places.count == 3 }?.name == "a_password")
    }

    /// Names that are made from the kind of a value stay, also where a value has such a word.
    @Test func aSecondRunChangesNothing() throws {
        let files = [
            ".env": "URL=https://meet.public-address-host.test/\nA_ADDRESS=245.35.72.19\nB=245.35.72.20\nC=10.9.8.7\n",
            "a.env": "LETSENCRYPT_EMAIL=otter.email@public-address-host.test\nDIR=/home/otterfield/x\n",
        ]
        let first = try sanitized(files)
        let second = try sanitized(files)
        #expect(second.files == first.files)
        #expect(second.parameters == first.parameters)
        #expect(try sanitized(files, keepsMap: false).files == first.files)
    }

    @Test func aNameThatWouldGiveAValueAwayGoes() throws {
        _ = try sanitized([".env": "OTTERFIELD_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n"])
        let second = try sanitized([
            ".env": "OTTERFIELD_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\nURL=https://meet.otterfield.test\n"
        ])
        for parameter in second.parameters.parameters {
            #expect(!parameter.name.contains("otterfield") && !parameter.standIn.contains("otterfield"))
        }
    }
}
