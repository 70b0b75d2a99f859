import Archive
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
        let (count, found) = try BundleScan(scan).run { take in
            for (path, bytes) in files {
                take(.entry(ArchiveEntry(path: path, isExecutable: false, size: bytes.count)))
                for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                    take(.bytes(Array(bytes[start..<min(bytes.count, start + pieceSize)])))
                }
            }
            return files.count
        }
        #expect(count == files.count)
        #expect(found.isEmpty == found.files.isEmpty)
        return found.files.flatMap { file in file.items.map { _ in file.path } }
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

    @Test func anEmptyBundleHasNothing() throws { #expect(try paths([("empty", [])]).isEmpty && paths([]).isEmpty) }
}
