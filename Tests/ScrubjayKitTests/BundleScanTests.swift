import Archive
import Sanitizing
import TestKit
import Testing

@testable import ScrubjayKit

/// The files of a bundle are scanned while they are read, some at a time.
@Suite struct BundleScanTests {
    private let scan: Scan
    private let secret = "JVB_AUTH_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f0\n"

    init() throws { scan = try Scan(fingerprintKey: FingerprintKey()) }

    /// Scans files that come in pieces of so many bytes, and gives the paths in which something is found.
    private func paths(_ files: [(path: String, bytes: [UInt8])], pieceSize: Int = 1 << 18) throws -> [String] {
        let found = try found(files, by: BundleScan(scan), pieceSize: pieceSize)
        #expect(found.isEmpty == found.files.isEmpty)
        #expect(found.isComplete)
        return found.files.flatMap { file in file.items.map { _ in file.path } }
    }

    private func found(
        _ files: [(path: String, bytes: [UInt8])],
        by scan: BundleScan,
        pieceSize: Int = 1 << 18
    ) throws -> BundleScan.Found {
        let (count, found) = try scan.run { take in
            for (path, bytes) in files {
                take(.entry(ArchiveEntry(path: path, isExecutable: false, size: bytes.count)))
                for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                    take(.bytes(bytes[start..<min(bytes.count, start + pieceSize)]))
                }
            }
            return files.count
        }
        #expect(count == files.count)
        return found
    }

    /// Lines in which nothing is sensitive.
    private func filler(_ count: Int) -> [UInt8] {
        let line = Array("a river, a stone and a cloud\n".utf8)
        return Array(repeatElement(line, count: count / line.count + 1).joined().prefix(count))
    }

    @Test func filesOfManyBatchesAreFoundInTheirOrder() throws {
        let files = (0..<30).map { number in
            (
                path: "f\(number / 10)\(number % 10)",
                bytes: filler(1 << 21) + Array((number % 3 == 0 ? secret : "").utf8)
            )
        }
        #expect(try paths(files) == files.enumerated().filter { $0.offset % 3 == 0 }.map(\.element.path))
    }

    @Test(arguments: [-5, -30, 0, 40])
    func aLargeFileIsScannedInPartsOfWhichNoneCutsAValue(offset: Int) throws {
        let before = filler((1 << 22) + offset)
        let found = try paths([("large", before + [0x0A] + Array(secret.utf8) + filler(1 << 20))])
        #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix("large") })
    }

    @Test func whatOneFileShowsIsFoundInTheOther() throws {
        let bare = Array("and then 0f1e2d3c4b5a69788796a5b4c3d2e1f0 was said\n".utf8)
        #expect(try paths([("a.txt", bare), (".env", Array(secret.utf8))], pieceSize: 7) == ["a.txt", ".env"])
    }

    @Test func ofVeryManyFindingsOnlyTheFirstAreNamed() throws {
        // Each in a batch of its own, of which the last one is not scanned any more.
        let files = (0..<4).map { number in (path: "f\(number)", bytes: Array(secret.utf8)) }
        let first = try found(files, by: BundleScan(scan, limit: 2, batchSize: 1))
        #expect(first.files.map(\.path) == ["f0", "f1"])
        #expect(!first.isComplete)
        let all = try found(Array(files.prefix(2)), by: BundleScan(scan, limit: 3, batchSize: 1))
        #expect(all.files.count == 2)
        #expect(all.isComplete)
        let lines = (0..<9).map { "KEY_\($0)_PASSWORD=0f1e2d3c4b5a69788796a5b4c3d2e1f\($0)\n" }.joined()
        let together = try found([(".env", Array(lines.utf8))], by: BundleScan(scan, limit: 4))
        #expect(together.files.flatMap(\.items).count == 4)
        #expect(!together.isComplete)
    }

    @Test func whatIsLetStandIsNamedAtSoManyPlacesAndLookedForInAll() throws {
        let kept = [ParameterFile.Kept.domain("plover.test")]
        let hosts = (0..<9).map { "PUBLIC_URL=https://a\($0).plover.test\n" }.joined()
        let files = [(path: "a.env", bytes: Array(hosts.utf8)), (path: "z.env", bytes: Array(secret.utf8))]
        let found = try found(files, by: BundleScan(scan.accepting(kept), limit: 3))
        #expect(found.kept.count == 3)
        #expect(!found.isComplete)
        #expect(found.files.map(\.path) == ["z.env"])
    }

    @Test func anEmptyBundleHasNothing() throws { #expect(try paths([("empty", [])]).isEmpty && paths([]).isEmpty) }
}
