import Collecting
import Foundation
import Sanitizing
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What holds for every deployment, tried on many that a seeded generator makes up.
@Suite struct RandomDeploymentTests {
    /// A deployment with values that are planted in many formats.
    struct Invention {
        var files: [String: String] = [:]
        var values: [String] = []

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            func hex(_ count: Int) -> String {
                (0..<count).map { _ in String(Int.random(in: 0..<16, using: &generator), radix: 16) }.joined()
            }
            func word(_ count: Int) -> String {
                String((0..<count).map { _ in "bcdfghjklmnpqrstvwz".randomElement(using: &generator) ?? "b" })
            }
            let domain = word(9) + ".test"
            let address =
                "24\(Int.random(in: 1..<5, using: &generator)).\(Int.random(in: 1..<250, using: &generator)).7.9"
            let password = hex(32)
            let awkward =
                word(4) + ["&", "\"", "'", " ", "#", "$", "\\", "ü"].shuffled(using: &generator).prefix(3).joined()
                + word(5) + "7"
            let user = word(8)
            values = [domain, address, password, awkward, user]
            let escaped = awkward.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            let base64 = Data("JVB_AUTH_PASSWORD=\(password)\nPUBLIC_URL=https://\(domain)\n".utf8)
                .base64EncodedString()
            files = [
                ".env":
                    "PUBLIC_URL=https://meet.\(domain)\nDOCKER_HOST_ADDRESS=\(address)\nJVB_AUTH_PASSWORD=\(password)\n",
                "jvb/jvb.conf": "shard { HOSTNAME = \"xmpp.\(domain)\"\n  PASSWORD = \"\(password)\" }\n",
                "values.json": "{\"LDAP_BINDPW\": \"\(escaped)\", \"servers\": [\"\(address)\", \"turn.\(domain)\"]}\n",
                "compose.yml":
                    "services:\n  jvb:\n    environment:\n      - JVB_AUTH_PASSWORD=\(password)\n      - X=\(address)\n",
                "cloud-init.json": "{\"user-data\": \"\(base64)\"}\n",
                "notes-\(user).md": "Log in with ssh \(user)@\(address), home is /home/\(user).\n",
                "plain.txt": "nothing to see in here\r\nnor here\r\n",
            ]
        }
    }

    private func contents(of folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for path in try TemporaryFolder.files(in: folder) {
            files[path] = try Deployment.contents(ofFile: FilePath(folder + "/" + path))
        }
        return files
    }

    @Test(arguments: 0..<40)
    func nothingIsLeftAndNothingElseChanges(seed: Int) throws {
        let invention = Invention(seed: UInt64(seed))
        let folder = try TemporaryFolder()
        for (path, text) in invention.files { try folder.write(text, to: "d/" + path) }
        let scan = try Scan(fingerprintKey: FingerprintKey())
        for (source, output) in [("d", "clean"), ("clean", "again")] {
            let sanitize = Sanitize(
                source: FilePath(folder.path + "/" + source),
                output: FilePath(folder.path + "/" + output),
                scan: scan
            )
            _ = try sanitize.apply(try sanitize.prepare())
        }
        let clean = try contents(of: folder.path + "/clean")
        #expect(try contents(of: folder.path + "/again") == clean)
        #expect(clean.count == invention.files.count + 1)
        for (path, bytes) in clean {
            let text = path + "\n" + String(decoding: bytes, as: UTF8.self)
            for value in invention.values { #expect(!text.contains(value), "seed \(seed), \(path)") }
        }
        #expect(clean["plain.txt"] == Array("nothing to see in here\r\nnor here\r\n".utf8))
        let data = try #require(clean["values.json"])
        let object = try JSONSerialization.jsonObject(with: Data(data)) as? [String: Any]
        #expect(object?.keys.sorted() == ["LDAP_BINDPW", "servers"])
        #expect(object?["LDAP_BINDPW"] as? String == "REPLACE-ldap-bindpw")
        let decoded = try #require(
            (try JSONSerialization.jsonObject(with: Data(clean["cloud-init.json"] ?? [])) as? [String: String])?[
                "user-data"
            ]
        )
        let inside = String(decoding: Data(base64Encoded: decoded) ?? Data(), as: UTF8.self)
        #expect(inside == "JVB_AUTH_PASSWORD=REPLACE-jvb-auth-password\nPUBLIC_URL=https://example.org\n")
    }
}
