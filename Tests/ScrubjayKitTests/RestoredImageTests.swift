import Collecting
import Sodium
import SystemPackage
import TestKit
import Testing

@testable import ScrubjayKit

/// An image that loses its metadata comes back with it.
@Suite struct RestoredImageTests {
    /// A PNG of the chunks, whose checksums nobody reads.
    private static func png(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        chunks.reduce([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { bytes, chunk in
            let count = withUnsafeBytes(of: UInt32(chunk.1.count).bigEndian) { Array($0) }
            return bytes + count + Array(chunk.0.utf8) + chunk.1 + [0, 0, 0, 0]
        }
    }

    @Test func metadataComesBack() throws {
        let folder = try TemporaryFolder()
        let head = ("IHDR", [UInt8](repeating: 1, count: 13))
        let text = ("tEXt", Array("Author\0Ada Wren, ada@wren.test".utf8))
        let original = Self.png([head, text, ("IDAT", [9, 9, 9]), ("tIME", [7, 234, 1, 1, 0, 0, 0]), ("IEND", [])])
        try folder.write(original, to: "d/logo.png")
        try folder.write("ADMIN_EMAIL=ada@wren.test\n", to: "d/.env")

        let map = SealedMapFile(path: FilePath(folder.path + "/d.map"), identities: [AgeIdentity.generate()])
        let clean = FilePath(folder.path + "/clean")
        let workflow = Sanitize(
            source: FilePath(folder.path + "/d"),
            output: clean,
            map: map,
            scan: try Scan(fingerprintKey: FingerprintKey())
        )
        _ = try workflow.apply(workflow.prepare())
        let sanitized = try Deployment.contents(ofFile: clean.appending("logo.png"), atMost: .max)
        #expect(sanitized == Self.png([head, ("IDAT", [9, 9, 9]), ("IEND", [])]))

        let restore = Restore(tree: clean, map: map, output: FilePath(folder.path + "/back"))
        _ = try restore.apply(restore.prepare())
        #expect(try Deployment.contents(ofFile: FilePath(folder.path + "/back/logo.png"), atMost: .max) == original)
    }
}
