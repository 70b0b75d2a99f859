import Archive
import Glibc
import TestKit
import Testing

private let time: Int64 = 1_700_000_000

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

private func tar(_ members: [Member], leading: String? = nil) throws -> [UInt8] {
    try CanonicalArchive(members: members, leading: leading, modified: time).serialized()
}

extension Array {
    /// An element, or `other` where there is none.
    fileprivate func randomElement(using generator: inout SeededGenerator, or other: Element) -> Element {
        randomElement(using: &generator) ?? other
    }
}

@Suite struct CanonicalArchiveTests {
    @Test func writesWhatTheSpecificationSays() throws {
        let long = String(repeating: "d", count: 90) + "/" + String(repeating: "f", count: 90)
        let members = [
            Member(path: "b/run.sh", isExecutable: true, bytes: text("#!/bin/sh\n")),
            Member(path: "a.txt", bytes: []),
            Member(path: long, bytes: [UInt8](repeating: 7, count: 512)),
        ]
        let expected = TarBuilder.archive { tar in
            tar.add(file: "a.txt", "")
            var executable = TarBuilder.Header("b/run.sh")
            executable.mode = 0o755
            tar.add(executable, contents: text("#!/bin/sh\n"))
            var split = TarBuilder.Header(String(repeating: "f", count: 90))
            split.prefix = text(String(repeating: "d", count: 90))
            tar.add(split, contents: [UInt8](repeating: 7, count: 512))
        }
        #expect(try tar(members) == expected)
    }

    @Test(arguments: 0..<200) func isWrittenAsASecondImplementationWritesIt(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let letters = [Array("ab"), Array("aé日")][Int(seed % 2)]
        var members: [Member] = []
        for index in 0..<5 {
            let count = Int.random(in: 1...[4, 8, 30, 60].randomElement(using: &generator, or: 4), using: &generator)
            let components = (0..<count).map { level in
                let length = Int.random(
                    in: 1...[3, 20, 60, 80].randomElement(using: &generator, or: 3),
                    using: &generator
                )
                return "\(level)"
                    + (0..<length).map { _ in String(letters.randomElement(using: &generator, or: "a")) }.joined()
            }
            let path = "\(index)/" + components.joined(separator: "/")
            guard path.utf8.count <= ArchiveLimits().pathBytes else { continue }
            members.append(Member(path: path, isExecutable: Bool.random(using: &generator), bytes: text("x")))
        }
        members.sort { MemberPath.precedes($0.path, $1.path) }
        let expected = TarBuilder.archive { tar in
            for member in members { tar.add(canonical: member.path, mode: member.mode, contents: member.bytes) }
        }
        #expect(try tar(members) == expected)
    }

    @Test func writesNamesThatAreNotASCIIAsTheirBytes() throws {
        let expected = TarBuilder.archive { tar in
            tar.add(file: "a", "1")
            tar.add(
                records: [("hdrcharset", text("BINARY")), ("path", text("ä/ü"))],
                name: "PaxHeader"
            )
            tar.add(TarBuilder.Header("PaxFile"), contents: text("2"))
        }
        #expect(try tar([Member(path: "ä/ü", bytes: text("2")), Member(path: "a", bytes: text("1"))]) == expected)
    }

    @Test func isTheSameInEveryOrderOfItsMembers() throws {
        var generator = SeededGenerator(seed: 7)
        var members = ["a-b", "a/b", "B", "c/c/d", "é", "zz", "scrubjay.json"].map {
            Member(path: $0, bytes: text("contents of \($0)"))
        }
        let expected = try tar(members, leading: "scrubjay.json")
        for _ in 0..<20 {
            members.shuffle(using: &generator)
            #expect(try tar(members, leading: "scrubjay.json") == expected)
        }
        let archive = try CanonicalArchive(parsing: expected, leading: "scrubjay.json")
        #expect(archive.members.map(\.path) == ["scrubjay.json", "B", "a-b", "a/b", "c/c/d", "zz", "é"])
    }

    @Test(arguments: 0..<50) func whatIsWrittenIsReadBack(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let letters = Array("abcxyz._-ABZ 0189éß→日😀'$%")
        var members: [Member] = []
        for index in 0..<Int.random(in: 1...12, using: &generator) {
            let depth = Int.random(in: 0...6, using: &generator)
            let folders = (0..<depth).map { level in
                let count = Int.random(in: 1...40, using: &generator)
                return "\(level)f" + String((0..<count).compactMap { _ in letters.randomElement(using: &generator) })
                    + "x"
            }
            let size = [0, 1, 511, 512, 513, 5000].randomElement(using: &generator) ?? 0
            members.append(
                Member(
                    path: (["\(index)"] + folders).joined(separator: "/"),
                    isExecutable: Bool.random(using: &generator),
                    bytes: (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
                )
            )
        }
        let written = try CanonicalArchive(members: members, modified: time)
        for format in ArchiveFormat.allCases {
            let packed = try format.pack(written.serialized())
            #expect(ArchiveFormat(detecting: packed) == format)
            #expect(try CanonicalArchive(parsing: format.unpack(packed)) == written)
        }
    }

    @Test(arguments: [98, 99, 100, 101, 155, 156, 200, 255, 256, 257, 300, 1024])
    func pathsOfEveryLengthAreReadBack(length: Int) throws {
        for letter in ["a", "é"] {
            // Components of at most 61 bytes, so that the path can be split at many places.
            var path = ""
            while path.utf8.count < length {
                let component = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
                path += component.utf8.count > 59 ? "/" : letter
            }
            if path.utf8.count > length { path.removeLast() }
            if path.hasSuffix("/") { path = path.dropLast() + "x" }
            let members = [Member(path: path, bytes: text("contents"))]
            #expect(try CanonicalArchive(parsing: tar(members)).members == members)
        }
    }

    @Test func anArchiveOfNothingIsTwoBlocks() throws {
        #expect(try tar([]) == [UInt8](repeating: 0, count: 1024))
        #expect(try CanonicalArchive(parsing: tar([])).members.isEmpty)
    }

    @Test(arguments: ["C", "C.UTF-8", "POSIX"])
    func doesNotDependOnTheLocale(name: String) throws {
        let members = [Member(path: "ä/日本", bytes: text("2")), Member(path: "plain", bytes: text("1"))]
        let expected = try tar(members)
        let locale = try #require(newlocale(1 << LC_CTYPE, name, nil))
        let previous = uselocale(locale)
        defer {
            uselocale(previous)
            freelocale(locale)
        }
        #expect(try tar(members) == expected)
        #expect(try CanonicalArchive(parsing: expected).members.map(\.path) == ["plain", "ä/日本"])
    }

    /// What ends the reading or writing of a file that is too large for a test.
    private struct Enough: Error {}

    @Test(arguments: ["a", "ä"]) func sizesBeyondTheHeaderAreInRecords(path: String) throws {
        let size = 10_000_000_000
        let records = path == "a" ? [] : [("hdrcharset", text("BINARY")), ("path", text(path))]
        var expected = TarBuilder()
        expected.add(records: records + [("size", text("\(size)"))], name: "PaxHeader")
        expected.bytes += TarBuilder.Header(path == "a" ? path : "PaxFile").block
        var given: [UInt8] = []
        let source = ByteSource(count: size) { _ in throw Enough() }
        #expect(throws: Enough.self) {
            try CanonicalArchive.write(
                [(ArchiveEntry(path: path, size: size), source)],
                modified: time,
                as: .tar
            ) { given += $0 }
        }
        #expect(given == expected.bytes)
        var entry: ArchiveEntry?
        let bytes = expected.bytes
        #expect(throws: Enough.self) {
            _ = try CanonicalArchive.read({ try $0(bytes) }, count: bytes.count, as: .tar) { part in
                if case .entry(let first) = part { entry = first }
                throw Enough()
            }
        }
        #expect(entry == ArchiveEntry(path: path, size: size))
    }

    @Test func aReaderThatStopsLeavesNothingRunning() throws {
        let bytes = try tar([Member(path: "a", bytes: [UInt8](repeating: 1, count: 50_000_000))])
        for _ in 0..<20 {
            #expect(throws: Enough.self) {
                _ = try CanonicalArchive.read({ try $0(bytes) }, count: bytes.count, as: .tar) { _ in throw Enough() }
            }
        }
    }

    /// A size of 2^33 bytes or more does not fit into a header; the bytes themselves are not written here.
    @Test func theSizeOfAVeryLargeFileIsInARecord() throws {
        struct Enough: Error {}
        let entry = ArchiveEntry(path: "large", isExecutable: false, size: 1 << 33)
        let source = ByteSource(count: entry.size) { [UInt8](repeating: 1, count: $0.count) }
        var start: [UInt8] = []
        #expect(throws: Enough.self) {
            try CanonicalArchive.write([(entry, source)], modified: time, as: .tar) { bytes in
                start += bytes
                if start.count >= 4096 { throw Enough() }
            }
        }
        #expect(Array(start[512..<531]) == text("19 size=8589934592\n"))
        #expect(Array(start[1148..<1160]) == text("00000000000 "))
        // A reader takes the headers, and misses the rest.
        let error = #expect(throws: ArchiveError.self) { try CanonicalArchive(parsing: Array(start[..<4096])) }
        #expect(error?.message.contains("ends inside the member") == true, "\(error?.message ?? "")")
    }

    @Test func timesBeyondTheFormatAreRefused() throws {
        let member = Member(path: "a", bytes: [])
        for time in [-1, 1 << 33, Int64.max] {
            #expect(throws: ArchiveError(.timeOutOfRange, "")) {
                try CanonicalArchive(members: [member], modified: time)
            }
        }
        for time in [0, 0x7FFF_FFFF, 0x8000_0000, (1 << 33) - 1] as [Int64] {
            let archive = try CanonicalArchive(members: [member], modified: time)
            #expect(try CanonicalArchive(parsing: archive.serialized()) == archive)
        }
    }
}

@Suite struct EscapedTextTests {
    @Test func showsWhatIsPrintable() {
        #expect(escaped(text("Zürich 日本 😀")) == "Zürich 日本 😀")
    }

    @Test func escapesWhatIsNot() {
        #expect(
            escaped(text("a\u{200B}b\u{AD}c\u{2060}\u{E0041}\u{200D}"))
                == "a\\u{200b}b\\u{ad}c\\u{2060}\\u{e0041}\\u{200d}"
        )
        #expect(escaped(text("a\tb\nc\rd\\e\u{7}\u{9B}f\u{202E}")) == "a\\tb\\nc\\rd\\\\e\\x07\\u{9b}f\\u{202e}")
        #expect(escaped([0x61, 0xFF, 0xC3, 0x62, 0xE2, 0x82]) == "a\\xff\\xc3b\\xe2\\x82")
        #expect(escaped([0xED, 0xA0, 0x80]) == "\\xed\\xa0\\x80")
        #expect(escaped([]) == "")
    }
}
