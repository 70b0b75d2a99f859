import Detecting
import Foundation
import ScrubjayKit
import SystemPackage
import TestKit
import Testing

@Suite("the cache of compiled rules")
struct CompiledCacheTests {
    private let folder: TemporaryFolder
    private let cache: CompiledCache

    init() throws {
        folder = try TemporaryFolder()
        cache = CompiledCache(folder: FilePath(folder.path + "/made/when/needed"))
    }

    private var file: String { folder.path + "/made/when/needed/a.compiled" }

    @Test func keepsWhatItIsGiven() throws {
        #expect(cache.contents(of: "a") == nil)
        cache.keep([1, 2, 3], as: "a")
        #expect(cache.contents(of: "a") == [1, 2, 3])
        #expect(cache.contents(of: "b") == nil)
        cache.keep([], as: "a")
        #expect(cache.contents(of: "a") == [])
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let made = try FileManager.default.attributesOfItem(atPath: folder.path + "/made")
        #expect(made[.posixPermissions] as? Int == 0o700)
    }

    @Test func trustsNoByteThatChanged() throws {
        cache.keep(Array(0..<200), as: "a")
        let good = try folder.read("made/when/needed/a.compiled")
        for place in good.indices {
            var bad = good
            bad[place] ^= 0x10
            try folder.write(bad, to: "made/when/needed/a.compiled")
            #expect(cache.contents(of: "a") == nil, "the byte \(place) was changed")
        }
        for count in [0, 1, good.count - 1] {
            try folder.write(Array(good.prefix(count)), to: "made/when/needed/a.compiled")
            #expect(cache.contents(of: "a") == nil)
        }
        try folder.write(good + [0], to: "made/when/needed/a.compiled")
        #expect(cache.contents(of: "a") == nil)
        cache.keep([7], as: "a")
        #expect(cache.contents(of: "a") == [7])
    }

    @Test func takesNoFileUnderAnotherName() throws {
        cache.keep([1, 2, 3], as: "a")
        try folder.write(try folder.read("made/when/needed/a.compiled"), to: "made/when/needed/b.compiled")
        #expect(cache.contents(of: "b") == nil)
    }

    @Test(arguments: [0o620, 0o602, 0o666])
    func trustsNoFileThatOthersMayWrite(mode: Int) throws {
        cache.keep([1, 2, 3], as: "a")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        #expect(cache.contents(of: "a") == nil)
        cache.keep([1, 2, 3], as: "a")
        #expect(cache.contents(of: "a") == [1, 2, 3])
    }

    @Test func followsNoLink() throws {
        cache.keep([1, 2, 3], as: "a")
        try FileManager.default.moveItem(atPath: file, toPath: folder.path + "/elsewhere")
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: folder.path + "/elsewhere")
        #expect(cache.contents(of: "a") == nil)
    }

    @Test func needsNoPlace() throws {
        try folder.write("a file", to: "taken")
        let nowhere = CompiledCache(folder: FilePath(folder.path + "/taken/in/the/way"))
        nowhere.keep([1], as: "a")
        #expect(nowhere.contents(of: "a") == nil)
    }

    /// Small files of many rule sets stay beside each other; what is too large altogether loses its oldest.
    @Test func keepsWhatFitsTogether() throws {
        for number in 0..<200 { cache.keep([1], as: "n\(number)") }
        #expect(try folder.files().count == 200)
        let large = [UInt8](repeating: 7, count: 12 << 20)
        for number in 0..<3 { cache.keep(large, as: "large\(number)") }
        #expect(cache.contents(of: "large0") == nil)
        #expect(cache.contents(of: "n0") == nil)
        for number in 1..<3 { #expect(cache.contents(of: "large\(number)") == large) }
    }
}

@Suite("scanning with kept rules")
struct KeptRulesTests {
    private static func findings(_ scan: Scan) throws -> [Finding] {
        var findings: [Finding] = []
        _ = try scan.run(.path(FilePath(Repository.fixture))) { findings += $0.items.map(\.finding) }
        return findings
    }

    /// The same findings come from rules that are compiled, that are compiled and kept, that were kept, and where what
    /// was kept is worth nothing.
    @Test func findsTheSame() throws {
        let folder = try TemporaryFolder()
        let cache = CompiledCache(folder: FilePath(folder.path + "/cache"))
        let key = try FingerprintKey(file: FilePath(folder.path + "/key"))
        let expected = try Self.findings(Scan(fingerprintKey: key))
        #expect(!expected.isEmpty)
        for _ in 0..<2 {
            #expect(try Self.findings(Scan(fingerprintKey: key, cache: cache)) == expected)
        }
        let kept = try folder.files().filter { $0.hasSuffix(".compiled") }
        #expect(kept.contains { $0.contains("patterns-") } && kept.contains { $0.contains("rules-") })
        for file in kept {
            var bytes = try folder.read(file)
            bytes[bytes.count / 2] ^= 1
            try folder.write(bytes, to: file)
        }
        #expect(try Self.findings(Scan(fingerprintKey: key, cache: cache)) == expected)
    }

    /// What was kept under the right name and hash, and is no database, is compiled anew.
    @Test func survivesAStoreThatKeptSomethingElse() throws {
        let key = FingerprintKey()
        let expected = try Self.findings(Scan(fingerprintKey: key))
        let folder = try TemporaryFolder()
        let cache = CompiledCache(folder: FilePath(folder.path))
        _ = try Scan(fingerprintKey: key, cache: cache)
        for file in try folder.files() {
            for junk in [[], [0], Array(repeating: 0xff, count: 64), Array("hello".utf8)] as [[UInt8]] {
                cache.keep(junk, as: String(file.dropLast(".compiled".count)))
                #expect(try Self.findings(Scan(fingerprintKey: key, cache: cache)) == expected)
                cache.keep(junk, as: String(file.dropLast(".compiled".count)))
            }
        }
    }
}
