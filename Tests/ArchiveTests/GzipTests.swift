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
            #expect(try ArchiveFormat.gzippedTar.unpack(ArchiveFormat.gzippedTar.pack(bytes)) == bytes)
        }
    }

    @Test func hasNoTimeAndNoName() throws {
        #expect(try ArchiveFormat.gzippedTar.pack(plain).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
    }

    @Test func everyTruncationIsRefused() throws {
        let member = try ArchiveFormat.gzippedTar.pack(plain)
        for count in 0..<member.count {
            #expect(throws: ArchiveError.self) { try ArchiveFormat.gzippedTar.unpack(Array(member[..<count])) }
        }
    }

    @Test func everyChangedBitIsRefused() throws {
        let member = try ArchiveFormat.gzippedTar.pack(plain)
        for position in 0..<(8 * member.count) {
            var changed = member
            changed[position / 8] ^= 1 << (position % 8)
            // A bit of the padding behind the last code may change; what comes out is then the same.
            let bytes = try? ArchiveFormat.gzippedTar.unpack(changed)
            #expect(bytes == nil || bytes == plain, "bit \(position)")
        }
    }

    @Test func aSecondMemberIsRefused() throws {
        let member = try ArchiveFormat.gzippedTar.pack(plain)
        let empty = try ArchiveFormat.gzippedTar.pack([])
        #expect(throws: ArchiveError.self) { try ArchiveFormat.gzippedTar.unpack(member + member) }
        #expect(throws: ArchiveError.self) { try ArchiveFormat.gzippedTar.unpack(member + empty) }
        // The one that a check of the last trailer alone would not notice: nothing first, then everything.
        #expect(throws: ArchiveError.self) { try ArchiveFormat.gzippedTar.unpack(empty + member) }
    }

    @Test func trailingBytesAreRefused() throws {
        let member = try ArchiveFormat.gzippedTar.pack(plain)
        #expect(throws: ArchiveError.self) { try ArchiveFormat.gzippedTar.unpack(member + [0]) }
        #expect(throws: ArchiveError.self) {
            try ArchiveFormat.gzippedTar.unpack(member + [UInt8](repeating: 0, count: 512))
        }
        // Bytes between the stream and a trailer that is right.
        let hidden = Array(member.dropLast(8)) + Array("hidden".utf8) + Array(member.suffix(8))
        #expect(throws: ArchiveError(.notCanonical, "")) { try ArchiveFormat.gzippedTar.unpack(hidden) }
    }

    @Test func anotherHeaderIsRefused() throws {
        let member = try ArchiveFormat.gzippedTar.pack(plain)
        for (offset, value) in [(3, 8), (4, 1), (8, 2), (9, 255)] as [(Int, UInt8)] {
            var changed = member
            changed[offset] = value
            #expect(throws: ArchiveError(.notCanonical, "")) { try ArchiveFormat.gzippedTar.unpack(changed) }
        }
    }

    @Test func aBombIsRefusedBeforeItGoesOff() throws {
        let zeros = [UInt8](repeating: 0, count: (1 << 24) + 1)
        #expect(throws: ArchiveError(.tooLarge, "")) { try ArchiveFormat.gzippedTar.pack(zeros) }
        var limits = ArchiveLimits()
        limits.expansion = 2000
        let bomb = try ArchiveFormat.gzippedTar.pack(zeros, limits: limits)
        #expect(throws: ArchiveError(.tooLarge, "")) { try ArchiveFormat.gzippedTar.unpack(bomb) }
        #expect(try ArchiveFormat.gzippedTar.unpack(bomb, limits: limits) == zeros)
        // A trailer that lies about the size.
        var liar = bomb
        liar.replaceSubrange((liar.count - 4)..., with: [16, 0, 0, 0])
        #expect(throws: ArchiveError(.tooLarge, "")) { try ArchiveFormat.gzippedTar.unpack(liar) }
        #expect(throws: ArchiveError(.malformed, "")) { try ArchiveFormat.gzippedTar.unpack(liar, limits: limits) }
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
        try input.fileHandleForWriting.write(contentsOf: Data(try ArchiveFormat.gzippedTar.pack(plain)))
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
        #expect(try ArchiveFormat(fileName: "a.tar.zst") == .zstandardTar)
        for name in ["a.tar.xz", "a.zip", "a", "tar", "a.gz", "a.zst"] {
            #expect(throws: ArchiveError(.unsupportedFormat, "")) { try ArchiveFormat(fileName: name) }
        }
        #expect(ArchiveFormat(detecting: [0x28, 0xB5, 0x2F, 0xFD, 0]) == .zstandardTar)
        #expect(ArchiveFormat(detecting: []) == .tar)
    }
}
