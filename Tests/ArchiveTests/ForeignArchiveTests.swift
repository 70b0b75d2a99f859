import Archive
import TestKit
import Testing

/// How far a stranger's archive is read.
@Suite struct ForeignArchiveTests {
    private func read(_ bytes: [UInt8], _ limits: ForeignArchive.Limits) -> (
        names: [String?], ending: ForeignArchive.Ending?
    ) {
        var names: [String?] = []
        let ending = ForeignArchive.read(bytes, limits: limits, includingLinks: true) { names.append($0.name) }
        return (names, ending)
    }

    private func reason(_ ending: ForeignArchive.Ending?) -> String? {
        guard case .incomplete(let reason)? = ending else { return nil }
        return reason
    }

    private func folder(_ name: String) -> TarBuilder.Header {
        var header = TarBuilder.Header(name)
        header.type = "5"
        header.mode = 0o755
        return header
    }

    private func finished(_ tar: TarBuilder) -> [UInt8] { tar.bytes + [UInt8](repeating: 0, count: 1024) }

    /// A few megabytes of compressed headers would be a hundred million folders.
    @Test func foldersAreCountedToo() {
        var tar = TarBuilder()
        for number in 0..<20 { tar.add(folder("d\(number)/")) }
        tar.add(file: "last")
        var limits = ForeignArchive.Limits()
        limits.headers = 21
        #expect(read(finished(tar), limits).ending == .complete)
        limits.headers = 20
        let (names, ending) = read(finished(tar), limits)
        #expect(names.isEmpty && reason(ending)?.contains("more than 20 files, folders and links") == true)
    }

    @Test func namesAreCountedInTheTotal() {
        var tar = TarBuilder()
        for number in 0..<20 { tar.add(folder("a-long-name-of-a-folder-\(number)/")) }
        var limits = ForeignArchive.Limits()
        limits.totalBytes = 200
        #expect(reason(read(finished(tar), limits).ending)?.contains("larger than 200 bytes together") == true)
    }

    /// A file that would be read by itself, and does not fit beside those before it.
    @Test func theReasonIsTheOneThatHolds() {
        var tar = TarBuilder()
        for name in ["a", "b"] { tar.add(file: name, String(repeating: name, count: 60)) }
        var limits = ForeignArchive.Limits()
        (limits.memberBytes, limits.totalBytes) = (80, 100)
        let (names, ending) = read(finished(tar), limits)
        #expect(names == ["a"] && reason(ending)?.contains("larger than 100 bytes together") == true)
        (limits.memberBytes, limits.totalBytes) = (50, 100)
        #expect(reason(read(finished(tar), limits).ending)?.contains("files of more than 50 bytes") == true)
    }

    /// Each hard link is repacked as a copy of its file.
    @Test func copiesOfLinkedFilesAreCountedInTheTotal() throws {
        var tar = TarBuilder()
        tar.add(file: "a", String(repeating: "a", count: 400))
        for number in 0..<3 {
            var link = TarBuilder.Header("l\(number)")
            (link.type, link.link) = ("1", Array("a".utf8))
            tar.add(link)
        }
        var limits = ForeignArchive.Limits()
        limits.totalBytes = 1600
        #expect(try OpenedArchive(finished(tar), limits: limits)?.members.count == 4)
        limits.totalBytes = 1599
        #expect(throws: ArchiveError(.tooLarge, "")) { try OpenedArchive(finished(tar), limits: limits) }
    }
}
