import Collecting
import Detecting
import Documents
import Foundation
import ScrubjayKit
import SystemPackage
import TestKit
import Testing

@Suite("scanning archives and what is no plain text")
struct ArchiveScanTests {
    private static let text = "DB_PASSWORD=osprey%Nest-71\nmail to wim@osprey.test\n"

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func scan() throws -> (findings: [Finding], summary: Scan.Summary) {
        var findings: [Finding] = []
        let summary = try Scan(fingerprintKey: FingerprintKey()).run(.path(FilePath(folder.path))) {
            findings += $0.items.map(\.finding)
        }
        return (findings, summary)
    }

    @Test(arguments: [
        ("tar -cf a.tar etc", "a.tar!/etc/app.env"), ("tar -czf a.tgz etc", "a.tgz!/etc/app.env"),
        ("tar -cjf a.tar.bz2 etc", "a.tar.bz2!/etc/app.env"), ("tar -cJf a.tar.xz etc", "a.tar.xz!/etc/app.env"),
        ("gzip -k etc/app.env && mv etc/app.env.gz .", "app.env.gz!/app.env"),
        ("tar -czf b.tgz etc && tar -cf a.tar b.tgz && rm b.tgz", "a.tar!/b.tgz!/etc/app.env"),
    ])
    func looksInside(command: String, path: String) throws {
        try folder.write(Self.text, to: "etc/app.env")
        try folder.shell(command)
        try folder.shell("rm -r etc")
        let found = try scan().findings
        let password = try #require(found.first { $0.kind == .password })
        #expect(password.path == path)
        #expect(password.location?.fileSpan == Span(12, 26))
        #expect(password.line == 1 && password.column == 13)
        #expect(found.contains { $0.path == path && $0.kind == .email && $0.location?.fileSpan == Span(35, 50) })
    }

    @Test func looksIntoAZip() throws {
        try folder.write(
            HandmadeArchive.zip([("etc/app.env", Array(Self.text.utf8)), ("b.bin", [0, 1, 2])]),
            to: "a.zip"
        )
        let (found, summary) = try scan()
        #expect(found.contains { $0.path == "a.zip!/etc/app.env" && $0.location?.fileSpan == Span(12, 26) })
        #expect(summary.binaryCount == 1)
    }

    @Test func zerosAtTheBeginningOfACompressedTextHideNothing() throws {
        try folder.write([UInt8](repeating: 0, count: 1024) + Array(Self.text.utf8), to: "app.env")
        try folder.shell("gzip app.env")
        #expect(try scan().findings.contains { $0.path == "app.env.gz!/app.env" && $0.kind == .password })
    }

    @Test(arguments: ["tgz", "tar.xz"])
    func saysOfADamagedArchiveThatNothingWasRead(ending: String) throws {
        try folder.write(Self.text, to: "etc/app.env")
        try folder.shell(
            "tar -caf whole.\(ending) etc && head -c 30 whole.\(ending) > cut.\(ending) && rm -r etc whole.\(ending)"
        )
        let notes = try scan().summary.notes
        #expect(notes.contains { $0.path == "cut.\(ending)" && $0.message.contains("damaged") })
    }

    @Test func looksIntoZstandard() throws {
        try folder.write(HandmadeArchive.zstandard(Array(Self.text.utf8)), to: "app.env.zst")
        let found = try scan().findings
        #expect(found.contains { $0.path == "app.env.zst!/app.env" && $0.location?.fileSpan == Span(12, 26) })
    }

    @Test func findsAValueOfAFileInAnArchive() throws {
        try folder.write(Self.text, to: "app.env")
        try folder.write("it was osprey%Nest-71, I think\n", to: "etc/notes.txt")
        try folder.shell("tar -czf a.tgz etc && rm -r etc")
        let found = try scan().findings
        #expect(found.contains { $0.path == "a.tgz!/etc/notes.txt" && $0.location?.fileSpan == Span(7, 21) })
    }

    @Test func saysWhatItDoesNotLookInto() throws {
        try folder.write(Self.text, to: "app.env")
        try folder.shell("tar -cf 1.tar app.env && tar -cf 2.tar 1.tar && tar -cf 3.tar 2.tar && tar -cf 4.tar 3.tar")
        try folder.shell("rm app.env 1.tar 2.tar 3.tar")
        let summary = try scan().summary
        #expect(summary.notes.contains { $0.path == "4.tar" && $0.message.contains("nested deeper than 3 levels") })
    }

    /// Of a damaged archive, what comes before the damage is read, and a note says that there was more.
    ///
    /// The decompressor gives nothing of a short text that is cut.
    @Test(arguments: [
        ("tgz", 20, false), ("tgz", 520, false), ("tgz", 6000, false), ("tar", 520, false), ("tar", 2000, true),
    ])
    func readsWhatIsLeftOfADamagedArchive(ending: String, count: Int, isThere: Bool) throws {
        var random = SeededGenerator(seed: 5)
        let noise = (0..<6000).map { _ in UInt8.random(in: 0...255, using: &random) }
        try folder.write(noise, to: "etc/noise")
        try folder.write(Self.text, to: "etc/app.env")
        try folder.shell("tar -caf a.\(ending) etc/app.env etc/noise && rm -r etc")
        let archive = try folder.read("a.\(ending)")
        try #require(archive.count > 6000)
        try folder.write(Array(archive.prefix(count)), to: "a.\(ending)")
        let (found, summary) = try scan()
        #expect(summary.fileCount == 1 && summary.failures.isEmpty)
        #expect(summary.notes.contains { $0.path == "a.\(ending)" })
        #expect(found.contains { $0.path == "a.\(ending)!/etc/app.env" && $0.kind == .password } == isThere)
    }

    /// A file that has gone when it is to be read is no failure: it has nothing that could be found.
    @Test func aFileThatIsRemovedBeforeItIsReadIsNoted() throws {
        try folder.write(Self.text, to: "a.env")
        try folder.write(Self.text, to: "b.env")
        var findings: [Finding] = []
        let summary = try Scan(fingerprintKey: FingerprintKey()).run(
            .path(FilePath(folder.path)),
            progress: { _ in try? FileManager.default.removeItem(atPath: folder.path + "/a.env") },
            consume: { findings += $0.items.map(\.finding) }
        )
        #expect(summary.failures.isEmpty && summary.fileCount == 1)
        #expect(summary.notes.contains { $0.path == "a.env" && $0.message.contains("was removed") })
        #expect(Set(findings.map(\.path)) == ["b.env"])
    }

    @Test func takesNothingThatOnlyBeginsLikeAnArchiveForOne() throws {
        try folder.write("BZh is how it begins\n" + Self.text, to: "app.env")
        #expect(try scan().findings.contains { $0.path == "app.env" && $0.kind == .password })
    }

    @Test func passesOverWhatIsNoFile() throws {
        try folder.write(Self.text, to: "app.env")
        try folder.shell("mkfifo pipe; ln -s . loop; ln -s loop/loop again; mkdir a; ln -s .. a/up")
        let (found, summary) = try scan()
        #expect(found.count { $0.kind == .password } == 1)
        #expect(summary.fileCount == 1)
        #expect(Set(summary.skipped.map(\.path)) == ["pipe", "loop", "again", "a/up"])
    }

    /// Bytes by chance have no settings, and a setting that a program holds is one, in an archive or not.
    @Test func aSettingInBinaryDataIsOneOfPrintableCharacters() throws {
        var random = SeededGenerator(seed: 21)
        func noise() -> [UInt8] { (0..<200).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) } + [0] }
        func text(_ text: String) -> [UInt8] { Array(text.utf8) }
        let byChance = noise() + text("pw=") + [0xE7, 0x24, 0x99, 0x40, 0xF3, 0x41, 0xA7, 0x7A, 0xB5] + noise()
        let short = noise() + text("pw=$x7") + noise()
        let meant = noise() + text("DB_PASSWORD=osprey%Nest-71\n") + noise()
        for (name, bytes) in [("chance", byChance), ("short", short), ("meant", meant)] {
            try folder.write(bytes, to: "etc/\(name).bin")
        }
        try folder.shell("tar -czf a.tgz etc && cp etc/*.bin . && rm -r etc")
        let paths = try scan().findings.filter { $0.kind == .password }.map(\.path)
        #expect(paths == ["a.tgz!/etc/meant.bin", "meant.bin"])
    }
}
