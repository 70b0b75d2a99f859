import Archive
import Foundation
import TestKit
import Testing

@Suite struct GzipTests {
    private let plain = Array("a text that is long enough to be compressed, compressed, compressed\n".utf8)

    @Test(arguments: [0, 1, 100, 65_535, 65_536, 300_000])
    func whatIsCompressedIsDecompressed(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let random = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [random, [UInt8](repeating: 0x41, count: count)] {
            #expect(try Gzip.decompress(Gzip.compress(bytes)) == bytes)
        }
    }

    @Test func hasNoTimeAndNoName() throws {
        #expect(try Gzip.compress(plain).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3])
    }

    @Test func everyTruncationIsRefused() throws {
        let member = try Gzip.compress(plain)
        for count in 0..<member.count {
            #expect(throws: ArchiveError.self) { try Gzip.decompress(Array(member[..<count])) }
        }
    }

    @Test func everyChangedBitIsRefused() throws {
        let member = try Gzip.compress(plain)
        for position in 0..<(8 * member.count) {
            var changed = member
            changed[position / 8] ^= 1 << (position % 8)
            // A bit of the padding behind the last code may change; what comes out is then the same.
            let bytes = try? Gzip.decompress(changed)
            #expect(bytes == nil || bytes == plain, "bit \(position)")
        }
    }

    @Test func aSecondMemberIsRefused() throws {
        let member = try Gzip.compress(plain)
        let empty = try Gzip.compress([])
        #expect(throws: ArchiveError.self) { try Gzip.decompress(member + member) }
        #expect(throws: ArchiveError.self) { try Gzip.decompress(member + empty) }
        // The one that a check of the last trailer alone would not notice: nothing first, then everything.
        #expect(throws: ArchiveError.self) { try Gzip.decompress(empty + member) }
    }

    @Test func trailingBytesAreRefused() throws {
        let member = try Gzip.compress(plain)
        #expect(throws: ArchiveError.self) { try Gzip.decompress(member + [0]) }
        #expect(throws: ArchiveError.self) { try Gzip.decompress(member + [UInt8](repeating: 0, count: 512)) }
        // Bytes between the stream and a trailer that is right.
        let hidden = Array(member.dropLast(8)) + Array("hidden".utf8) + Array(member.suffix(8))
        #expect(throws: ArchiveError(.notCanonical, "")) { try Gzip.decompress(hidden) }
    }

    @Test func anotherHeaderIsRefused() throws {
        let member = try Gzip.compress(plain)
        for (offset, value) in [(3, 8), (4, 1), (8, 0), (9, 255)] as [(Int, UInt8)] {
            var changed = member
            changed[offset] = value
            #expect(throws: ArchiveError(.notCanonical, "")) { try Gzip.decompress(changed) }
        }
    }

    @Test func aBombIsRefusedBeforeItGoesOff() throws {
        let zeros = [UInt8](repeating: 0, count: (1 << 24) + 1)
        #expect(throws: ArchiveError(.tooLarge, "")) { try Gzip.compress(zeros) }
        var limits = ArchiveLimits()
        limits.expansion = 2000
        let bomb = try Gzip.compress(zeros, limits: limits)
        #expect(throws: ArchiveError(.tooLarge, "")) { try Gzip.decompress(bomb) }
        #expect(try Gzip.decompress(bomb, limits: limits) == zeros)
        // A trailer that lies about the size: no more memory is filled than it says.
        var liar = bomb
        liar.replaceSubrange((liar.count - 4)..., with: [16, 0, 0, 0])
        #expect(throws: ArchiveError(.malformed, "")) { try Gzip.decompress(liar) }
    }

    private static let hasGzip = FileManager.default.isExecutableFile(atPath: "/usr/bin/gzip")

    @Test(.enabled(if: hasGzip, "there is no gzip to compare with"))
    func gzipReadsIt() throws {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/gzip")
        process.arguments = ["-dc"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(try Gzip.compress(plain)))
        try input.fileHandleForWriting.close()
        let read = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(Array(read) == plain)
    }
}

@Suite struct ArchiveFormatTests {
    @Test func theNameSaysTheFormat() throws {
        #expect(try ArchiveFormat(fileName: "a.tar") == .tar)
        #expect(try ArchiveFormat(fileName: "a.tar.gz") == .gzippedTar)
        #expect(try ArchiveFormat(fileName: "a.tgz") == .gzippedTar)
        for name in ["a.tar.zst", "a.zip", "a", "tar", "a.gz"] {
            #expect(throws: ArchiveError(.unsupportedFormat, "")) { try ArchiveFormat(fileName: name) }
        }
        #expect(throws: ArchiveError(.unsupportedFormat, "")) {
            try ArchiveFormat(detecting: [0x28, 0xB5, 0x2F, 0xFD, 0])
        }
    }
}
