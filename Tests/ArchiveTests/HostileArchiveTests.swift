import Archive
import TestKit
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// An archive that must be refused, and for which reason.
struct HostileArchive: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var code: ArchiveError.Code
    var bytes: [UInt8]

    init(_ name: String, _ code: ArchiveError.Code, _ build: (inout TarBuilder) -> Void) {
        testDescription = name
        self.code = code
        bytes = TarBuilder.archive(build)
    }

    init(_ name: String, _ code: ArchiveError.Code, bytes: [UInt8]) {
        testDescription = name
        self.code = code
        self.bytes = bytes
    }

    private static func header(_ name: String, _ change: (inout TarBuilder.Header) -> Void) -> TarBuilder.Header {
        var header = TarBuilder.Header(name)
        change(&header)
        return header
    }

    private static let good = TarBuilder.archive { tar in
        tar.add(file: "a")
        tar.add(file: "b")
    }

    static let names: [HostileArchive] = [
        HostileArchive("a parent folder", .unsafeName) { $0.add(file: "../out") },
        HostileArchive("a parent folder in between", .unsafeName) { $0.add(file: "a/../../out") },
        HostileArchive("an absolute path", .unsafeName) { $0.add(file: "/etc/passwd") },
        HostileArchive("two slashes first", .unsafeName) { $0.add(file: "//etc/passwd") },
        HostileArchive("a leading dot", .unsafeName) { $0.add(file: "./a") },
        HostileArchive("a backslash", .unsafeName) { $0.add(file: "..\\out") },
        HostileArchive("an escape sequence", .unsafeName) { $0.add(file: "a\u{1B}[31m") },
        HostileArchive("a line feed", .unsafeName) { $0.add(file: "a\nb") },
        HostileArchive("no name", .unsafeName) { $0.add(file: "") },
        HostileArchive("a name that is not UTF-8", .unsafeName) { tar in
            tar.add(header("") { $0.name = [0x62, 0xFF, 0xFE] }, contents: text("x"))
        },
        HostileArchive("a parent folder in a pax header", .unsafeName) { tar in
            tar.add(records: [("path", text("../out"))])
            tar.add(file: "innocent")
        },
        HostileArchive("a parent folder in the prefix", .unsafeName) { tar in
            tar.add(header("out") { $0.prefix = text("..") }, contents: text("x"))
        },
        HostileArchive("a NUL in the name of a pax header", .notCanonical) { tar in
            tar.add(records: [("path", text("ok\u{0}/../../out"))])
            tar.add(file: "innocent")
        },
        HostileArchive("bytes behind the NUL of a name", .notCanonical) { tar in
            tar.add(header("") { $0.name = text("ok\u{0}/../../out") }, contents: text("x"))
        },
        HostileArchive("the same name twice", .nameCollision) { tar in
            tar.add(file: "a")
            tar.add(file: "a", "another\n")
        },
        HostileArchive("the same name in another case", .nameCollision) { tar in
            tar.add(file: "README")
            tar.add(file: "Readme")
        },
        HostileArchive("a file that is a folder too", .nameCollision) { tar in
            tar.add(file: "a")
            tar.add(file: "a/b")
        },
        HostileArchive("a path of 6,000 bytes", .tooLarge) { tar in
            tar.add(records: [("path", text(String(repeating: "d/", count: 3000) + "f"))])
            tar.add(file: "d")
        },
    ]

    static let types: [HostileArchive] = [
        HostileArchive("a symbolic link", .forbiddenMember) { tar in
            tar.add(header("s") { ($0.type, $0.link, $0.mode) = ("2", text("/etc/passwd"), 0o777) })
        },
        HostileArchive("a symbolic link that stays inside", .forbiddenMember) { tar in
            tar.add(file: "a")
            tar.add(header("s") { ($0.type, $0.link) = ("2", text("a")) })
        },
        HostileArchive("a write through a symbolic link", .forbiddenMember) { tar in
            tar.add(header("s") { ($0.type, $0.link) = ("2", text("/tmp")) })
            tar.add(file: "s/out")
        },
        HostileArchive("a hard link", .forbiddenMember) { tar in
            tar.add(file: "a")
            tar.add(header("h") { ($0.type, $0.link) = ("1", text("a")) })
        },
        HostileArchive("a hard link to the outside", .forbiddenMember) { tar in
            tar.add(header("h") { ($0.type, $0.link) = ("1", text("../out")) })
        },
        HostileArchive("a character device", .forbiddenMember) { tar in
            tar.add(header("d") { ($0.type, $0.deviceMajor) = ("3", 1) })
        },
        HostileArchive("a block device", .forbiddenMember) { tar in
            tar.add(header("d") { ($0.type, $0.deviceMajor) = ("4", 8) })
        },
        HostileArchive("a named pipe", .forbiddenMember) { tar in tar.add(header("p") { $0.type = "6" }) },
        HostileArchive("a folder", .unsafeName) { tar in tar.add(header("d/") { $0.type = "5" }) },
        HostileArchive("a folder without its slash", .forbiddenMember) { tar in tar.add(header("d") { $0.type = "5" })
        },
        HostileArchive("a contiguous file", .notCanonical) { tar in
            tar.add(header("c") { $0.type = "7" }, contents: text("x"))
        },
        HostileArchive("an unknown type", .notCanonical) { tar in
            tar.add(header("z") { $0.type = "Z" }, contents: text("x"))
        },
        HostileArchive("the old type of a file", .notCanonical) { tar in
            tar.add(header("z") { $0.type = "\u{0}" }, contents: text("x"))
        },
        HostileArchive("GNU's long name", .notCanonical) { tar in
            tar.add(header("././@LongLink") { $0.type = "L" }, contents: text("long\u{0}"))
            tar.add(file: "short")
        },
        HostileArchive("a global pax header", .notCanonical) { tar in
            tar.add(records: [("path", text("global"))], type: "g")
            tar.add(file: "one")
        },
        HostileArchive("a global pax header with a comment", .notCanonical) { tar in
            tar.add(records: [("comment", text("hidden"))], type: "g")
            tar.add(file: "one")
        },
    ]

    static let headers: [HostileArchive] = [
        HostileArchive("setuid", .notCanonical) { tar in tar.add(header("a") { $0.mode = 0o4755 }) },
        HostileArchive("writable for all", .notCanonical) { tar in tar.add(header("a") { $0.mode = 0o666 }) },
        HostileArchive("an owner", .notCanonical) { tar in tar.add(header("a") { $0.uid = 1000 }) },
        HostileArchive("a group", .notCanonical) { tar in tar.add(header("a") { $0.gid = 1000 }) },
        HostileArchive("an owner's name", .notCanonical) { tar in tar.add(header("a") { $0.userName = text("root") }) },
        HostileArchive("another time", .notCanonical) { tar in
            tar.add(file: "a")
            tar.add(header("b") { $0.time = 1_600_000_000 }, contents: text("x"))
        },
        HostileArchive("no time", .notCanonical) { tar in
            tar.add(records: [("mtime", text("-1"))])
            tar.add(file: "a")
        },
        HostileArchive("another order", .notCanonical) { tar in
            tar.add(file: "b")
            tar.add(file: "a")
        },
        HostileArchive("a wrong checksum", .malformed) { tar in tar.add(header("a") { $0.checksumOffset = 1 }) },
        HostileArchive("a wrong checksum in the second header", .malformed) { tar in
            tar.add(file: "a")
            tar.add(header("b") { $0.checksumOffset = 1 })
        },
        HostileArchive("more bytes than there are", .malformed) { tar in
            tar.add(header("a") { $0.size = 1 << 32 }, contents: text("x"))
        },
        HostileArchive("a pax header without need", .notCanonical) { tar in
            tar.add(records: [("path", text("a"))])
            tar.add(file: "a")
        },
        HostileArchive("a pax header twice", .malformed) { tar in
            tar.add(records: [("hdrcharset", text("BINARY")), ("path", text("ä"))], name: "PaxHeader/ä")
            tar.add(records: [("hdrcharset", text("BINARY")), ("path", text("ä"))], name: "PaxHeader/ä")
            tar.add(file: "ä")
        },
        HostileArchive("a size in a pax header that is not the header's", .notCanonical) { tar in
            var inner = TarBuilder()
            inner.add(file: "smuggled")
            tar.add(records: [("size", text("\(inner.bytes.count)"))])
            tar.bytes += TarBuilder.Header("outer").block
            tar.bytes += inner.bytes
        },
        HostileArchive("an extended attribute", .notCanonical) { tar in
            tar.add(records: [("SCHILY.xattr.user.hidden", text("value"))])
            tar.add(file: "a")
        },
        HostileArchive("a fraction of a second", .notCanonical) { tar in
            tar.add(records: [("mtime", text("1700000000.5"))])
            tar.add(file: "a")
        },
        HostileArchive("a terabyte of nothing", .malformed) { tar in
            tar.add(records: [
                ("GNU.sparse.major", text("1")), ("GNU.sparse.minor", text("0")), ("GNU.sparse.name", text("a")),
                ("GNU.sparse.realsize", text("1099511627776")),
            ])
            tar.add(file: "GNUSparseFile.0/a", "1\n1099511627776\n0\n" + String(repeating: "\u{0}", count: 495))
        },
    ]

    static let ends: [HostileArchive] = [
        HostileArchive("nothing at all", .malformed, bytes: []),
        HostileArchive("no tar", .malformed, bytes: [UInt8](repeating: 0x41, count: 2048)),
        HostileArchive("bytes after the end", .notCanonical, bytes: good + text("hidden")),
        HostileArchive("a block behind the end", .notCanonical, bytes: good + [UInt8](repeating: 0, count: 512)),
        HostileArchive("padding to ten blocks", .notCanonical, bytes: good + [UInt8](repeating: 0, count: 2048)),
        HostileArchive("an archive behind the end", .notCanonical, bytes: good + good),
        HostileArchive("one block less at the end", .notCanonical, bytes: good.dropLast(512)),
        HostileArchive("no end", .notCanonical, bytes: good.dropLast(1024)),
        HostileArchive("bytes in the padding of a file", .notCanonical, bytes: goodWithHiddenByte),
    ]

    private static var goodWithHiddenByte: [UInt8] {
        var bytes = good
        bytes[512 + 100] = 0x41
        return bytes
    }
}

@Suite struct HostileArchiveTests {
    @Test(arguments: HostileArchive.names + HostileArchive.types + HostileArchive.headers + HostileArchive.ends)
    func isRefused(_ archive: HostileArchive) {
        let error = #expect(throws: ArchiveError(archive.code, "")) { try CanonicalArchive(parsing: archive.bytes) }
        #expect(error?.message.isEmpty == false)
        #expect("\(error, default: "")".unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }

    @Test func everyChangedByteIsRefusedOrChangesTheContents() throws {
        let bytes = TarBuilder.archive { tar in
            tar.add(file: "a", "contents")
            tar.add(canonical: "ä", mode: 0o644, contents: text("more"))
        }
        let original = try CanonicalArchive(parsing: bytes)
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1 << (position % 8)
            // Where a change is accepted, it says something else: there is no second way to say the same.
            guard let archive = try? CanonicalArchive(parsing: changed) else { continue }
            #expect(archive != original, "byte \(position)")
            #expect(archive.serialized() == changed)
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try CanonicalArchive(
            members: [Member(path: "a", bytes: text("x")), Member(path: "ä", bytes: [])],
            modified: 0
        ).serialized()
        for count in 0..<bytes.count {
            #expect(throws: ArchiveError.self) { try CanonicalArchive(parsing: Array(bytes[..<count])) }
        }
    }

    @Test func limitsHold() throws {
        let members = (0..<5).map { Member(path: "\($0)", bytes: [UInt8](repeating: 0, count: 1000)) }
        let bytes = try CanonicalArchive(members: members, modified: 0).serialized()
        var limits = ArchiveLimits()
        limits.members = 4
        #expect(throws: ArchiveError(.tooLarge, "")) { try CanonicalArchive(parsing: bytes, limits: limits) }
        #expect(throws: ArchiveError(.tooLarge, "")) {
            try CanonicalArchive(members: members, modified: 0, limits: limits)
        }
        limits = ArchiveLimits()
        limits.totalBytes = bytes.count - 1
        #expect(throws: ArchiveError(.tooLarge, "")) { try CanonicalArchive(parsing: bytes, limits: limits) }
        for format in ArchiveFormat.allCases {
            // What would be refused when it is read is refused when it is written.
            #expect(throws: ArchiveError(.tooLarge, "")) { try format.pack(bytes, limits: limits) }
        }
        #expect(throws: ArchiveError(.tooLarge, "")) { try ArchiveFormat.tar.unpack(bytes, limits: limits) }
        #expect(throws: ArchiveError(.tooLarge, "")) {
            try ArchiveFormat.gzippedTar.unpack(ArchiveFormat.gzippedTar.pack(bytes), limits: limits)
        }
        limits.totalBytes = bytes.count
        #expect(try CanonicalArchive(parsing: bytes, limits: limits).members == members)
    }
}
