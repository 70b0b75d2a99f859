import Foundation
import TestKit
import Testing

private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

/// What a bundle's signer might put behind good members to get at the disk of who opens it, and the reason to expect.
///
/// The classes are those of published attacks on archive readers; each archive is built byte by byte.
struct HostileBundle: Sendable, CustomTestStringConvertible {
    /// A folder beside the output, which nothing may touch; archives name it.
    static let victim = FileManager.default.temporaryDirectory.path + "/scrubjay-victim-\(getpid())"

    var testDescription: String
    /// A part of the reason for which it is refused.
    var reason: String
    /// The members that follow the good ones, without the end of the archive.
    var members: [UInt8]
    /// What follows them.
    var end = [UInt8](repeating: 0, count: 1024)

    init(_ name: String, _ reason: String, _ build: (inout TarBuilder) -> Void) {
        testDescription = name
        self.reason = reason
        var builder = TarBuilder()
        build(&builder)
        members = builder.bytes
    }

    private init(_ name: String, _ reason: String, end: [UInt8], _ build: (inout TarBuilder) -> Void) {
        self.init(name, reason, build)
        self.end = end
    }

    private static func header(_ name: String, _ change: (inout TarBuilder.Header) -> Void = { _ in })
        -> TarBuilder.Header
    {
        var header = TarBuilder.Header(name)
        change(&header)
        return header
    }

    private static func link(_ name: String, to target: String, type: Character = "2") -> TarBuilder.Header {
        header(name) { ($0.type, $0.link, $0.mode) = (type, text(target), 0o777) }
    }

    private static func folder(_ name: String, mode: Int = 0o755) -> TarBuilder.Header {
        header(name) { ($0.type, $0.mode) = ("5", mode) }
    }

    private static func file(_ name: String) -> [UInt8] {
        var builder = TarBuilder()
        builder.add(file: name, "smuggled\n")
        return builder.bytes
    }

    private static let zeros = [UInt8](repeating: 0, count: 1024)

    // MARK: - Paths

    static let paths: [HostileBundle] = [
        HostileBundle("a parent folder", "component '.' or '..'") { $0.add(file: "../victim/out") },
        HostileBundle("a parent folder in between", "component '.' or '..'") { $0.add(file: "q/../../victim/out") },
        HostileBundle("an absolute path", "absolute") { $0.add(file: victim + "/out") },
        HostileBundle("an absolute path with two slashes", "absolute") { $0.add(file: "/" + victim + "/out") },
        HostileBundle("a path in a pax header", "component '.' or '..'") { tar in
            tar.add(records: [("path", text("../victim/out"))])
            tar.add(file: "q")
        },
        HostileBundle("an absolute path in a pax header", "absolute") { tar in
            tar.add(records: [("path", text(victim + "/out"))])
            tar.add(file: "q")
        },
        HostileBundle("a path in a pax header twice", "component '.' or '..'") { tar in
            tar.add(records: [("path", text("q")), ("path", text("../victim/out"))])
            tar.add(file: "innocent")
        },
        HostileBundle("a path in a global pax header", "canonical form") { tar in
            tar.add(records: [("path", text("global"))], type: "g")
            tar.add(file: "q")
            tar.add(file: "r")
        },
        HostileBundle("a NUL in a pax path", "canonical form") { tar in
            tar.add(records: [("path", text("q\u{0}/../../victim/out"))])
            tar.add(file: "innocent")
        },
        HostileBundle("a NUL in a name", "canonical form") { tar in
            tar.add(header("") { $0.name = text("q\u{0}/../../victim/x") }, contents: text("x"))
        },
        HostileBundle("GNU's long name", "component '.' or '..'") { tar in
            tar.add(
                header("././@LongLink") { ($0.type, $0.magic) = ("L", text("ustar  \u{0}")) },
                contents: text("../victim/out\u{0}")
            )
            tar.add(header("innocent") { $0.magic = text("ustar  \u{0}") }, contents: text("x"))
        },
        HostileBundle("a parent folder in the prefix", "component '.' or '..'") { tar in
            tar.add(header("victim/out") { $0.prefix = text("..") }, contents: text("x"))
        },
        HostileBundle("control characters", "control character") { $0.add(file: "q\n\u{1B}[31mb") },
        HostileBundle("a name that is not UTF-8", "not UTF-8") { tar in
            tar.add(header("") { $0.name = [0x71, 0xFF, 0xFE] }, contents: text("x"))
        },
        HostileBundle("another charset", "not UTF-8") { tar in
            tar.add(records: [("hdrcharset", text("BINARY")), ("path", [0x71, 0xFF, 0x36, 0x33])])
            tar.add(file: "q")
        },
        HostileBundle("a path longer than the system's", "bytes") { tar in
            tar.add(records: [("path", text(String(repeating: "q/", count: 3000) + "x"))])
            tar.add(file: "q")
        },
        HostileBundle("a name longer than the system's", "more than 255 bytes") { tar in
            tar.add(records: [("path", text(String(repeating: "q", count: 300)))])
            tar.add(file: "q")
        },
        HostileBundle("a thousand folders", "bytes") { tar in
            tar.add(records: [("path", text(String(repeating: "d/", count: 1000)))])
            tar.add(folder("d"))
        },
        HostileBundle("an empty name", "no name") { $0.add(file: "") },
        HostileBundle("the folder itself", "component '.' or '..'") { tar in
            tar.add(folder("./", mode: 0o700))
            tar.add(file: "./ok")
        },
        HostileBundle("the folder above", "component '.' or '..'") { $0.add(folder("..", mode: 0o777)) },
        HostileBundle("a path that ends in the folder above", "component '.' or '..'") {
            $0.add(folder("q/..", mode: 0o777))
        },
        HostileBundle("a backslash", "backslash") { $0.add(file: "..\\victim\\out") },
        HostileBundle("a drive", "Windows") { $0.add(file: "q/C:evil") },
        HostileBundle("a device of Windows", "device on Windows") { $0.add(file: "q/CON") },
        HostileBundle("a dot at the end", "dot or a space") { $0.add(file: "q.") },
        HostileBundle("a stream of NTFS", "Windows") { $0.add(file: "q:stream") },
        HostileBundle("a decomposed accent", "composed form") { $0.add(file: "qe\u{301}") },
    ]

    // MARK: - Names that are one

    static let collisions: [HostileBundle] = [
        HostileBundle("the same name twice", "collides") { tar in
            tar.add(file: "x", "first\n")
            tar.add(file: "x", "second\n")
        },
        HostileBundle("two letter cases", "collides") { tar in
            tar.add(file: "xREADME")
            tar.add(file: "xReadme")
        },
        HostileBundle("two spellings of an accent", "composed form") { tar in
            tar.add(file: "xe\u{301}")
            tar.add(canonical: "x\u{E9}", mode: 0o644, contents: text("2"))
        },
        HostileBundle("a sharp s and two", "collides") { tar in
            tar.add(file: "xstrasse")
            tar.add(canonical: "xstra\u{DF}e", mode: 0o644, contents: text("2"))
        },
        HostileBundle("a file that is a folder", "collides") { tar in
            tar.add(file: "q", "x")
            tar.add(file: "q/r")
        },
        HostileBundle("the manifest once more", "collides") { $0.add(file: "scrubjay.json") },
        HostileBundle("the manifest in capitals", "collides") { $0.add(file: "SCRUBJAY.JSON") },
    ]

    // MARK: - Links and nodes

    static let nodes: [HostileBundle] = [
        HostileBundle("a link to a folder, and a write through it", "only files") { tar in
            tar.add(link("s", to: victim))
            tar.add(file: "s/out")
        },
        HostileBundle("a relative link, and a write through it", "only files") { tar in
            tar.add(link("s", to: "../victim"))
            tar.add(file: "s/out")
        },
        HostileBundle("a link to a file, and a write over it", "only files") { tar in
            tar.add(link("t", to: victim + "/canary"))
            tar.add(file: "t")
        },
        HostileBundle("a chain of links", "only files") { tar in
            tar.add(folder("q"))
            tar.add(link("q/b", to: ".."))
            tar.add(link("r", to: "q/b/../victim"))
            tar.add(file: "r/out")
        },
        HostileBundle("a link that leads nowhere yet", "only files") { $0.add(link("leak", to: "/etc/passwd")) },
        HostileBundle("a link that stays inside", "only files") { tar in
            tar.add(file: "q/real")
            tar.add(link("q/s", to: "../q/real"))
        },
        HostileBundle("a pax path of a link", "only files") { tar in
            tar.add(records: [("linkpath", text(victim))])
            tar.add(link("s", to: "ok"))
            tar.add(file: "s/out")
        },
        HostileBundle("a folder swapped for a link", "only files") { tar in
            tar.add(folder("q"))
            tar.add(link("q", to: victim))
            tar.add(file: "q/out")
        },
        HostileBundle("a link, and a folder's mode through it", "only files") { tar in
            tar.add(link("q", to: victim))
            tar.add(folder("q", mode: 0o777))
        },
        HostileBundle("a link whose name starts as another's", "only files") { tar in
            tar.add(file: "qqq/bbb/ccc")
            tar.add(link("qqq/bbb/cc", to: victim))
            tar.add(file: "qqq/bbb/cc/out")
        },
        HostileBundle("a link without a target", "no name") { tar in
            tar.add(link("", to: ".."))
            tar.add(link("q", to: ""))
            tar.add(file: "q/x")
        },
        HostileBundle("links in a circle", "only files") { tar in
            tar.add(link("q", to: "r"))
            tar.add(link("r", to: "q"))
            tar.add(file: "q/x")
        },
        HostileBundle("an absolute hard link", "hard links") { $0.add(link("q", to: victim + "/canary", type: "1")) },
        HostileBundle("a hard link to the outside", "hard links") {
            $0.add(link("q", to: "../victim/canary", type: "1"))
        },
        HostileBundle("a hard link, and a write through it", "hard links") { tar in
            tar.add(link("q", to: victim + "/canary", type: "1"))
            tar.add(file: "q")
        },
        HostileBundle("a hard link with contents", "hard links") { tar in
            tar.add(link("q", to: "../victim/canary", type: "1"), contents: text("overwritten\n"))
        },
        HostileBundle("a hard link to a link", "only files") { tar in
            tar.add(link("s", to: victim + "/canary"))
            tar.add(link("t", to: "s", type: "1"))
            tar.add(file: "t")
        },
        HostileBundle("a character device", "only files") { tar in
            tar.add(header("q") { ($0.type, $0.deviceMajor, $0.deviceMinor) = ("3", 1, 3) })
        },
        HostileBundle("a block device", "only files") { tar in
            tar.add(header("q") { ($0.type, $0.deviceMajor) = ("4", 8) })
        },
        HostileBundle("a named pipe", "only files") { $0.add(header("q") { $0.type = "6" }) },
        HostileBundle("a contiguous file", "canonical form") {
            $0.add(header("q") { $0.type = "7" }, contents: text("hi"))
        },
        HostileBundle("an unknown type", "canonical form") {
            $0.add(header("q") { $0.type = "Z" }, contents: text("hi"))
        },
        HostileBundle("the label of a volume", "canonical form") { tar in
            tar.add(header("label") { ($0.type, $0.magic) = ("V", text("ustar  \u{0}")) })
            tar.add(file: "x")
        },
    ]

    // MARK: - What headers say

    static let headers: [HostileBundle] = [
        HostileBundle("setuid, setgid and sticky", "the mode is 6755") { $0.add(header("q") { $0.mode = 0o6755 }) },
        HostileBundle("writable for all", "the mode is 777") { $0.add(header("q") { $0.mode = 0o777 }) },
        HostileBundle("a capability", "canonical form") { tar in
            tar.add(records: [("SCHILY.xattr.security.capability", [1, 0, 0, 2, 0, 32, 0, 0])])
            tar.add(header("q") { $0.mode = 0o755 })
        },
        HostileBundle("an access list", "the mode is 777") { tar in
            tar.add(records: [("SCHILY.acl.access", text("user::rwx,group::rwx,other::rwx"))])
            tar.add(file: "q")
        },
        HostileBundle("a time in the year 9999", "time") { tar in
            tar.add(records: [("mtime", text("253402300799.999999999"))])
            tar.add(file: "q")
        },
        HostileBundle("a time before all others", "time") { tar in
            tar.add(records: [("mtime", text("-62135596800"))])
            tar.add(file: "q")
        },
        HostileBundle("an owner beyond all numbers", "owner") { tar in
            tar.add(records: [("uid", text("4294967296")), ("gid", text("-1"))])
            tar.add(file: "q")
        },
        HostileBundle("a size in pax, another in the header", "canonical form") { tar in
            let inner = file("smuggled")
            tar.add(records: [("size", text("\(inner.count)"))])
            tar.bytes += header("qouter").block
            tar.bytes += inner
        },
        HostileBundle("a size in pax before GNU's long name", "canonical form") { tar in
            tar.add(records: [("size", text("2048"))])
            tar.add(header("././@LongLink") { $0.type = "L" }, contents: text("qlongname.txt\u{0}"))
            tar.add(file: "q", "contents of q")
            tar.add(file: "r", "contents of r")
        },
        HostileBundle("a terabyte from a kilobyte", "larger than an archive may be") { tar in
            tar.add(records: [
                ("GNU.sparse.major", text("1")), ("GNU.sparse.minor", text("0")), ("GNU.sparse.name", text("q")),
                ("GNU.sparse.realsize", text("1099511627776")),
            ])
            tar.add(file: "GNUSparseFile.0/q", "1\n1099511627775\n1\n" + String(repeating: "\u{0}", count: 493) + "x")
        },
        HostileBundle("the older sparse form", "canonical form") {
            $0.add(header("q") { ($0.type, $0.magic) = ("S", text("ustar  \u{0}")) })
        },
        HostileBundle("a size below zero", "negative size") { tar in
            tar.bytes += header("q") { $0.rawSize = [UInt8](repeating: 0xFF, count: 12) }.block
        },
        HostileBundle("a size of 2^62", "larger than an archive may be") { tar in
            tar.bytes += header("q") { $0.rawSize = [0x80, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0] }.block
        },
        HostileBundle("a pax header of 64 MiB", "cannot be read") { tar in
            tar.bytes += header("PaxHeader/x") { ($0.type, $0.size) = ("x", 64 << 20) }.block
            tar.add(file: "q")
        },
        HostileBundle("a record longer than its header", "cannot be read") { tar in
            tar.add(header("P") { ($0.type, $0.size) = ("x", 20) }, contents: text("99999999999999 path="))
            tar.add(file: "q")
        },
        HostileBundle("a wrong checksum", "cannot be read as a tar") { tar in
            tar.add(header("q") { $0.checksumOffset = 1 }, contents: text("x"))
        },
        HostileBundle("more members than there may be", "more than 100000 members") { tar in
            for number in 0..<100_000 {
                let digits = String(number)
                tar.bytes += header("q" + String(repeating: "0", count: 6 - digits.utf8.count) + digits).block
            }
        },
    ]

    // MARK: - Where archives end

    static let ends: [HostileBundle] = [
        HostileBundle("a member behind the end", "canonical form", end: zeros + file("hidden") + zeros) { _ in },
        HostileBundle("another archive behind the end", "canonical form", end: zeros + file("q") + file("r") + zeros) {
            _ in
        },
        HostileBundle("a block of zeros, then a member", "canonical form", end: zeros.dropLast(512) + file("q") + zeros)
        {
            _ in
        },
        HostileBundle("no end", "canonical form", end: []) { _ in },
        HostileBundle("half an end", "canonical form", end: Array(zeros.dropLast(512))) { _ in },
        HostileBundle("an end that is too long", "canonical form", end: zeros + zeros) { _ in },
        HostileBundle("a member cut off", "ends inside") { tar in
            tar.bytes += header("q") { $0.size = 2000 }.block + [UInt8](repeating: 0x78, count: 176)
        },
    ]

    static let all = paths + collisions + nodes + headers + ends
}
