import Archive
import Collecting
import Documents
import Foundation
import Sanitizing
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// What stands compressed, in UTF-16 or in quoted-printable is found, replaced, proved gone, and comes back.
@Suite struct EncodedTextsWayTests {
    private let folder: TemporaryFolder
    private let scan: Scan
    private let identity = AgeIdentity.generate()

    init() throws {
        folder = try TemporaryFolder()
        scan = try Scan(fingerprintKey: FingerprintKey())
    }

    private static let password = "drake-Wren41"
    private static let settings = "DB_HOST=db\nDB_PASSWORD=\(password)\n"

    private static func base64(_ bytes: [UInt8]) throws -> String {
        String(decoding: try Encoding.base64.encode(bytes), as: UTF8.self)
    }

    /// With a time and a name, which a text that is compressed anew does not have.
    private static func gzip(_ text: String) throws -> [UInt8] {
        var packed = try CompressedText.compressed(Array(text.utf8), as: .gzip)
        packed[3] = 8
        packed.replaceSubrange(4..<8, with: [1, 2, 3, 4])
        packed.insert(contentsOf: Array("a.env\0".utf8), at: 10)
        return packed
    }

    private static func files() throws -> [String: String] {
        let packed = try base64(gzip(settings))
        let lines = stride(from: 0, to: packed.count, by: 60).map { "      " + packed.dropFirst($0).prefix(60) }
        let release = try base64(Array(base64(gzip("{\"config\": {\"password\": \"\(password)\"}}")).utf8))
        let command = try base64(Encoding.utf16LittleEndian.encode(Array("$password = '\(password)'".utf8)))
        return [
            "user-data.yml": "#cloud-config\nwrite_files:\n  - encoding: gz+b64\n    content: \(packed)\n",
            "wrapped.yml": "write_files:\n  - path: /etc/app.env\n    content: !!binary |\n"
                + lines.joined(separator: "\n") + "\n",
            "main.tf": "locals {\n  user_data = \"\(packed)\"\n}\n",
            "release.yml": "kind: Secret\ntype: helm.sh/release.v1\ndata:\n  release: \(release)\n",
            "run.ps1": "powershell -EncodedCommand \(command)\r\n",
            "hello.eml": "From: x\nContent-Transfer-Encoding: quoted-printable\n\npassword: drake=\n-Wren41\n",
            "zigbee.yaml": "advanced:\n  network_key: [17, 203, 88, 4, 151, 62, 249, 33]\n",
        ]
    }

    @Test func allOfThemAreReplacedAndComeBack() throws {
        let files = try Self.files()
        for (name, text) in files { try folder.write(text, to: "d/" + name) }
        let map = SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [identity])
        let output = FilePath(folder.path + "/clean")
        let sanitize = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: output,
            replacesOutput: true,
            map: map,
            scan: scan
        )
        _ = try sanitize.apply(sanitize.prepare(), time: 0)
        for name in files.keys {
            let bytes = try Deployment.contents(ofFile: output.appending(name), atMost: .max)
            let texts = Document(path: name, bytes: bytes).layers.map { String(decoding: $0.text, as: UTF8.self) }
            #expect(!texts.contains { $0.contains(Self.password) || $0.contains("203") }, "\(name)")
            #expect(texts.contains { $0.contains("REPLACE-") || $0.contains("0, 0, 0, 0, 0, 0, 0, 1") }, "\(name)")
        }
        let back = FilePath(folder.path + "/back")
        let restore = Restore(tree: output, map: map, output: back, replacesOutput: true)
        _ = try restore.apply(restore.prepare())
        for (name, text) in files {
            #expect(try Deployment.contents(ofFile: back.appending(name), atMost: .max) == Array(text.utf8), "\(name)")
        }
    }
}
