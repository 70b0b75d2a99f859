import Archive
import Foundation
import TestKit
import Testing

@Suite struct ZstandardTests {
    private let format = ArchiveFormat.zstandardTar
    private let plain = Array("a text that is long enough to be compressed, compressed, compressed\n".utf8)

    @Test(arguments: [0, 1, 100, 65_535, 65_536, 300_000, 3_000_000])
    func whatIsCompressedIsDecompressed(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        let random = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [random, [UInt8](repeating: 0x41, count: count)] {
            #expect(try format.unpack(format.pack(bytes)) == bytes)
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let frame = try format.pack(plain)
        for count in 0..<frame.count {
            #expect(throws: ArchiveError.self) { try format.unpack(Array(frame[..<count])) }
        }
    }

    @Test func everyChangedBitIsRefused() throws {
        let frame = try format.pack(plain)
        for position in 0..<(8 * frame.count) {
            var changed = frame
            changed[position / 8] ^= 1 << (position % 8)
            let bytes = try? format.unpack(changed)
            #expect(bytes == nil || bytes == plain, "bit \(position)")
        }
    }

    @Test func otherFramesAreRefused() throws {
        let frame = try format.pack(plain)
        let empty = try format.pack([])
        // A frame that decoders skip, RFC 8878 section 3.1.2.
        let skipped: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        for bytes in [frame + frame, empty + frame, frame + empty, frame + [0], skipped + frame, frame + skipped] {
            #expect(throws: ArchiveError.self) { try format.unpack(bytes) }
        }
    }

    @Test func aBombIsRefusedBeforeItGoesOff() throws {
        let zeros = [UInt8](repeating: 0, count: (1 << 24) + 1)
        #expect(throws: ArchiveError(.tooLarge, "")) { try format.pack(zeros) }
        var limits = ArchiveLimits()
        limits.expansion = 1 << 30
        let bomb = try format.pack(zeros, limits: limits)
        #expect(throws: ArchiveError(.tooLarge, "")) { try format.unpack(bomb) }
        #expect(try format.unpack(bomb, limits: limits) == zeros)
    }

    private static let program = "/usr/bin/zstd"
    private static let hasProgram = FileManager.default.isExecutableFile(atPath: program)

    @Test(.enabled(if: hasProgram, "there is no zstd to compare with"))
    func zstdReadsItAndIsRead() throws {
        #expect(try run(["-dc"], input: format.pack(plain)) == plain)
        // From a pipe it knows no length, and such a frame is refused; a file's frame has one, and a checksum.
        #expect(throws: ArchiveError(.notCanonical, "")) { try format.unpack(run(["-c"], input: plain)) }
        let file = FileManager.default.temporaryDirectory.appending(path: "scrubjay-\(UUID().uuidString)")
        try Data(plain).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try format.unpack(run(["-c", file.path], input: [])) == plain)
        #expect(throws: ArchiveError(.notCanonical, "")) {
            try format.unpack(run(["-c", "--no-check", file.path], input: []))
        }
    }

    private func run(_ arguments: [String], input: [UInt8]) throws -> [UInt8] {
        let process = Process()
        let (stdin, stdout) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: Self.program)
        process.arguments = arguments
        process.standardInput = stdin
        process.standardOutput = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(output)
    }
}
